"""Steps of a series and what the recent past says of them (增量), with gaps as they are.

A step over ``k`` missing periods brings ``k`` periods' growth and ``k`` periods' variance. Sums
weigh each year by a factor less than the year after it and forget what is older than a window.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hexi.monitoring.forecast.panel import F, I

__all__ = ["Past", "Steps", "newest_column", "past_of", "recent", "steps_of"]


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """(n, T): the step that ends in each column, zero where none does."""

    size: F
    #: periods it spans; 0 where there is no step
    span: F


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """(n, T): what a series' own past says at each column."""

    #: mean growth a period
    drift: F
    #: variance of a period's growth about it
    variance: F
    #: periods the mean is worth, steps the variance is worth
    certainty: F
    worth: F
    #: steps in the window
    count: F


def steps_of(x: F) -> Steps:
    """Steps between consecutive values."""
    n, width = x.shape
    columns = np.arange(width)
    seen = np.isfinite(x)
    newest = np.maximum.accumulate(np.where(seen, columns, -1), axis=1)
    before = np.concatenate([np.full((n, 1), -1), newest[:, :-1]], axis=1)
    is_step = seen & (before >= 0)
    earlier = np.take_along_axis(x, np.maximum(before, 0), axis=1) if width else x
    with np.errstate(invalid="ignore"):
        size = np.where(is_step, x - earlier, 0.0)
    return Steps(size, np.where(is_step, columns - before, 0).astype(float))


def recent(table: F, memory: float, window: int) -> F:
    """Sum of each row up to each column, a column counting ``memory`` times the one after it."""
    total = np.zeros(table.shape)
    carried = np.zeros(len(table))
    lost = memory**window
    for column in range(table.shape[1]):
        carried = carried * memory + table[:, column]
        if column >= window:
            carried = carried - lost * table[:, column - window]
        total[:, column] = carried
    return total


def past_of(steps: Steps, memory: float, window: int) -> Past:
    """Mean and variance of growth at every column, from that column's own past."""
    there = (steps.span > 0).astype(float)
    span = np.maximum(steps.span, 1.0)
    whole = np.maximum(steps.span.sum(axis=1, keepdims=True), 1.0)
    centre = steps.size.sum(axis=1, keepdims=True) / whole
    size = steps.size - centre * steps.span
    weight = recent(there, memory, window)
    weight2 = recent(there, memory**2, window)
    time = recent(steps.span, memory, window)
    time2 = recent(steps.span, memory**2, window)
    grown = recent(size, memory, window)
    square = recent(size * size / span, memory, window)
    count = recent(there, 1.0, window)
    some = count > 0.5
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(some, grown / time, 0.0)
        worth = np.where(some, weight**2 / weight2, 0.0)
        certainty = np.where(some, time**2 / time2, 0.0)
        raw = np.where(some, (square - mean * grown) / weight, 0.0)
        variance = np.where(count > 1.5, raw * worth / np.maximum(worth - 1, 1e-9), np.nan)
    return Past(
        drift=np.where(some, mean + centre, 0.0),
        variance=np.maximum(variance, 0.0),
        certainty=certainty,
        worth=np.where(count > 1.5, worth, 0.0),
        count=np.round(count),
    )


def newest_column(x: F) -> I:
    """Column of each row's last value; −1 where there is none."""
    columns = np.arange(x.shape[1])
    found = np.where(np.isfinite(x), columns, -1).max(axis=1, initial=-1)
    return np.asarray(found, np.int64)
