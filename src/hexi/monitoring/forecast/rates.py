"""Rates of growth as the index that they make (增速还原为指数), with the base before the first.

What is known of a plan's years then counts as it is, and only the years to come are uncertain. A
year without a rate is carried at the mean and makes the index less certain; rates of the months
are growth since January, and the newest stands for a year that is not over.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hexi.monitoring.forecast.panel import B, F, I, Panel
from hexi.monitoring.forecast.steps import newest_column
from hexi.monitoring.forecast.walk import Walk, fit_walk

__all__ = ["fit_rates"]

#: what a year's growth may still change by with all of its months to come, as a logarithm
_OPEN_YEAR = 0.05
#: largest logarithm of an index
_FAR = 300.0


def fit_rates(panel: Panel, rows: I) -> tuple[Walk, Panel]:
    """A walk by years of some rows, and the index that is known of them."""
    values, jump, unfinished = _yearly(panel, rows)
    last = panel.last // panel.frequency
    grown = np.where(values > -100, np.log1p(np.maximum(values, -99.999) / 100), np.nan)
    seen = np.isfinite(grown)
    index = _index(grown, seen)
    walk = fit_walk(
        index,
        last=last,
        a_year=1,
        family=panel.family[rows],
        low=np.full(len(rows), np.nan),
        high=np.full(len(rows), np.nan),
        jump=jump,
    )
    # a year that is not over is an estimate and no known value
    index[unfinished[0], unfinished[1] + 1] = np.nan
    return _with_fills(walk, seen), Panel.of(index, last=last)


def _yearly(panel: Panel, rows: I) -> tuple[F, F, I]:
    """Rates by year, variance of the last year's logarithm, and which years are not over."""
    values, a_year = panel.values[rows], panel.frequency
    if a_year == 1:
        return values.copy(), np.zeros(len(rows)), np.empty((2, 0), np.int64)
    lead, tail = panel.first % a_year, a_year - 1 - panel.last % a_year
    whole = np.pad(values, ((0, 0), (lead, tail)), constant_values=np.nan)
    table = whole.reshape(len(rows), -1, a_year)
    ends = table[:, :, -1].copy()
    newest = newest_column(whole)
    year, month = np.maximum(newest, 0) // a_year, np.maximum(newest, 0) % a_year
    open_ = (newest >= 0) & (month < a_year - 1)
    every = np.nonzero(open_)[0]
    ends[every, year[every]] = table[every, year[every], month[every]]
    left = (a_year - 1 - month) / a_year
    jump = np.where(open_, (left * _OPEN_YEAR) ** 2, 0.0)
    return ends, jump, np.stack([every, year[every]])


def _index(grown: F, seen: B) -> F:
    """(n, years + 1) index, 100 in the year before the first rate; NaN in years without one."""
    n = len(grown)
    mean = np.where(seen, grown, 0.0).sum(axis=1) / np.maximum(seen.sum(axis=1), 1)
    summed = np.cumsum(np.where(seen, grown, mean[:, None]), axis=1)
    before = np.concatenate([np.zeros((n, 1)), summed], axis=1)
    index = np.concatenate([np.full((n, 1), np.nan), np.where(seen, summed, np.nan)], axis=1)
    every = np.nonzero(seen.any(axis=1))[0]
    first = seen.argmax(axis=1)[every]
    index[every, first] = before[every, first]
    return np.asarray(100 * np.exp(np.clip(index, -_FAR, _FAR)), float)


def _with_fills(walk: Walk, seen: B) -> Walk:
    """Years within the series that have no rate make the index uncertain by their own variance."""
    columns = np.arange(seen.shape[1])
    first = np.where(seen, columns, seen.shape[1]).min(axis=1, initial=seen.shape[1])
    missing = (
        (~seen)
        & (columns > first[:, None])
        & (columns < newest_column(np.where(seen, 0.0, np.nan))[:, None])
    )
    filled = missing.sum(axis=1)
    extra = np.nan_to_num(filled * walk.volatility**2)
    points = seen.sum(axis=1).astype(np.int64)
    return replace(walk, jump=walk.jump + extra, gaps=filled.astype(np.int64), points=points)
