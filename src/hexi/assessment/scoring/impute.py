"""Missing values (缺失值处理): put in only by the rule that the scheme declares, and said so."""

from __future__ import annotations

from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.scheme.nouns import Missing

__all__ = ["fill"]


def fill(
    years: NDArray[np.float64], rule: Missing, classes: tuple[str, ...]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The last year's column with values put in, and where they were.

    ``years``: (years, units) of one item, the assessed year last; ``classes``: the unit's class,
    for the mean of its like. ``leave_out``, ``zero`` and ``refuse`` put nothing in: they are the
    business of the weights, the scores and the run."""
    now = years[-1]
    gaps = np.isnan(now)
    nothing = np.zeros(now.shape, dtype=bool)
    if not gaps.any():
        return now, nothing
    match rule.rule:
        case "leave_out" | "zero" | "refuse":
            return now, nothing
        case "mean":
            guess = np.full(now.shape, _mean(now))
        case "median":
            guess = np.full(now.shape, _median(now))
        case "group_mean":
            guess = np.full(now.shape, np.nan)
            names = np.array(classes)
            for name in set(classes):
                inside = names == name
                guess[inside] = _mean(now[inside])
        case "latest":
            guess = _latest(years[:-1])
        case "linear":
            guess = _linear(years)
        case _:
            assert_never(rule.rule)
    found = np.where(gaps, guess, now)
    return found, gaps & ~np.isnan(found)


def _mean(values: NDArray[np.float64]) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else float("nan")


def _median(values: NDArray[np.float64]) -> float:
    known = values[~np.isnan(values)]
    return float(np.median(known)) if known.size else float("nan")


def _latest(before: NDArray[np.float64]) -> NDArray[np.float64]:
    """The unit's own last value before the year."""
    found = np.full(before.shape[1:], np.nan)
    for year in before:
        found = np.where(np.isnan(year), found, year)
    return found


def _linear(years: NDArray[np.float64]) -> NDArray[np.float64]:
    """The line through the unit's own last two values, carried on; one value is carried flat."""
    count = years.shape[0]
    last = np.full(years.shape[1], np.nan)
    last_at = np.full(years.shape[1], np.nan)
    first, first_at = last.copy(), last_at.copy()
    for at in range(count - 1):
        seen = ~np.isnan(years[at])
        first, first_at = np.where(seen, last, first), np.where(seen, last_at, first_at)
        last, last_at = np.where(seen, years[at], last), np.where(seen, at, last_at)
    slope = np.where(np.isnan(first), 0.0, (last - first) / (last_at - first_at))
    carried: NDArray[np.float64] = last + slope * (count - 1 - last_at)
    return carried
