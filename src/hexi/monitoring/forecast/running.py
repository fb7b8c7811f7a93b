"""This year so far (本年累计): the known part, and last year's remainder grown as the year has.

A total since January is held against the same months of last year; what is left of the year is
last year's remainder times that growth, give or take what past years' remainders departed from it.
The year's total so estimated is the last value of a yearly walk, with its own variance.
"""

from __future__ import annotations

import numpy as np

from hexi.monitoring.forecast.panel import F, I, Panel
from hexi.monitoring.forecast.pooling import Families
from hexi.monitoring.forecast.steps import newest_column
from hexi.monitoring.forecast.walk import Walk, fit_walk

__all__ = ["fit_running"]

#: past remainders that the family's departure counts as; departure before any is known
_WORTH, _FIRST = 3.0, 0.1


def fit_running(panel: Panel, rows: I) -> Walk:
    """A walk by years of the rows that are totals since the year's start."""
    values = panel.values[rows]
    a_year = panel.frequency
    lead = panel.first % a_year
    tail = a_year - 1 - panel.last % a_year
    whole = np.pad(values, ((0, 0), (lead, tail)), constant_values=np.nan)
    years = whole.shape[1] // a_year
    table = whole.reshape(len(rows), years, a_year)
    ends = table[:, :, -1].copy()
    estimate, variance, year = _estimate(table, panel.family[rows])
    use = np.isfinite(estimate)
    ends[np.nonzero(use)[0], year[use]] = estimate[use]
    return fit_walk(
        ends,
        last=panel.last // a_year,
        a_year=1,
        family=panel.family[rows],
        low=panel.low[rows],
        high=panel.high[rows],
        jump=np.where(use, variance, 0.0),
    )


def _estimate(table: F, family: I) -> tuple[F, F, I]:
    """Each row's unfinished year: its estimated total, variance of the logarithm, and place."""
    n, years, a_year = table.shape
    newest = newest_column(table.reshape(n, -1))
    year, month = np.maximum(newest, 0) // a_year, np.maximum(newest, 0) % a_year
    every = np.arange(n)
    so_far = table[every, :, month]
    ends = table[:, :, -1]
    with np.errstate(divide="ignore", invalid="ignore"):
        since = np.log(so_far[:, 1:] / so_far[:, :-1])
        rest = ends - so_far
        grown = np.log(rest[:, 1:] / rest[:, :-1])
        departed = np.where(np.isfinite(grown - since), grown - since, np.nan) ** 2
    before = np.maximum(year - 1, 0)
    last_rest = rest[every, before]
    growth = since[every, np.maximum(before, 0)] if years > 1 else np.full(n, np.nan)
    usable = (newest >= 0) & (month < a_year - 1) & (year > 0)
    usable &= np.isfinite(growth) & (last_rest > 0)
    remainder = np.where(usable, last_rest, 1.0) * np.exp(np.where(usable, growth, 0.0))
    total = np.where(usable, so_far[every, year] + remainder, np.nan)
    share = np.where(usable, remainder / np.where(usable, total, 1.0), 0.0)
    return total, share**2 * _departure(departed, family), year


def _departure(departed: F, family: I) -> F:
    """(n,) variance of a remainder's growth about the growth so far."""
    known = np.isfinite(departed)
    count = known.sum(axis=1)
    own = np.where(known, departed, 0.0).sum(axis=1)
    mean = np.where(count > 0, own / np.maximum(count, 1), np.nan)
    overall = float(np.median(mean[count > 0])) if (count > 0).any() else _FIRST**2
    families = Families(family, np.zeros(len(family), np.int64))
    middle, _ = families.medians(mean[:, None])
    borrowed = families.spread(np.where(np.isfinite(middle), middle, overall)[:, 0], overall)
    spread = (own + _WORTH * np.maximum(borrowed, 1e-6)) / (count + _WORTH)
    return np.asarray(spread, float)
