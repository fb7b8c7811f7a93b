"""Rows of a model asked together (分组求解): centres, scales and draws whatever models them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from hexi.monitoring.forecast.model import Course, Model, Part
from hexi.monitoring.forecast.panel import B, F, I
from hexi.monitoring.forecast.seasonal import Seasonal

__all__ = ["Beliefs", "back", "beliefs", "change", "observed", "onto", "parts_of", "periods_in"]


class Beliefs:
    """(m,) what the model believes of each asked row at its period, on the row's scale."""

    def __init__(self, m: int) -> None:
        self.centre = np.full(m, np.nan)
        self.scale = np.full(m, np.nan)
        self.df = np.full(m, 5.0)
        #: periods to go, in the course's own counting
        self.ahead = np.zeros(m, np.int64)
        #: periods to go from which the year before the period is to come as well
        self.clear = np.zeros(m, np.int64)
        #: value, on the scale, that growth is reckoned from, and years from there to the period
        self.latest = np.full(m, np.nan)
        self.years = np.zeros(m)
        self.drift = np.full(m, np.nan)
        self.kind = np.zeros(m, np.int64)
        self.method = np.full(m, "none", dtype="<U8")
        self.points = np.zeros(m, np.int64)
        self.gaps = np.zeros(m, np.int64)
        #: chance that a series which has never moved does not move until the period
        self.still = np.zeros(m)
        self.widened = np.ones(m)
        self.volatility = np.full(m, np.nan)
        self.shared = np.zeros(m, bool)
        self.only_shared = np.zeros(m, bool)
        #: the period does not end a year, and only years are carried on
        self.within_year = np.zeros(m, bool)


def parts_of(model: Model, rows: I) -> Iterator[tuple[Part, B, I]]:
    """Each part that is asked: which asks, and their places in the part."""
    for number, part in enumerate(model.parts):
        mine = model.part[rows] == number
        if mine.any():
            yield part, mine, model.place[rows[mine]]


def periods_in(part: Part, model: Model, periods: I) -> tuple[I, B]:
    """Panel periods in the part's own counting, and where they are no end of a year."""
    if not part.by_year:
        return periods, np.zeros(periods.shape, bool)
    frequency = model.panel.frequency
    return periods // frequency, periods % frequency != frequency - 1


def beliefs(model: Model, rows: I, periods: I) -> Beliefs:
    """Centre and scale of rows (m,) at periods (m,)."""
    held = Beliefs(len(rows))
    for part, mine, place in parts_of(model, rows):
        course = part.course
        when, within = periods_in(part, model, periods[mine])
        centre, scale = course.moments(place, when)
        said = course.said[place] & ~within
        held.centre[mine] = np.where(said, centre, np.nan)
        held.scale[mine] = np.where(said, scale, np.nan)
        held.df[mine] = np.where(np.isfinite(course.df[place]), course.df[place], 5.0)
        held.ahead[mine] = when - course.origin[place]
        held.clear[mine] = 1 if part.method == "seasonal" else course.a_year
        held.latest[mine], held.years[mine] = course.since(place, when)
        held.drift[mine] = course.drift[place] * (course.a_year if part.method == "drift" else 1)
        held.kind[mine] = course.scale.kind[place]
        only = course.only_shared[place] > 0
        held.method[mine] = np.where(said, np.where(only, "family", part.method), "none")
        held.points[mine] = course.points[place]
        held.gaps[mine] = course.gaps[place]
        years = held.ahead[mine] / (course.a_year if part.method == "seasonal" else 1)
        held.still[mine] = _still(course.still[place], years)
        held.widened[mine] = course.widen[place, -1]
        held.volatility[mine] = course.volatility[place]
        held.shared[mine] = course.shared[place] > 0
        held.only_shared[mine] = only
        held.within_year[mine] = within & course.said[place]
    return held


def change(course: Course, place: I, when: I) -> tuple[F, F]:
    """Centre and scale of growth on the year before, where that year is to come as well."""
    return course.change(place, when) if isinstance(course, Seasonal) else course.change(place)


def observed(model: Model, rows: I, periods: I) -> F:
    """Values by row and period; of rates the index that they make."""
    values = model.panel.at(rows, periods)
    for part, mine, place in parts_of(model, rows):
        if part.index is not None:
            when, within = periods_in(part, model, periods[mine])
            values[mine] = np.where(within, np.nan, part.index.at(place, when))
    return values


def onto(model: Model, rows: I, values: F, *, as_least: bool) -> F:
    """Lines on their rows' scales, as the least or the most that counts as met.

    A least that is no more than the lower limit is always reached, a most that is no less than
    the upper limit always kept; what lies beyond a limit never is.
    """
    x = np.full(values.shape, np.nan)
    for part, mine, place in parts_of(model, rows):
        scale = part.course.scale
        line, low, high = values[mine], scale.low[place], scale.high[place]
        found = scale.to(line, place)
        found = np.where(line > high if as_least else line >= high, np.inf, found)
        x[mine] = np.where(line <= low if as_least else line < low, -np.inf, found)
    return x


def back(model: Model, rows: I, x: F) -> F:
    """Values again."""
    values = np.full(x.shape, np.nan)
    for part, mine, place in parts_of(model, rows):
        values[mine] = part.course.scale.back(x[mine], place)
    return values


def _still(steps: F, ahead: F) -> F:
    """Laplace's rule of succession: so many times nothing has moved, so many times to go."""
    return np.where(steps > 0, (steps + 1) / (steps + 1 + np.maximum(ahead, 0)), 0.0)
