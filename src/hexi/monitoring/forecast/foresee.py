"""Chance of meeting targets (达标概率测算): a fitted panel and what is asked of it, all at once.

A level is asked directly; growth from a base is the level that the base would grow to, so that
what is known of the years so far counts and only what is left to do is uncertain; totals and places
in a ranking are counted over drawn courses.
"""

from __future__ import annotations

import numpy as np

from hexi.monitoring.forecast.answers import Answers, Question
from hexi.monitoring.forecast.asks import UNKNOWN, Asks, region
from hexi.monitoring.forecast.closed import answer_growth_to_come, answer_levels
from hexi.monitoring.forecast.course import beliefs, observed
from hexi.monitoring.forecast.dice import Dice
from hexi.monitoring.forecast.draws import growth_of, periods_to_add, ranking, total_of
from hexi.monitoring.forecast.explain import explain
from hexi.monitoring.forecast.model import Model
from hexi.monitoring.forecast.outlook import Outlook
from hexi.monitoring.forecast.panel import F
from hexi.monitoring.forecast.scales import LOG
from hexi.monitoring.forecast.scenario import Scenario
from hexi.monitoring.forecast.steps import newest_column

__all__ = ["foresee"]

#: reasons that do not hold against totals and places, which look at every period themselves
_LOOKED_AT = ("", "too_few", "past_end")


def foresee(
    model: Model,
    asks: Asks,
    scenario: Scenario | None = None,
    *,
    paths: int = 2000,
    seed: int = 1,
) -> Outlook:
    """Chance, median and band of every target asked; ``paths`` courses where they are drawn."""
    low, high = region(asks.line, asks.bound, asks.upward)
    believed = beliefs(model, asks.row, asks.end)
    asked = Question(model, asks, scenario, believed, low, high, Dice(paths, seed), seed)
    answers = Answers.empty(len(asks))
    _refuse(asked, answers)
    base, years = _base(model, asks)
    ranked = (asks.measure == "rank") & (model.panel.peers[asks.row] >= 0)
    drawn = ranked | (asks.measure == "cumulative")
    to_come = (asks.measure == "growth_yoy") & ~np.isfinite(base)
    direct = ~drawn & ~to_come
    answers.refuse(direct & asks.is_growth & ~(base > 0), "no_base")
    answers.refuse(to_come & (believed.ahead < believed.clear), "no_base")
    answer_levels(asked, answers, direct, base, years)
    to_come &= answers.refused == ""
    closed = to_come & (believed.kind == LOG) & ~asked.touched
    answer_growth_to_come(asked, answers, closed)
    for place in np.nonzero(to_come & ~closed)[0].tolist():
        _draw_growth(asked, answers, place)
    for place in np.nonzero(drawn & np.isin(answers.refused, _LOOKED_AT))[0].tolist():
        if ranked[place]:
            _draw_place(asked, answers, place)
        else:
            _draw_total(asked, answers, place)
    return Outlook(
        p=np.clip(answers.p, 0.0, 1.0),
        median=answers.median,
        low80=answers.low80,
        high80=answers.high80,
        value=answers.value,
        required=answers.required,
        past=answers.past,
        method=answers.method,
        reasons=explain(asked, answers),
    )


def _refuse(asked: Question, answers: Answers) -> None:
    """Say where nothing can be said, whatever is measured."""
    panel, asks, believed = asked.model.panel, asked.asks, asked.believed
    newest = newest_column(panel.values)[asks.row]
    unseen = ~np.isfinite(observed(asked.model, asks.row, asks.end))
    answers.refuse(~np.isfinite(asks.line), "no_line")
    answers.refuse(np.isnan(asked.low), "no_direction")
    answers.refuse(newest < 0, "no_series")
    answers.refuse(panel.rates[asks.row] & ~asks.is_growth, "rates_only")
    answers.refuse(unseen & (asks.end <= panel.first + newest), "past_end")
    answers.refuse(unseen & believed.within_year, "within_year")
    answers.refuse(unseen & ~np.isfinite(believed.centre), "too_few")


def _base(model: Model, asks: Asks) -> tuple[F, F]:
    """(m,) value that growth is reckoned from, and the years over which it is; levels: 1, 1."""
    frequency = model.panel.frequency
    yoy, yearly = asks.measure == "growth_yoy", asks.measure == "growth_annual"
    start = np.where(yoy, asks.end - frequency, asks.start)
    unknown = start == UNKNOWN
    seen = observed(model, asks.row, np.maximum(start, 0))
    stated = np.where(yoy | model.panel.rates[asks.row], np.nan, asks.base)
    base = np.where(np.isfinite(stated), stated, np.where(unknown, np.nan, seen))
    base = np.where(yearly & unknown, np.nan, base)
    years = np.where(yearly, (asks.end - asks.start) / frequency, 1.0)
    return np.where(asks.is_growth, base, 1.0), np.maximum(years, 1 / frequency)


def _draw_growth(asked: Question, answers: Answers, place: int) -> None:
    """Growth on a year to come of a series that a scenario changes, or that is not logarithmic."""
    row, end = int(asked.asks.row[place]), int(asked.asks.end[place])
    drawn = growth_of(asked.model, row, end, asked.scenario, asked.dice)
    if drawn is None:
        answers.refused[place] = "no_base"
    else:
        answers.draw(place, drawn, float(asked.low[place]), float(asked.high[place]))


def _draw_place(asked: Question, answers: Answers, place: int) -> None:
    """A place among peers."""
    row, end = int(asked.asks.row[place]), int(asked.asks.end[place])
    drawn, answers.missing[place] = ranking(
        asked.model, row, end, asked.scenario, asked.dice.draws, asked.seed
    )
    if drawn is not None:
        answers.refused[place] = ""
        answers.draw(place, drawn, float(asked.low[place]), float(asked.high[place]))


def _draw_total(asked: Question, answers: Answers, place: int) -> None:
    """A total over periods: what is known is added, what is to come is drawn."""
    model = asked.model
    row, end = int(asked.asks.row[place]), int(asked.asks.end[place])
    start = int(asked.asks.start[place])
    if start == UNKNOWN or not len(periods_to_add(model, row, start, end)):
        answers.refused[place] = "no_start"
        return
    total, known = total_of(model, row, start, end, asked.scenario, asked.dice)
    left = ~np.isfinite(known)
    if total is None:
        too_few = answers.refused[place] == "too_few"
        answers.refused[place] = "too_few" if too_few else "missing_part"
        answers.missing[place] = int(left.sum())
        return
    answers.refused[place] = ""
    low, high = float(asked.low[place]), float(asked.high[place])
    answers.draw(place, total, low, high)
    if not left.any():
        answers.method[place], answers.value[place] = "known", float(total[0])
        return
    line = low if np.isfinite(low) else high
    by_year = model.parts[model.part[row]].by_year
    a_year = 1 if by_year else model.panel.frequency
    answers.required[place] = (line - float(np.nansum(known))) / float(left.sum()) * a_year
