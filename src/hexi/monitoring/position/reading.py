"""The actual value that a goal is held against (实际进度): read from the series as the goal asks.

Levels of flows from quarters and months are the total of the last twelve months (滚动一年), which
compares with a year's line; the running total of the year stands beside it. Totals are summed from
the year after the base without a hole, growth is compounded without a hole. What cannot be read so
is not estimated.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hexi.monitoring.goal import Goal
from hexi.monitoring.observed import Observed, period_of

__all__ = ["Reading", "read_actual"]


@dataclass(frozen=True, slots=True)
class Reading:
    """The newest value since the base, in the unit that the way is measured in."""

    #: code of its period
    code: int
    period: str
    #: level, share, rank; index for growth; running total for cumulative
    value: float
    #: years since the end of the base year
    elapsed: float
    #: a running year rather than a calendar year or a point in time
    rolling: bool = False
    #: this year so far, of a flow within the year
    to_date: float | None = None


def read_actual(goal: Goal, observed: Observed) -> Reading | None:
    """The newest readable value after the base and not after the due year; None where none is."""
    if goal.is_growth:
        return _growth(goal, observed)
    if goal.measure == "cumulative":
        return _total(goal, observed)
    return _level(goal, observed)


def _window(goal: Goal, observed: Observed) -> list[int]:
    """Codes with a value, after the base year and not after the due year, newest first."""
    frequency = observed.frequency
    first, last = (goal.start + 1) * frequency, (goal.end + 1) * frequency - 1
    known = np.flatnonzero(np.isfinite(observed.values)) + observed.first
    return [int(code) for code in known[::-1] if first <= code <= last]


def _elapsed(goal: Goal, code: int, frequency: int) -> float:
    return (code + 1) / frequency - (goal.start + 1)


def _reading(
    goal: Goal,
    observed: Observed,
    code: int,
    value: float,
    *,
    rolling: bool = False,
    to_date: float | None = None,
) -> Reading:
    frequency = observed.frequency
    return Reading(
        code,
        period_of(code, frequency),
        value,
        _elapsed(goal, code, frequency),
        rolling,
        to_date,
    )


def _level(goal: Goal, observed: Observed) -> Reading | None:
    flow = goal.time_agg == "sum" and observed.frequency > 1
    for code in _window(goal, observed):
        if not flow:
            return _reading(goal, observed, code, float(observed.values[code - observed.first]))
        value = _last_year(observed, code)
        if value is not None:
            so_far = _year_to_date(observed, code)
            return _reading(goal, observed, code, value, rolling=True, to_date=so_far)
    return None


def _total(goal: Goal, observed: Observed) -> Reading | None:
    """The longest total since the base that has no hole, or a later one recorded as such."""
    frequency = observed.frequency
    best: Reading | None = None
    done = 0.0
    for year in range(goal.start + 1, goal.end + 1):
        end = (year + 1) * frequency - 1
        whole = _year_to_date(observed, end)
        if whole is None:
            parts = [code for code in _window(goal, observed) if code // frequency == year]
            so_far = _year_to_date(observed, parts[0]) if parts and frequency > 1 else None
            if so_far is not None:
                total = done + so_far
                best = _reading(goal, observed, parts[0], total, to_date=so_far)
            break
        done += whole
        best = _reading(goal, observed, end, done, to_date=whole)
    for year, total in observed.totals:
        code = (year + 1) * frequency - 1
        if goal.start < year <= goal.end and (best is None or code > best.code):
            best = _reading(goal, observed, code, total)
    return best


def _growth(goal: Goal, observed: Observed) -> Reading | None:
    frequency = observed.frequency
    best = _compounded(goal, observed) if observed.rates else _indexed(goal, observed)
    for year, index in observed.totals:
        code = (year + 1) * frequency - 1
        if goal.start < year <= goal.end and (best is None or code > best.code):
            best = _reading(goal, observed, code, index)
    return best


def _compounded(goal: Goal, observed: Observed) -> Reading | None:
    """Rates from the year after the base on; within a year the rate on the same months before."""
    frequency, index = observed.frequency, 100.0
    best: Reading | None = None
    for year in range(goal.start + 1, goal.end + 1):
        codes = [code for code in _window(goal, observed) if code // frequency == year]
        if not codes:
            break
        rate = float(observed.values[codes[0] - observed.first])
        best = _reading(goal, observed, codes[0], index * (1 + rate / 100))
        if codes[0] % frequency != frequency - 1:
            break
        index *= 1 + rate / 100
    return best


def _indexed(goal: Goal, observed: Observed) -> Reading | None:
    """Levels over the base year's level."""
    frequency = observed.frequency
    flow = goal.time_agg == "sum" and frequency > 1
    end = (goal.start + 1) * frequency - 1
    base = _year_to_date(observed, end) if flow else observed.at(end)
    if base is None or base <= 0:
        return None
    for code in _window(goal, observed):
        value = _last_year(observed, code) if flow else observed.at(code)
        if value is not None:
            return _reading(goal, observed, code, value / base * 100, rolling=flow)
    return None


def _year_to_date(observed: Observed, code: int) -> float | None:
    """The year's total through a period; None where one is missing."""
    if observed.running or observed.frequency == 1:
        return observed.at(code)
    start = code - code % observed.frequency
    values = [observed.at(one) for one in range(start, code + 1)]
    return None if None in values else float(sum(value for value in values if value is not None))


def _last_year(observed: Observed, code: int) -> float | None:
    """The twelve months that end with a period."""
    frequency = observed.frequency
    if code % frequency == frequency - 1:
        return _year_to_date(observed, code)
    now = _year_to_date(observed, code)
    then = _year_to_date(observed, code - frequency)
    whole = _year_to_date(observed, code - code % frequency - 1)
    if now is None or then is None or whole is None:
        return None
    return whole - then + now
