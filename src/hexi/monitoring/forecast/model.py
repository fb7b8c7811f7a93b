"""A fitted panel (测算模型): each row with the model that its data allow.

Yearly rows walk by years; quarters and months compare with the year before where they have one;
totals since January become years whose last is estimated; rates of growth become the index that
they make. Below three values the siblings speak; without siblings nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from hexi.monitoring.forecast.panel import B, I, Panel
from hexi.monitoring.forecast.running import fit_running
from hexi.monitoring.forecast.seasonal import FEWEST, Seasonal, fit_seasonal
from hexi.monitoring.forecast.steps import newest_column
from hexi.monitoring.forecast.walk import Walk, fit_walk

__all__ = ["Course", "Model", "Part", "fit"]

#: what a year's growth may still change by with all of its months to come, as a logarithm
_OPEN_YEAR = 0.05


#: every kind of fitted course answers the same questions
Course = Walk | Seasonal


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Rows of the panel that are modelled alike."""

    #: drift, seasonal, ytd
    method: str
    rows: I
    course: Course
    #: the course counts years while the panel counts quarters or months
    by_year: bool
    #: what the course was fitted on, where that is not the panel: (k, years or periods)
    index: Panel | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A panel and the parts that cover it."""

    panel: Panel
    parts: tuple[Part, ...]
    #: (n,) part of each row and place within it
    part: I
    place: I


def fit(panel: Panel) -> Model:
    """Fit every row of a panel."""
    n = len(panel)
    rows = np.arange(n)
    made: list[Part] = []
    rates = panel.rates
    running = panel.running & ~rates
    if rates.any():
        made.append(_rates(panel, rows[rates]))
    if running.any():
        part = rows[running]
        made.append(Part("ytd", part, fit_running(panel, part), True))
    rest = ~rates & ~running
    if panel.frequency > 1 and rest.any():
        pairs = np.isfinite(panel.values[:, panel.frequency :])
        pairs &= np.isfinite(panel.values[:, : -panel.frequency])[:, -pairs.shape[1] :]
        season = rest & (pairs.sum(axis=1) >= FEWEST)
        if season.any():
            part = rows[season]
            course = fit_seasonal(
                panel.values[part],
                last=panel.last,
                a_year=panel.frequency,
                family=panel.family[part],
                low=panel.low[part],
                high=panel.high[part],
            )
            made.append(Part("seasonal", part, course, False))
        rest = rest & ~season
    if rest.any():
        part = rows[rest]
        walk = fit_walk(
            panel.values[part],
            last=panel.last,
            a_year=panel.frequency,
            family=panel.family[part],
            low=panel.low[part],
            high=panel.high[part],
        )
        made.append(Part("drift", part, walk, False))
    part_of, place = np.zeros(n, np.int64), np.zeros(n, np.int64)
    for number, one in enumerate(made):
        part_of[one.rows] = number
        place[one.rows] = np.arange(len(one.rows))
    return Model(panel, tuple(made), part_of, place)


def _rates(panel: Panel, rows: I) -> Part:
    """Growth on the year before as the index that it makes, with the base before the first."""
    a_year = panel.frequency
    values = panel.values[rows]
    jump = np.zeros(len(rows))
    if a_year > 1:
        lead, tail = panel.first % a_year, a_year - 1 - panel.last % a_year
        whole = np.pad(values, ((0, 0), (lead, tail)), constant_values=np.nan)
        table = whole.reshape(len(rows), -1, a_year)
        values = table[:, :, -1].copy()
        newest = newest_column(whole)
        year, month = np.maximum(newest, 0) // a_year, np.maximum(newest, 0) % a_year
        open_ = (newest >= 0) & (month < a_year - 1)
        every = np.nonzero(open_)[0]
        values[every, year[every]] = table[every, year[every], month[every]]
        left = (a_year - 1 - month) / a_year
        jump = np.where(open_, (left * _OPEN_YEAR) ** 2, 0.0)
    last = panel.last // a_year
    grown = np.where(values > -100, np.log1p(np.maximum(values, -99.999) / 100), np.nan)
    seen = np.isfinite(grown)
    mean = np.where(seen, grown, 0.0).sum(axis=1) / np.maximum(seen.sum(axis=1), 1)
    # a year without a rate is carried at the mean: its own value stays unknown
    summed = np.cumsum(np.where(seen, grown, mean[:, None]), axis=1)
    shown = np.where(seen, summed, np.nan)
    first = seen.argmax(axis=1)
    index = np.concatenate([np.full((len(rows), 1), np.nan), shown], axis=1)
    every = np.nonzero(seen.any(axis=1))[0]
    start = np.concatenate([np.zeros((len(rows), 1)), summed], axis=1)
    index[every, first[every]] = start[every, first[every]]
    table = 100 * np.exp(index)
    walk = fit_walk(
        table,
        last=last,
        a_year=1,
        family=panel.family[rows],
        low=np.full(len(rows), np.nan),
        high=np.full(len(rows), np.nan),
        jump=jump,
    )
    return Part("drift", rows, _with_fills(walk, seen), a_year > 1, Panel.of(table, last=last))


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
