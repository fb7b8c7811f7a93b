"""Two units side by side (两两比较): which indicators make the difference of their scores."""

from __future__ import annotations

import numpy as np

from hexi.assessment.explanation.gaps import adds_up, changes_alone
from hexi.assessment.explanation.nouns import Comparison, Difference
from hexi.assessment.result import Result
from hexi.assessment.scheme.nouns import Group, Item
from hexi.assessment.scoring.table import used_values

__all__ = ["compare"]


def compare(result: Result, first: str, second: str) -> Comparison:
    """Where the first is ahead of the second and where behind; ValueError for an unknown unit."""
    one, other = result.place(first), result.place(second)
    exact = adds_up(result)
    if exact:
        points = result.contributions[one] - result.contributions[other]
    else:
        points = -changes_alone(result, [one], result.normalised[[other]])[0]
    groups = {
        member.id: group.id
        for group in result.scheme.groups()
        for member in group.members
        if isinstance(member, Item) and not isinstance(member, Group)
    }
    lines = []
    for column, item in enumerate(result.scheme.items()):
        values = used_values(result.matrix, item)[-1]
        lines.append(
            Difference(
                item=item.id,
                name=item.name,
                group=groups[item.id],
                first_value=float(values[one]),
                second_value=float(values[other]),
                points=float(points[column]),
            )
        )
    lines.sort(key=lambda line: (-abs(np.nan_to_num(line.points)), line.item))
    difference = float(result.scores[one] - result.scores[other])
    between = float(result.base[one] - result.base[other])
    from_points = difference - between
    # a score is published with few decimals; what rounding took is no bonus
    given = {unit for unit in (first, second) for entry in result.points if entry.unit == unit}
    if not given:
        from_points = 0.0
    counted = float(np.nansum(points))
    return Comparison(
        first=first,
        second=second,
        names=(result.matrix.names[one], result.matrix.names[other]),
        scores=(float(result.scores[one]), float(result.scores[other])),
        ranks=(int(result.ranks[one]), int(result.ranks[other])),
        difference=difference,
        lines=tuple(lines),
        from_points=from_points,
        left_over=difference - from_points - counted,
        exact=exact,
    )
