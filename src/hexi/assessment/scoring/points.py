"""Bonus, penalty and veto (加分、扣分、一票否决) from cases with their evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.data.matrix import Case
from hexi.assessment.result import PointsGiven
from hexi.assessment.scheme.nouns import Scheme

__all__ = ["given", "with_points"]


def given(scheme: Scheme, cases: Sequence[Case], units: Sequence[str]) -> tuple[PointsGiven, ...]:
    """What every unit was given, in the order of units and matters; caps kept to."""
    worth = {one.id: one for one in scheme.points}
    vetoes = {one.id for one in scheme.vetoes}
    gathered: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for case in cases:
        if case.matter in worth or case.matter in vetoes:
            gathered[case.unit, case.matter].append(case)
    order = [*worth, *(one.id for one in scheme.vetoes)]
    found = []
    for unit in units:
        for matter in order:
            mine = gathered.get((unit, matter))
            if not mine:
                continue
            evidence = tuple(case.evidence for case in mine)
            points = 0.0
            if matter in worth:
                rule = worth[matter]
                points = rule.each * sum(case.count for case in mine)
                if rule.cap is not None:
                    points = float(np.clip(points, -rule.cap, rule.cap))
            found.append(PointsGiven(unit, matter, points, evidence))
    return tuple(found)


def with_points(
    scheme: Scheme, base: NDArray[np.float64], points: Sequence[PointsGiven], units: Sequence[str]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Scores after points and vetoes, and who is not rated because of a veto."""
    place = {unit: index for index, unit in enumerate(units)}
    scores = base.copy()
    unrated = np.zeros(base.shape, dtype=bool)
    vetoes = {one.id: one for one in scheme.vetoes}
    lowest = scheme.grades[-1][1] if scheme.grades else 0.0
    for one in points:
        if one.matter not in vetoes:
            scores[place[one.unit]] += one.points
    for one in points:
        veto = vetoes.get(one.matter)
        if veto is None:
            continue
        row = place[one.unit]
        if veto.effect == "unrated":
            unrated[row] = True
        elif veto.effect == "lowest":
            scores[row] = min(scores[row], lowest)
        elif veto.cap is not None:
            scores[row] = min(scores[row], veto.cap)
    return scores, unrated
