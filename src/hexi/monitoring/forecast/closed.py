"""Chances in closed form (解析求解): levels, growth from a known base, growth on a year to come."""

from __future__ import annotations

import numpy as np

from hexi.monitoring.forecast import student
from hexi.monitoring.forecast.answers import BAND, Answers, Question
from hexi.monitoring.forecast.course import back, change, observed, onto
from hexi.monitoring.forecast.panel import B, F, I
from hexi.monitoring.forecast.scales import LOG

__all__ = ["answer_growth_to_come", "answer_levels"]

#: nothing is surer than this, on the scale
_SUREST = 1e-9
#: part of a value that going to the scale and back may cost
_HAIR = 1e-9


def answer_levels(asked: Question, answers: Answers, where: B, base: F, years: F) -> None:
    """Levels, and growth over ``years`` from a known ``base``: the level that the base grows to."""
    mine = np.nonzero(where & (answers.refused == ""))[0]
    rows, end = asked.asks.row[mine], asked.asks.end[mine]
    low, high = asked.low[mine], asked.high[mine]
    growth, base, years = asked.asks.is_growth[mine], base[mine], years[mine]

    def level(line: F) -> F:
        with np.errstate(over="ignore", invalid="ignore"):
            factor = np.maximum(1 + line / 100, 0.0) ** years
            return np.where(growth & np.isfinite(line), base * factor, line)

    def measured(value: F) -> F:
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            rate = (np.maximum(value / base, 0.0) ** (1 / years) - 1) * 100
        return np.where(growth, rate, value)

    seen = observed(asked.model, rows, end)
    known = np.isfinite(seen)
    factor, offset = _shift(asked, rows, end)
    centre = asked.believed.centre[mine]
    spread = np.maximum(asked.believed.scale[mine], _SUREST)
    df = asked.believed.df[mine]

    def beyond(line: F, as_least: bool) -> F:
        x = onto(asked.model, rows, (line - offset) / factor, as_least=as_least)
        return student.survival((np.where(np.isinf(line), line, x) - centre) / spread, df)

    lowest, highest = level(low), level(high)
    p = beyond(lowest, True) - beyond(highest, False)
    # a series that has never moved may well stay exactly where it is
    still = asked.believed.still[mine]
    stays = back(asked.model, rows, asked.believed.latest[mine]) * factor + offset
    hair = np.abs(stays) * _HAIR
    p = still * ((stays >= lowest - hair) & (stays <= highest + hair)) + (1 - still) * p
    value = measured(seen)
    answers.p[mine] = np.where(known, (value >= low) & (value <= high), p)
    answers.value[mine] = np.where(known, value, np.nan)
    reach = student.quantile(BAND[1], df) * spread
    for column, x in (
        (answers.low80, centre - reach),
        (answers.median, centre),
        (answers.high80, centre + reach),
    ):
        ahead = measured(back(asked.model, rows, x) * factor + offset)
        column[mine] = np.where(known, value, ahead)
    answers.method[mine] = np.where(known, "known", asked.believed.method[mine])
    line = np.where(np.isfinite(lowest), lowest, highest)
    _left_to_do(asked, answers, mine, line, ~known)


def answer_growth_to_come(asked: Question, answers: Answers, where: B) -> None:
    """Growth on a year before that is itself to come, on logarithmic scales."""
    model, asks = asked.model, asked.asks
    for number, part in enumerate(model.parts):
        mine = np.nonzero(where & (model.part[asks.row] == number))[0]
        if not len(mine):
            continue
        place = model.place[asks.row[mine]]
        when = asks.end[mine] // model.panel.frequency if part.by_year else asks.end[mine]
        centre, spread = change(part.course, place, when)
        spread = np.maximum(spread, _SUREST)
        low, high = _logarithms(asked.low[mine]), _logarithms(asked.high[mine])
        df = part.course.df[place]
        above = student.survival((low - centre) / spread, df)
        p = above - student.survival((high - centre) / spread, df)
        # a series that has never moved may well not grow at all
        still = asked.believed.still[mine]
        answers.p[mine] = still * ((low <= _HAIR) & (high >= -_HAIR)) + (1 - still) * p
        reach = student.quantile(BAND[1], df) * spread
        for column, x in (
            (answers.low80, centre - reach),
            (answers.median, centre),
            (answers.high80, centre + reach),
        ):
            column[mine] = np.expm1(np.clip(x, -300, 300)) * 100
        answers.method[mine] = asked.believed.method[mine]


def _logarithms(rate: F) -> F:
    """Growth in per cent as a logarithm; no bound stays none."""
    with np.errstate(invalid="ignore"):
        grown = np.log1p(np.maximum(rate / 100, -1 + 1e-12))
    return np.where(np.isinf(rate), rate, grown)


def _left_to_do(asked: Question, answers: Answers, mine: I, line: F, open_: B) -> None:
    """What change a year it takes from the last value on, and what it has been."""
    rows = asked.asks.row[mine]
    years, start = asked.believed.years[mine], asked.believed.latest[mine]
    drift = asked.believed.drift[mine]
    latest = back(asked.model, rows, start)
    compound = asked.believed.kind[mine] == LOG
    left = open_ & (years > 0)
    span = np.where(left, years, 1.0)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        rate = (np.maximum(line / latest, 0.0) ** (1 / span) - 1) * 100
        needed = np.where(compound, rate, (line - latest) / span)
        had = np.where(
            compound,
            np.expm1(np.clip(drift, -50, 50)) * 100,
            back(asked.model, rows, start + drift) - latest,
        )
    answers.required[mine] = np.where(left, needed, np.nan)
    answers.past[mine] = np.where(left, had, np.nan)


def _shift(asked: Question, rows: I, periods: I) -> tuple[F, F]:
    """Factor and offset of the scenario; a factor of nothing is held just above it."""
    if asked.scenario is None:
        return np.ones(len(rows)), np.zeros(len(rows))
    factor, offset = asked.scenario.at(rows, periods)
    return np.maximum(factor, 1e-12), offset
