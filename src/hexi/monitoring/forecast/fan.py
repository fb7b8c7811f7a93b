"""The fan of a series (扇形图): its quantiles in each period to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hexi.monitoring.forecast import student
from hexi.monitoring.forecast.course import change, parts_of, periods_in
from hexi.monitoring.forecast.model import Course, Model
from hexi.monitoring.forecast.panel import F, I, Panel
from hexi.monitoring.forecast.scenario import Scenario

__all__ = ["LEVELS", "Fan", "fan"]

LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)


@dataclass(frozen=True, slots=True, eq=False)
class Fan:
    """Quantiles of some rows over consecutive periods."""

    #: code of the first period
    first: int
    levels: tuple[float, ...]
    #: (k, H, Q) in the series' own unit, for rates growth on the year before; NaN where nothing is
    #: said, as between the year's ends of totals within the year
    quantiles: F


def fan(
    model: Model,
    until: int,
    rows: I | None = None,
    scenario: Scenario | None = None,
    levels: Sequence[float] = LEVELS,
) -> Fan:
    """Quantiles from the period after the panel's last up to ``until``."""
    panel = model.panel
    chosen = np.arange(len(panel)) if rows is None else np.asarray(rows, np.int64)
    first = panel.last + 1
    periods = np.arange(first, max(until, panel.last) + 1)
    found = np.full((len(chosen), len(periods), len(levels)), np.nan)
    wanted = np.sort(np.asarray(levels, float))
    for part, mine, place in parts_of(model, chosen):
        grid = np.broadcast_to(periods, (int(mine.sum()), len(periods)))
        when, within = periods_in(part, model, grid)
        centre, scale = part.course.moments(place, when)
        df = part.course.df[place]
        usable = part.course.said[place]
        df = np.where(np.isfinite(df), df, 5.0)
        reach = student.quantile(wanted[None, :], df[:, None])
        x = centre[:, :, None] + scale[:, :, None] * reach[:, None, :]
        values = part.course.scale.back(x, place)
        if part.index is not None:
            values = _growth(part.course, part.index, place, when, reach)
        hidden = within | ~usable[:, None]
        found[mine] = np.where(hidden[:, :, None], np.nan, values)
    if scenario is not None and len(periods):
        grid = np.broadcast_to(periods, (len(chosen), len(periods)))
        factor, offset = scenario.at(chosen[:, None], grid)
        found = found * factor[:, :, None] + offset[:, :, None]
    return Fan(first, tuple(wanted.tolist()), found)


def _growth(course: Course, index: Panel, place: I, when: I, reach: F) -> F:
    """(k, H, Q) growth on the year before, per cent, of rows that are rates."""
    values = np.full((*when.shape, reach.shape[1]), np.nan)
    for step in range(when.shape[1]):
        year = when[:, step]
        before = np.log(index.at(place, year - 1))
        level, spread = course.moments(place, year)
        known = np.isfinite(before)
        centre, scale = change(course, place, year)
        centre, scale = np.where(known, level - before, centre), np.where(known, spread, scale)
        x = centre[:, None] + scale[:, None] * reach
        said = (year > course.origin[place]) | (known & (year == course.origin[place]))
        values[said, step] = np.expm1(np.clip(x[said], -300, 300)) * 100
    return values
