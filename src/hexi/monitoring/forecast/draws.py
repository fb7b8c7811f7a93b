"""Targets that have no closed form (模拟): totals over periods, places in a ranking, some growth.

Courses are drawn from the same model that closed forms come from, each with its own heavy tail, and
what was observed stays as it is. The dice are thrown once for all totals and once for each unit
that is ranked, so that a scenario is compared with the same courses and no order matters.
"""

from __future__ import annotations

import numpy as np

from hexi.monitoring.forecast.course import periods_in
from hexi.monitoring.forecast.dice import Dice
from hexi.monitoring.forecast.model import Model
from hexi.monitoring.forecast.panel import F, I
from hexi.monitoring.forecast.scenario import Scenario

__all__ = ["course_of", "growth_of", "ranking", "total_of"]


def course_of(
    model: Model, row: int, periods: I, scenario: Scenario | None, dice: Dice
) -> F | None:
    """(draws, H) values of a row in panel periods; observed ones repeated. None: not to be said."""
    part = model.parts[model.part[row]]
    place = int(model.place[row])
    when, within = periods_in(part, model, periods)
    rows = np.full(periods.shape, row)
    known = model.panel.at(rows, periods)
    ahead = when >= part.course.origin[place] if part.by_year else when > part.course.origin[place]
    if not part.course.said[place] or model.panel.rates[row]:
        return None
    if (within & ~np.isfinite(known)).any():
        return None
    if (~ahead & ~np.isfinite(known)).any():
        return None
    drawn = part.course.paths(place, when, dice)
    scale = part.course.scale.take(np.array([place]))
    values = scale.back(drawn.reshape(1, -1)).reshape(drawn.shape)
    if scenario is not None:
        factor, offset = scenario.at(rows, periods)
        values = values * factor + offset
    return np.where(np.isfinite(known), known, values)


def periods_to_add(model: Model, row: int, start: int, end: int) -> I:
    """Panel periods after ``start`` up to ``end``; of totals within the year only its last."""
    periods = np.arange(start + 1, end + 1)
    frequency = model.panel.frequency
    if model.parts[model.part[row]].by_year:
        periods = periods[periods % frequency == frequency - 1]
    return periods


def total_of(
    model: Model,
    row: int,
    start: int,
    end: int,
    scenario: Scenario | None,
    dice: Dice,
) -> tuple[F | None, F]:
    """Draws of the total after ``start`` up to ``end``, and the values that are known."""
    periods = periods_to_add(model, row, start, end)
    known = model.panel.at(np.full(periods.shape, row), periods)
    if np.isfinite(known).all():
        return np.full(1, known.sum()), known
    course = course_of(model, row, periods, scenario, dice)
    return (None if course is None else course.sum(axis=1)), known


def growth_of(model: Model, row: int, end: int, scenario: Scenario | None, dice: Dice) -> F | None:
    """Draws of growth on the year before, per cent; None where the year before may be zero."""
    periods = np.array([end - model.panel.frequency, end])
    course = course_of(model, row, periods, scenario, dice)
    if course is None or (course[:, 0] <= 0).any():
        return None
    return np.asarray((course[:, 1] / course[:, 0] - 1) * 100, float)


def ranking(
    model: Model, row: int, end: int, scenario: Scenario | None, draws: int, seed: int
) -> tuple[F | None, int]:
    """Draws of the row's place among its peers, the highest value first; peers without data."""
    members = np.nonzero(model.panel.peers == model.panel.peers[row])[0]
    period = np.array([end])
    own: F | None = None
    above = np.zeros(draws)
    missing = 0
    drawn: dict[int, F | None] = {
        int(one): course_of(model, int(one), period, scenario, Dice(draws, seed, int(one)))
        for one in members
    }
    own = drawn.pop(row)
    if own is None:
        return None, 0
    for other in drawn.values():
        if other is None:
            missing += 1
        else:
            above = above + (other[:, 0] > own[:, 0])
    return above + 1, missing
