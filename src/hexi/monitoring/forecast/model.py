"""A fitted panel (测算模型): each row with the model that its data allow.

Yearly rows walk by years; quarters and months compare with the year before where they have one;
totals since January become years whose last is estimated; rates of growth become the index that
they make. Below three values the siblings speak; without siblings nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hexi.monitoring.forecast.panel import I, Panel
from hexi.monitoring.forecast.rates import fit_rates
from hexi.monitoring.forecast.running import fit_running
from hexi.monitoring.forecast.seasonal import FEWEST, Seasonal, fit_seasonal
from hexi.monitoring.forecast.walk import Walk, fit_walk

__all__ = ["Course", "Model", "Part", "fit"]


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
        part = rows[rates]
        walk, index = fit_rates(panel, part)
        made.append(Part("drift", part, walk, panel.frequency > 1, index))
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
