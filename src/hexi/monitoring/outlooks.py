"""Goals put to the forecast (测算装填): series on one calendar, siblings named, answers by goal.

Quarters and months of a flow that come one by one are added up within the year first, because a
year's target is asked of the year's total. Series of one indicator are siblings; an indicator with
few series borrows from others of its kind.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hexi.monitoring.forecast import Asks, Model, Outlook, Panel, fit, foresee
from hexi.monitoring.goal import Goal
from hexi.monitoring.observed import Observed
from hexi.monitoring.verdicts.verdict import Remark

__all__ = ["Asked", "Foreseen", "ask", "fitted"]

#: siblings that an indicator needs to be a family of its own
_FAMILY = 4

Column = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The forecast's answer on one goal; None is not to be said."""

    p: float | None
    median: float | None
    low80: float | None
    high80: float | None
    method: str
    reasons: tuple[Remark, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A fitted panel of one frequency and the row of every goal in it (for fans, scenarios)."""

    model: Model
    rows: Mapping[str, int]
    goals: tuple[Goal, ...]

    def asks(self) -> Asks:
        """The goals as targets of the forecast."""
        frequency = self.model.panel.frequency
        return Asks.of(
            [self.rows[goal.id] for goal in self.goals],
            [goal.measure for goal in self.goals],
            [goal.line for goal in self.goals],
            [(goal.end + 1) * frequency - 1 for goal in self.goals],
            bound=[goal.bound for goal in self.goals],
            upward=[0 if goal.upward is None else 1 if goal.upward else -1 for goal in self.goals],
            start=[(goal.start + 1) * frequency - 1 for goal in self.goals],
        )


def fitted(goals: Sequence[Goal], series: Mapping[str, Observed]) -> tuple[Asked, ...]:
    """One fitted panel a frequency, of all goals that have any value."""
    by_frequency: dict[int, list[Goal]] = defaultdict(list)
    for goal in goals:
        observed = series.get(goal.id)
        if observed is not None and observed.count:
            by_frequency[observed.frequency].append(goal)
    return tuple(
        _panel(frequency, tuple(found), series) for frequency, found in sorted(by_frequency.items())
    )


def ask(goals: Sequence[Goal], series: Mapping[str, Observed]) -> dict[str, Foreseen]:
    """What the forecast says of every goal that has any value."""
    found: dict[str, Foreseen] = {}
    for asked in fitted(goals, series):
        outlook = foresee(asked.model, asked.asks())
        for place, goal in enumerate(asked.goals):
            found[goal.id] = _answer(outlook, place)
    return found


def _panel(frequency: int, goals: tuple[Goal, ...], series: Mapping[str, Observed]) -> Asked:
    """Rows on one calendar; goals that share a series share its row, whichever of them it was
    laid out for: a series is no sibling of itself."""
    rows: dict[str, int] = {}
    by_series: dict[Hashable, int] = {}
    first_goal: list[Goal] = []
    listed: list[Observed] = []
    for goal in goals:
        observed = series[goal.id]
        same = _series_of(goal, observed)
        if same not in by_series:
            by_series[same] = len(listed)
            listed.append(observed)
            first_goal.append(goal)
        rows[goal.id] = by_series[same]
    start = min(one.first for one in listed)
    last = max(one.first + one.values.size - 1 for one in listed)
    values = np.full((len(listed), last - start + 1), np.nan)
    running = np.zeros(len(listed), bool)
    for row, (goal, one) in enumerate(zip(first_goal, listed, strict=True)):
        place = one.first - start
        flow = frequency > 1 and goal.time_agg == "sum" and not one.rates
        column = _added_up(one) if flow and not one.running else one.values
        values[row, place : place + column.size] = column
        running[row] = flow
    limits = [goal.limits or (math.nan, math.nan) for goal in first_goal]
    panel = Panel.of(
        values,
        last=last,
        frequency=frequency,
        family=_families(first_goal, listed),
        low=[low for low, _ in limits],
        high=[high for _, high in limits],
        running=running,
        rates=[one.rates for one in listed],
    )
    return Asked(fit(panel), rows, goals)


def _series_of(goal: Goal, observed: Observed) -> Hashable:
    """What makes two series one: the same thing of the same unit with the same values, added up
    and bounded alike."""
    return (
        observed.unit,
        observed.indicator,
        goal.facets,
        observed.measure_unit,
        observed.first,
        observed.values.tobytes(),
        observed.running,
        observed.rates,
        goal.limits,
        goal.time_agg,
    )


def _added_up(observed: Observed) -> Column:
    """Totals since the start of the year; nothing after a period that is missing."""
    frequency = observed.frequency
    column = observed.values.copy()
    for place in range(column.size):
        code = observed.first + place
        if code % frequency:
            before = column[place - 1] if place else math.nan
            column[place] += before
    return column


def _families(goals: Sequence[Goal], listed: Sequence[Observed]) -> list[int]:
    """Numbers of families: one indicator, or one kind where it has few series."""
    own = [
        (goal.indicator, goal.facets, one.measure_unit, one.rates)
        for goal, one in zip(goals, listed, strict=True)
    ]
    size = Counter(own)
    keys: list[tuple[object, ...]] = [
        key if size[key] >= _FAMILY else (goal.kind, goal.limits is not None, one.rates)
        for key, goal, one in zip(own, goals, listed, strict=True)
    ]
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    return [numbers[key] for key in keys]


def _answer(outlook: Outlook, place: int) -> Foreseen:
    return Foreseen(
        _known(outlook.p[place]),
        _known(outlook.median[place]),
        _known(outlook.low80[place]),
        _known(outlook.high80[place]),
        str(outlook.method[place]),
        tuple(Remark(one.code, one.text, one.text_en) for one in outlook.reasons[place]),
    )


def _known(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
