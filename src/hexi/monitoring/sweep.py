"""One pass over all targets (巡检): positions, forecasts and lamps of a day, as rows to be stored.

A sweep holds no state: the same goals, series, paths, rules and last lamps give the same rows, so a
sweep that was cut off is simply run again. Every row carries a hash of what went in and of what
came out; where the stored row has the same, nothing needs writing.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hexi.monitoring.goal import Goal, Unclear, doubles
from hexi.monitoring.lamps.lamp import Lit, light
from hexi.monitoring.lamps.rules import InForce, Rules
from hexi.monitoring.observed import Observed, possible
from hexi.monitoring.outlooks import Foreseen, ask
from hexi.monitoring.paths.balance import makeup_of
from hexi.monitoring.paths.seasonality import Seasonal, seasonal_of
from hexi.monitoring.paths.shapes import draw
from hexi.monitoring.paths.trajectory import Trajectory
from hexi.monitoring.position.contributions import contributions
from hexi.monitoring.position.place import Position, locate
from hexi.monitoring.standing import Contribution, Grade, Lamp, Standing
from hexi.monitoring.verdicts.verdict import Remark, Status, TargetVerdict

__all__ = ["Sweep", "batches", "sweep"]

_NOTHING = Foreseen(None, None, None, None, "none", ())


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """The standings of a day, and their figures as columns (NaN is not known)."""

    at: date
    standings: tuple[Standing, ...]
    positions: tuple[Position, ...]

    def column(self, name: str) -> NDArray[np.float64]:
        """A figure of all standings: actual expected gap completion p low80 high80 median …"""
        return np.array([getattr(one, name) for one in self.standings], dtype=float)

    def lamps(self) -> dict[Lamp, int]:
        """How many targets each lamp has."""
        found = dict.fromkeys(Lamp, 0)
        for one in self.standings:
            found[one.lamp] += 1
        return found

    def of(self, goal: str) -> Standing:
        """The standing of a goal; raises KeyError where it was not swept."""
        for one in self.standings:
            if one.goal == goal:
                return one
        raise KeyError(goal)


def sweep(
    goals: Sequence[Goal],
    series: Mapping[str, Observed],
    *,
    at: date,
    rules: Rules,
    paths: Mapping[str, Trajectory] | None = None,
    before: Mapping[str, Lamp] | None = None,
    parts: Mapping[str, Sequence[str]] | None = None,
    weights: Mapping[str, float] | None = None,
    extra: Mapping[str, Sequence[Remark]] | None = None,
    twins: Mapping[str, Remark] | None = None,
    settled: Mapping[str, TargetVerdict] | None = None,
) -> Sweep:
    """Standings of all goals on a day, in their order.

    ``paths``: those laid down; the others get the usual shape. ``before``: lamps of the last sweep,
    so that they do not flicker. ``parts``: goal → goals that it is broken down to; ``weights``:
    part → denominator of a ratio or base-year level of growth. ``extra``: more to say of a goal.
    ``twins``: goals that are not the only one for their thing; not given, they are looked for.
    ``settled``: verdicts on targets whose time is over. Where the due year's own value is not in
    the series, a verdict may still follow from a rate or from part of the time.
    """
    in_force = rules.on(at)
    series = {goal.id: possible(goal, series[goal.id]) for goal in goals if goal.id in series}
    foreseen = ask(goals, series)
    said = doubles(goals) if twins is None else twins
    seasons: dict[int, Seasonal] = {}
    positions: dict[str, Position] = {}
    drawn: dict[str, Trajectory | None] = {}
    for goal in goals:
        observed = series.get(goal.id, _empty(goal))
        path = (paths or {}).get(goal.id)
        if path is None:
            usual = draw(goal)
            path = None if isinstance(usual, Unclear) else usual
        season = seasons.get(id(observed))
        if season is None and observed.frequency > 1 and goal.time_agg == "sum":
            season = seasons[id(observed)] = seasonal_of(observed)
        drawn[goal.id] = path
        positions[goal.id] = locate(goal, observed, path, in_force.grade, seasonal=season)
    standings: list[Standing] = []
    for goal in goals:
        position, answer = positions[goal.id], foreseen.get(goal.id, _NOTHING)
        observed_, last = series.get(goal.id), (before or {}).get(goal.id)
        rule = in_force.lamp(goal.binding)
        verdict = _verdict(goal, position, (settled or {}).get(goal.id), at)
        if verdict is not None:
            position, answer = _by_verdict(verdict, position, answer)
        lit = light(
            goal, observed_, position, answer.p, rule, at, before=last, judged=bool(verdict)
        )
        shares = _contributions(goal, positions, (parts or {}).get(goal.id, ()), weights or {})
        more = [*(extra or {}).get(goal.id, ()), *([said[goal.id]] if goal.id in said else ())]
        standing = _standing(position, answer, lit, at, more, shares, goal=goal, judged=verdict)
        mark = _hash(goal, observed_, drawn[goal.id], in_force, standing)
        standings.append(replace(standing, data_hash=mark))
    return Sweep(at, tuple(standings), tuple(positions[goal.id] for goal in goals))


def batches(goals: Iterable[Goal], size: int) -> list[list[Goal]]:
    """Goals in batches of about that size; goals of one indicator stay together (同类不拆)."""
    by_indicator: dict[str, list[Goal]] = defaultdict(list)
    for goal in goals:
        by_indicator[goal.indicator].append(goal)
    found: list[list[Goal]] = [[]]
    for alike in by_indicator.values():
        if found[-1] and len(found[-1]) + len(alike) > size:
            found.append([])
        found[-1] += alike
    return [batch for batch in found if batch]


def _verdict(
    goal: Goal, position: Position, verdict: TargetVerdict | None, at: date
) -> TargetVerdict | None:
    """The verdict that decides, where the due year's value does not decide by itself."""
    if verdict is None or at.year <= goal.end or position.due_year_seen(goal):
        return None
    return verdict if verdict.status in (Status.MET, Status.MISSED) else None


def _by_verdict(
    verdict: TargetVerdict, position: Position, answer: Foreseen
) -> tuple[Position, Foreseen]:
    met = verdict.status is Status.MET
    grade = Grade.REACHED if met else Grade.BEHIND
    reasons = (*verdict.reasons, *position.reasons)
    return (
        replace(position, met=met, grade=grade, reasons=reasons),
        replace(answer, p=1.0 if met else 0.0, method="verdict"),
    )


def _standing(
    position: Position,
    answer: Foreseen,
    lit: Lit,
    at: date,
    more: Sequence[Remark],
    shares: tuple[Contribution, ...],
    *,
    goal: Goal,
    judged: TargetVerdict | None,
) -> Standing:
    reasons = (lit.reason, *position.reasons, *more, *answer.reasons)
    return Standing(
        goal=goal.id,
        as_of=at,
        last_period=position.period,
        actual=position.actual,
        expected=position.expected,
        gap=position.gap,
        completion=position.completion,
        required_rate=position.required_rate,
        past_rate=position.past_rate,
        rate=position.rate,
        grade=position.grade if judged else _grade(goal, position, at),
        official=position.official,
        p=answer.p,
        low80=answer.low80,
        high80=answer.high80,
        median=answer.median,
        method=answer.method,
        reasons=tuple({(one.code, one.text): one for one in reasons}.values()),
        lamp=lit.lamp,
        lamp_rule=lit.rule,
        contributions=shares,
    )


def _grade(goal: Goal, position: Position, at: date) -> Grade:
    """The grade; of a target that is over, only what the due year shows.

    A level that was reached early may have been lost again; a total that was reached stays so.
    """
    if at.year <= goal.end or position.due_year_seen(goal):
        return position.grade
    total = goal.measure == "cumulative" and goal.upward is True
    return position.grade if total and position.met else Grade.UNKNOWN


def _contributions(
    goal: Goal,
    positions: Mapping[str, Position],
    parts: Sequence[str],
    weights: Mapping[str, float],
) -> tuple[Contribution, ...]:
    """What the parts add to the gap, where all that are known speak of the whole's period."""
    whole = positions[goal.id]
    if whole.gap is None or not parts:
        return ()
    gaps: dict[str, float] = {}
    for name in parts:
        part = positions.get(name)
        if part is not None and part.gap is not None and part.period == whole.period:
            gaps[name] = part.gap
    carried = {name: weights[name] for name in gaps if name in weights}
    needs = makeup_of(goal) != "sum"
    return contributions(goal, whole.gap, gaps, weights=carried if needs else None)


def _hash(
    goal: Goal,
    observed: Observed | None,
    path: Trajectory | None,
    rules: InForce,
    standing: Standing,
) -> str:
    """Of what went in and what came out; the day itself is no part of it."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(repr(goal).encode())
    if observed is not None:
        head = (observed.frequency, observed.first, observed.rates, observed.running, observed.ids)
        digest.update(repr((*head, observed.totals, observed.partial)).encode())
        digest.update(observed.values.tobytes())
    if path is not None:
        digest.update(path.shape.encode())
        digest.update(path.values.tobytes())
    told = (
        rules.grade.id,
        standing.lamp_rule,
        standing.lamp.value,
        standing.grade.value,
        standing.p,
        standing.median,
        standing.low80,
        standing.high80,
        standing.actual,
        standing.expected,
        standing.contributions,
        [one.code for one in standing.reasons],
    )
    digest.update(repr(told).encode())
    return digest.hexdigest()


def _empty(goal: Goal) -> Observed:
    return Observed(goal.id, goal.unit, goal.indicator, goal.measure_unit, 1, 0, np.empty(0))
