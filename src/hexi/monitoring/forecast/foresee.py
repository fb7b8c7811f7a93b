"""Chance of meeting targets (达标概率测算): a fitted panel and what is asked of it, all at once.

A level is asked directly; growth from a base is the level that the base would grow to, so that
what is known of the years so far counts and only what is left to do is uncertain; totals and places
in a ranking are counted over drawn courses.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hexi.monitoring.forecast import student
from hexi.monitoring.forecast.asks import UNKNOWN, Asks, S, region
from hexi.monitoring.forecast.course import Beliefs, back, beliefs, observed, onto
from hexi.monitoring.forecast.dice import Dice
from hexi.monitoring.forecast.draws import growth_of, periods_to_add, ranking, total_of
from hexi.monitoring.forecast.explain import explain
from hexi.monitoring.forecast.model import Model
from hexi.monitoring.forecast.outlook import Outlook
from hexi.monitoring.forecast.panel import B, F, I
from hexi.monitoring.forecast.scales import LOG
from hexi.monitoring.forecast.scenario import Scenario
from hexi.monitoring.forecast.steps import newest_column

__all__ = ["foresee"]

#: the band shown beside a chance
_BAND = (0.1, 0.9)


@dataclass(slots=True, eq=False)
class Answers:
    """What is filled in while a panel is asked; becomes an `Outlook`."""

    p: F
    median: F
    low80: F
    high80: F
    value: F
    required: F
    past: F
    method: S
    #: code of what speaks against an answer; empty where nothing does
    refused: S
    missing: I

    @classmethod
    def empty(cls, m: int) -> Answers:
        nothing = [np.full(m, np.nan) for _ in range(7)]
        p, median, low80, high80, value, required, past = nothing
        method, refused = np.full(m, "none", dtype="<U8"), np.full(m, "", dtype="<U16")
        missing = np.zeros(m, np.int64)
        return cls(p, median, low80, high80, value, required, past, method, refused, missing)

    def draw(self, place: int, drawn: F, low: float, high: float) -> None:
        """Fill one answer in from drawn values of what is measured."""
        self.p[place] = float(((drawn >= low) & (drawn <= high)).mean())
        ordered = np.sort(drawn)
        self.low80[place], self.median[place], self.high80[place] = ordered[
            [round(level * (len(drawn) - 1)) for level in (_BAND[0], 0.5, _BAND[1])]
        ]
        self.method[place] = "paths"


def foresee(
    model: Model,
    asks: Asks,
    scenario: Scenario | None = None,
    *,
    paths: int = 2000,
    seed: int = 1,
) -> Outlook:
    """Chance, median and band of every target asked; ``paths`` courses where they are drawn."""
    answers = Answers.empty(len(asks))
    believed = beliefs(model, asks.row, asks.end)
    low, high = region(asks.line, asks.bound, asks.upward)
    _refuse(answers, model, asks, believed, low)
    base, years = _base(model, asks)
    drawn = (asks.measure == "cumulative") | (
        (asks.measure == "rank") & (model.panel.peers[asks.row] >= 0)
    )
    open_yoy = (asks.measure == "growth_yoy") & ~np.isfinite(base)
    direct = ~drawn & ~open_yoy
    no_base = direct & asks.is_growth & ~(base > 0)
    answers.refused[(answers.refused == "") & no_base] = "no_base"
    _direct(answers, model, asks, believed, scenario, direct, (low, high), (base, years))
    dice = Dice(paths, seed)
    _between(answers, model, asks, believed, scenario, open_yoy, (low, high), dice)
    for place in np.nonzero(drawn & np.isin(answers.refused, ("", "too_few", "past_end")))[0]:
        _drawn(answers, model, asks, scenario, int(place), (low, high), dice, seed)
    return Outlook(
        p=np.clip(answers.p, 0.0, 1.0),
        median=answers.median,
        low80=answers.low80,
        high80=answers.high80,
        value=answers.value,
        required=answers.required,
        past=answers.past,
        method=answers.method,
        reasons=explain(
            model, asks, believed, answers.method, answers.refused, answers.missing, scenario, paths
        ),
    )


def _refuse(answers: Answers, model: Model, asks: Asks, believed: Beliefs, low: F) -> None:
    """Say where nothing can be said, the first reason counting."""

    def refuse(where: B, code: str) -> None:
        answers.refused[(answers.refused == "") & where] = code

    panel = model.panel
    newest = newest_column(panel.values)[asks.row]
    refuse(~np.isfinite(asks.line), "no_line")
    refuse(np.isnan(low), "no_direction")
    refuse(newest < 0, "no_series")
    refuse(panel.rates[asks.row] & ~asks.is_growth, "rates_only")
    unseen = ~np.isfinite(observed(model, asks.row, asks.end))
    refuse(unseen & (asks.end <= panel.first + newest), "past_end")
    refuse(unseen & believed.within_year, "within_year")
    refuse(unseen & ~np.isfinite(believed.centre), "too_few")


def _base(model: Model, asks: Asks) -> tuple[F, F]:
    """(m,) value that growth is reckoned from, and the years over which it is; levels: 1, 1."""
    frequency = model.panel.frequency
    yoy = asks.measure == "growth_yoy"
    start = np.where(yoy, asks.end - frequency, asks.start)
    seen = observed(model, asks.row, np.maximum(start, 0))
    stated = np.where(yoy | model.panel.rates[asks.row], np.nan, asks.base)
    base = np.where(np.isfinite(stated), stated, seen)
    base = np.where((start == UNKNOWN) & ~np.isfinite(stated), np.nan, base)
    years = np.where(
        asks.measure == "growth_annual", (asks.end - asks.start) / frequency, np.ones(len(asks))
    )
    base = np.where((asks.measure == "growth_annual") & (asks.start == UNKNOWN), np.nan, base)
    return np.where(asks.is_growth, base, 1.0), np.maximum(years, 1 / frequency)


def _direct(
    answers: Answers,
    model: Model,
    asks: Asks,
    believed: Beliefs,
    scenario: Scenario | None,
    where: B,
    lines: tuple[F, F],
    grown: tuple[F, F],
) -> None:
    """Levels, and growth whose base is known: in closed form."""
    mine = np.nonzero(where & np.isin(answers.refused, ("",)))[0]
    rows, end = asks.row[mine], asks.end[mine]
    growth = asks.is_growth[mine]
    base, years = grown[0][mine], grown[1][mine]

    def level(line: F) -> F:
        with np.errstate(over="ignore", invalid="ignore"):
            factor = np.maximum(1 + line / 100, 0.0) ** years
            return np.where(growth & np.isfinite(line), base * factor, line)

    def measured(value: F) -> F:
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            rate = (np.maximum(value / base, 0.0) ** (1 / years) - 1) * 100
        return np.where(growth, rate, value)

    low, high = level(lines[0][mine]), level(lines[1][mine])
    seen = observed(model, rows, end)
    known = np.isfinite(seen)
    factor, offset = _shift(scenario, rows, end)
    centre, spread = believed.centre[mine], np.maximum(believed.scale[mine], 1e-9)
    df = believed.df[mine]

    def beyond(line: F) -> F:
        x = onto(model, rows, (line - offset) / factor)
        x = np.where(np.isinf(line), line, x)
        return student.survival((x - centre) / spread, df)

    p = beyond(low) - np.where(np.isinf(high), 0.0, beyond(high))
    value = measured(seen)
    met = (value >= lines[0][mine]) & (value <= lines[1][mine])
    answers.p[mine] = np.where(known, met, p)
    answers.value[mine] = np.where(known, value, np.nan)
    reach = student.quantile(_BAND[1], df) * spread
    for column, x in (
        (answers.low80, centre - reach),
        (answers.median, centre),
        (answers.high80, centre + reach),
    ):
        ahead = measured(back(model, rows, x) * factor + offset)
        column[mine] = np.where(known, value, ahead)
    answers.method[mine] = np.where(known, "known", believed.method[mine])
    _rates(answers, model, mine, believed, np.where(np.isfinite(low), low, high), known, rows)


def _rates(
    answers: Answers, model: Model, mine: I, believed: Beliefs, line: F, known: B, rows: I
) -> None:
    """What growth is left to do a year, and what it has been."""
    years = believed.years[mine]
    latest = back(model, rows, believed.latest[mine])
    log = believed.kind[mine] == LOG
    left = ~known & (years > 0)
    span = np.where(left, years, 1.0)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        compound = (np.maximum(line / latest, 0.0) ** (1 / span) - 1) * 100
        needed = np.where(log, compound, (line - latest) / span)
        had = back(model, rows, believed.latest[mine] + believed.drift[mine])
        past = np.where(log, np.expm1(np.clip(believed.drift[mine], -50, 50)) * 100, had - latest)
    answers.required[mine] = np.where(left, needed, np.nan)
    answers.past[mine] = np.where(left, past, np.nan)


def _between(
    answers: Answers,
    model: Model,
    asks: Asks,
    believed: Beliefs,
    scenario: Scenario | None,
    where: B,
    lines: tuple[F, F],
    dice: Dice,
) -> None:
    """Growth on a year before that is itself to come."""
    touched = np.zeros(len(asks), bool)
    if scenario is not None:
        touched = np.isin(asks.row, list(scenario.rows))
    mine = where & (answers.refused == "")
    closed = mine & (believed.kind == LOG) & ~touched
    for number, part in enumerate(model.parts):
        asked = np.nonzero(closed & (model.part[asks.row] == number))[0]
        if not len(asked):
            continue
        place = model.place[asks.row[asked]]
        frequency = model.panel.frequency
        when = asks.end[asked] // frequency if part.by_year else asks.end[asked]
        centre, spread = part.course.change(place, when, part.course.a_year)
        df = part.course.df[place]

        def beyond(line: F, centre: F = centre, spread: F = spread, df: F = df) -> F:
            grown = np.log1p(np.maximum(line / 100, -1 + 1e-12))
            x = np.where(np.isinf(line), line, grown)
            return student.survival((x - centre) / spread, df)

        low, high = lines[0][asked], lines[1][asked]
        answers.p[asked] = beyond(low) - np.where(np.isinf(high), 0.0, beyond(high))
        reach = student.quantile(_BAND[1], df) * spread
        answers.low80[asked] = np.expm1(centre - reach) * 100
        answers.median[asked] = np.expm1(centre) * 100
        answers.high80[asked] = np.expm1(np.minimum(centre + reach, 300)) * 100
        answers.method[asked] = believed.method[asked]
    for place_ in np.nonzero(mine & ~closed)[0]:
        one = int(place_)
        drawn = growth_of(model, int(asks.row[one]), int(asks.end[one]), scenario, dice)
        if drawn is None:
            answers.refused[one] = "no_base"
        else:
            answers.draw(one, drawn, float(lines[0][one]), float(lines[1][one]))


def _drawn(
    answers: Answers,
    model: Model,
    asks: Asks,
    scenario: Scenario | None,
    place: int,
    lines: tuple[F, F],
    dice: Dice,
    seed: int,
) -> None:
    """A total over periods, or a place among peers."""
    row, end = int(asks.row[place]), int(asks.end[place])
    low, high = float(lines[0][place]), float(lines[1][place])
    if asks.measure[place] == "rank":
        drawn, answers.missing[place] = ranking(model, row, end, scenario, dice.draws, seed)
        if drawn is not None:
            answers.refused[place] = ""
            answers.draw(place, drawn, low, high)
        return
    start = int(asks.start[place])
    if start == UNKNOWN or not len(periods_to_add(model, row, start, end)):
        answers.refused[place] = "no_start"
        return
    total, known = total_of(model, row, start, end, scenario, dice)
    left = ~np.isfinite(known)
    if total is None:
        code = answers.refused[place] or "missing_part"
        answers.refused[place] = "missing_part" if code == "past_end" else code
        answers.missing[place] = int(left.sum())
        return
    answers.refused[place] = ""
    answers.draw(place, total, low, high)
    if not left.any():
        answers.method[place], answers.value[place] = "known", float(total[0])
        return
    line = low if np.isfinite(low) else high
    by_year = model.parts[model.part[row]].by_year
    a_year = 1 if by_year else model.panel.frequency
    answers.required[place] = (line - float(np.nansum(known))) / float(left.sum()) * a_year


def _shift(scenario: Scenario | None, rows: I, periods: I) -> tuple[F, F]:
    """Factor and offset of a scenario; a factor of nothing is held just above it."""
    if scenario is None:
        return np.ones(len(rows)), np.zeros(len(rows))
    factor, offset = scenario.at(rows, periods)
    return np.maximum(factor, 1e-12), offset
