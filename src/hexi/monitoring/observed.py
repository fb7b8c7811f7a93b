"""The series a goal is measured by (监测序列): what was observed, on one calendar, nothing filled.

Built from the ledger by the rules of the verdicts: the plan's own figures are no evidence, other
scopes and currencies are left out, of several values the first published sound one is taken. A
change of definition ends the series or begins it, on the side that the target was set in; only a
declared rule (衔接系数) carries values across. A year without a value stays empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hexi.calendar import period as periods
from hexi.calendar.period import Period
from hexi.catalogue.evidence import Observation
from hexi.catalogue.nouns import SeriesBreak
from hexi.monitoring.goal import Goal, as_target, with_base
from hexi.monitoring.reasons import because
from hexi.monitoring.verdicts.series import (
    BLOCKING,
    Ledger,
    is_after,
    is_weak,
    observed_period,
    preference,
)
from hexi.monitoring.verdicts.verdict import Remark, SeriesPoint
from hexi.quantities import units

__all__ = ["Break", "Observed", "Partial", "code_of", "observed_for", "period_of", "with_seen_base"]

_BASES: dict[str, tuple[str, ...]] = {
    "share": ("share",),
    "rank": ("rank",),
    "level": ("level", "rank"),
    "count": ("level", "rank"),
    "cumulative": ("level", "rank"),
}


@dataclass(frozen=True, slots=True)
class Break:
    """A change of definition within the series (口径变动)."""

    #: first period under the new definition, as a code
    period: int
    kind: str
    note: str
    note_en: str
    #: declared factor that carries values across; None where nothing does
    factor: float | None = None

    def as_record(self) -> dict[str, Any]:
        """JSON-ready record."""
        return {
            "period": self.period,
            "kind": self.kind,
            "text": self.note,
            "text_en": self.note_en,
            "factor": self.factor,
        }


@dataclass(frozen=True, slots=True)
class Partial:
    """The newest value that covers only part of its year (累计到某月)."""

    period: str
    value: float
    #: the same stretch of the year before, where it was observed
    year_before: float | None
    observation: str

    @property
    def growth(self) -> float | None:
        """Growth on the same stretch of the year before, per cent."""
        if self.year_before is None or self.year_before <= 0:
            return None
        return (self.value / self.year_before - 1) * 100


@dataclass(frozen=True, slots=True, eq=False)
class Observed:
    """Values on consecutive periods; NaN is not reported, zero is zero."""

    goal: str
    unit: str
    indicator: str
    measure_unit: str
    #: 1 yearly, 4 quarterly, 12 monthly
    frequency: int
    #: code of the first period: year × frequency + index
    first: int
    values: NDArray[np.float64]
    #: what was known when: a date, or the name of a revision; empty: newest
    vintage: str = ""
    #: id of the observation behind each value; empty where there is none
    ids: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()
    #: values within the year are totals since its start (本年累计)
    running: bool = False
    #: values are growth on the year before, per cent
    rates: bool = False
    #: recorded as such since the base year: (year, total), for growth (year, index)
    totals: tuple[tuple[int, float], ...] = ()
    partial: Partial | None = None
    cautions: tuple[Remark, ...] = field(default=())

    @classmethod
    def of(
        cls, goal: Goal, values: Mapping[str, float], *, frequency: int = 1, **more: Any
    ) -> Observed:
        """A series from written periods (``2023``, ``2023-Q1``, ``2023-05``) and their values."""
        codes = {code_of(text, frequency): value for text, value in values.items()}
        first, column = _column(codes)
        return cls(
            goal.id, goal.unit, goal.indicator, goal.measure_unit, frequency, first, column, **more
        )

    @property
    def last(self) -> int | None:
        """Code of the last period with a value; None where there is none."""
        known = np.flatnonzero(np.isfinite(self.values))
        return int(self.first + known[-1]) if known.size else None

    @property
    def count(self) -> int:
        """How many values there are."""
        return int(np.isfinite(self.values).sum())

    def at(self, code: int) -> float | None:
        """Value of a period, None where there is none."""
        place = code - self.first
        if not 0 <= place < self.values.size or not np.isfinite(self.values[place]):
            return None
        return float(self.values[place])

    def source(self, code: int) -> str:
        """Id of the observation behind a period's value."""
        place = code - self.first
        return self.ids[place] if 0 <= place < len(self.ids) else ""

    def points(self) -> list[tuple[str, float, str]]:
        """(period, value, observation) of every value there is."""
        return [
            (period_of(self.first + place, self.frequency), float(value), self.ids[place])
            if self.ids
            else (period_of(self.first + place, self.frequency), float(value), "")
            for place, value in enumerate(self.values)
            if np.isfinite(value)
        ]

    def as_record(self) -> dict[str, Any]:
        """JSON-ready record."""
        return {
            "goal": self.goal,
            "unit": self.unit,
            "indicator": self.indicator,
            "measure_unit": self.measure_unit,
            "frequency": self.frequency,
            "running": self.running,
            "rates": self.rates,
            "vintage": self.vintage,
            "points": [
                {"period": period, "value": value, "observation": seen}
                for period, value, seen in self.points()
            ],
            "breaks": [one.as_record() for one in self.breaks],
            "cautions": [
                {"code": one.code, "text": one.text, "text_en": one.text_en}
                for one in self.cautions
            ],
        }


def code_of(text: str, frequency: int) -> int:
    """Code of a written period at a frequency; a period's last month decides."""
    period = periods.parse(text)
    return period.last // (12 // frequency)


def period_of(code: int, frequency: int) -> str:
    """A period's written form: 2023, 2023-Q1, 2023-05."""
    year, index = divmod(code, frequency)
    if frequency == 1:
        return f"{year}"
    return f"{year}-Q{index + 1}" if frequency == 4 else f"{year}-{index + 1:02d}"


def observed_for(
    goal: Goal,
    ledger: Ledger,
    at: date,
    *,
    frequency: int = 1,
    known: Mapping[str, date] | None = None,
    revised: bool = False,
) -> Observed:
    """What the ledger has of a goal, as known on a day.

    ``known``: from which day a revision (vintage tag) was known; one without a day always was.
    ``revised``: the newest revision instead of the value first published, which a target was set
    in the statistics of.
    """
    newest = (known or {}) if revised else None
    ended = at.year * 12 + at.month - 1
    target = as_target(goal)
    comparable = [
        point
        for point in ledger.points(target)
        if observed_period(point.observation).last < ended
        and (known or {}).get(point.observation.vintage, at) <= at
        and point.role != "own"
    ]
    changes = [change for change in ledger.changes(target) if change.kind in BLOCKING]
    points, breaks, cautions = _across(goal, comparable, changes)
    if goal.is_growth:
        return _growth(goal, points, frequency, breaks, cautions, at, newest)
    bases = _BASES[goal.measure]
    return _series(goal, points, frequency, bases, breaks, cautions, at, newest)


def with_seen_base(goal: Goal, observed: Observed) -> Goal:
    """The goal with the base year's observed value where the plan states none (基期实绩)."""
    if goal.base is not None or goal.is_growth or goal.measure == "cumulative":
        return goal
    if observed.rates:
        return goal
    value = observed.at((goal.start + 1) * observed.frequency - 1)
    if value is None:
        return goal
    said = because("base_observed", period=str(goal.start), value=f"{value:g}{goal.measure_unit}")
    return with_base(goal, value, said)


def _across(
    goal: Goal, points: Iterable[SeriesPoint], changes: Iterable[SeriesBreak]
) -> tuple[list[tuple[Observation, Fraction]], tuple[Break, ...], list[Remark]]:
    """Values on the target's side of every change, or carried there by a declared factor."""
    blocking = list(changes)
    kept: list[tuple[Observation, Fraction]] = []
    crossed: dict[str, bool] = {}
    for point in points:
        if any(one.code != "break" for one in point.remarks):
            continue
        seen, factor = point.observation, Fraction(1)
        year = observed_period(seen).last_year
        for change in blocking:
            turn = int(change.period[:4])
            after = is_after(change, seen.definition, year >= turn)
            aimed = goal.start >= turn
            if after == aimed:
                continue
            crossed[change.id] = crossed.get(change.id, False) or aimed
            if not change.link:
                factor = Fraction(0)
                break
            link = Fraction(Decimal(change.link))
            factor = factor * link if aimed else factor / link
        if factor:
            kept.append((seen, factor))
    breaks: list[Break] = []
    cautions: list[Remark] = []
    for change in blocking:
        link_ = float(change.link) if change.link else None
        if change.id not in crossed:
            continue
        code = int(change.period[:4])
        breaks.append(Break(code, change.kind, change.note, change.note_en, link_))
        words = {"note": change.note, "note_en": change.note_en}
        if link_ is not None:
            cautions.append(because("bridged", factor=change.link, **words))
        else:
            cautions.append(because("cut" if crossed[change.id] else "blocked", **words))
    return kept, tuple(breaks), cautions


def _series(
    goal: Goal,
    points: list[tuple[Observation, Fraction]],
    frequency: int,
    bases: tuple[str, ...],
    breaks: tuple[Break, ...],
    cautions: list[Remark],
    at: date,
    newest: Mapping[str, date] | None,
    *,
    rates: bool = False,
) -> Observed:
    """The best value of every period."""
    running = frequency > 1 and goal.time_agg == "sum" and not rates
    by_code: dict[int, list[tuple[Observation, Fraction]]] = {}
    for seen, factor in points:
        allowed = (*bases, "cumulative") if running else bases
        if seen.basis in allowed and _fits(observed_period(seen), frequency, running):
            code = observed_period(seen).last // (12 // frequency)
            by_code.setdefault(code, []).append((seen, factor))
    values: dict[int, float] = {}
    ids: dict[int, str] = {}
    for code, found in by_code.items():
        best, factor = min(found, key=lambda one: _order(one[0], newest))
        values[code] = _value(best, goal, rates) * float(factor)
        ids[code] = best.id
        said = period_of(code, frequency)
        if is_weak(best):
            cautions.append(because("estimate", period=said))
        printed = dict.fromkeys(f"{one.figure.printed}{one.measure_unit}" for one, _ in found)
        if len(printed) > 1:
            cautions.append(
                because("restated", period=said, count=str(len(printed)), values="、".join(printed))
            )
    start = (goal.start + 1) * frequency - 1
    if goal.base is not None and goal.measure != "cumulative" and start not in values and values:
        values[start] = goal.base
        cautions.append(because("base_planned", period=str(goal.start)))
    first, column = _column(values)
    names = tuple(ids.get(first + place, "") for place in range(column.size))
    partial = None if rates or frequency > 1 else _partial(goal, points, at)
    cautions = [*cautions, *_gaps(goal, values, frequency)]
    if partial is not None:
        said = f"{partial.value:g}{goal.measure_unit}"
        cautions.append(because("part_of_year", period=partial.period, value=said))
    return Observed(
        goal.id,
        goal.unit,
        goal.indicator,
        "%" if rates else goal.measure_unit,
        frequency,
        first,
        column,
        vintage=at.isoformat(),
        ids=names,
        breaks=breaks,
        running=running,
        rates=rates,
        totals=_totals(goal, points) if goal.measure == "cumulative" else (),
        partial=partial,
        cautions=tuple(dict.fromkeys(cautions)),
    )


def _growth(
    goal: Goal,
    points: list[tuple[Observation, Fraction]],
    frequency: int,
    breaks: tuple[Break, ...],
    cautions: list[Remark],
    at: date,
    newest: Mapping[str, date] | None,
) -> Observed:
    """Recorded rates, or levels where they reach further and prices do not forbid it.

    Rates at comparable prices are never mixed with nominal levels in one series.
    """
    said = list(cautions)
    rates = _series(goal, points, frequency, ("growth_yoy",), breaks, said, at, newest, rates=True)
    levels = _series(goal, points, frequency, ("level",), breaks, list(cautions), at, newest)
    since = (goal.start + 1) * frequency
    by_rates = int(np.isfinite(rates.values[max(0, since - rates.first) :]).sum())
    rates = replace(rates, totals=_grown(goal, points))
    reach = levels.last is not None and levels.last >= since
    based = levels.at(since - 1) is not None
    covering = rates.last is not None and by_rates == rates.last - since + 1
    if by_rates and (covering or goal.growth == "real" or not (reach and based)):
        return rates
    if levels.count >= 2 and goal.growth == "real":
        return replace(levels, cautions=(*levels.cautions, because("nominal")))
    return levels if levels.count >= 2 else rates


def _order(
    seen: Observation, newest: Mapping[str, date] | None
) -> tuple[bool, int, tuple[int, int, str]]:
    """Sound before weak; as first published, or the newest revision where that is asked for."""
    age = 0 if newest is None else -newest.get(seen.vintage, date.min).toordinal()
    return is_weak(seen), age, preference(seen)


def _fits(period: Period, frequency: int, running: bool) -> bool:
    """Whether a value's period is one of the series."""
    if frequency == 1:
        return period.kind == "year"
    if running:
        return period.first % 12 == 0 and period.months <= 12 and _ends(period, frequency)
    whole = 12 // frequency
    return period.months in (whole, 12) and _ends(period, frequency)


def _ends(period: Period, frequency: int) -> bool:
    return (period.last + 1) % (12 // frequency) == 0


def _value(seen: Observation, goal: Goal, rates: bool) -> float:
    value = Fraction(seen.figure.value)
    into = "%" if rates or goal.is_growth else goal.measure_unit
    if goal.is_growth and not rates:
        return float(value)
    if seen.measure_unit != into and units.same_dimension(seen.measure_unit, into):
        value = units.convert(value, seen.measure_unit, into)
    return float(value)


def _totals(
    goal: Goal, points: Iterable[tuple[Observation, Fraction]]
) -> tuple[tuple[int, float], ...]:
    """Totals since the base year that were recorded as such."""
    found: dict[int, float] = {}
    for seen, factor in points:
        when = observed_period(seen)
        since = when.first == (goal.start + 1) * 12 and (when.last + 1) % 12 == 0
        if seen.basis == "cumulative" and since and not is_weak(seen):
            found.setdefault(when.last_year, _value(seen, goal, False) * float(factor))
    return tuple(sorted(found.items()))


def _grown(
    goal: Goal, points: Iterable[tuple[Observation, Fraction]]
) -> tuple[tuple[int, float], ...]:
    """Index (base year 100) by year, from growth since the base that was recorded as such."""
    found: dict[int, float] = {}
    for seen, _factor in points:
        when = observed_period(seen)
        since = when.first_year == goal.start + 1 and when.kind in ("year", "span")
        if not since or is_weak(seen):
            continue
        rate = float(seen.figure.value)
        if seen.basis == "growth_average":
            found.setdefault(when.last_year, float(100 * (1 + rate / 100) ** when.years))
        elif seen.basis == "growth_total":
            found.setdefault(when.last_year, 100 + rate)
    return tuple(sorted(found.items()))


def _partial(
    goal: Goal, points: Iterable[tuple[Observation, Fraction]], at: date
) -> Partial | None:
    """The newest value of part of a year that no whole-year value has overtaken."""
    if goal.is_growth or goal.time_agg != "sum":
        return None
    parts = [
        (observed_period(seen), seen, factor)
        for seen, factor in points
        if seen.basis in ("level", "cumulative") and observed_period(seen).first % 12 == 0
    ]
    stretches = [one for one in parts if one[0].months < 12]
    whole = max((when.last_year for when, _, _ in parts if when.months == 12), default=0)
    if not stretches:
        return None
    when, seen, factor = max(stretches, key=lambda one: (one[0].last, one[1].id))
    if when.last_year <= whole or when.last_year < at.year - 1:
        return None
    before = [
        _value(other, goal, False) * float(scale)
        for stretch, other, scale in stretches
        if stretch.last == when.last - 12
    ]
    value = _value(seen, goal, False) * float(factor)
    return Partial(str(when), value, before[0] if before else None, seen.id)


def _gaps(goal: Goal, values: Mapping[int, float], frequency: int) -> list[Remark]:
    """Years between base and newest value that have none."""
    if not values:
        return [because("no_series")]
    years = {code // frequency for code in values}
    last = min(max(years), goal.end)
    missing = [str(year) for year in range(goal.start + 1, last + 1) if year not in years]
    found = [because("years_missing", years="、".join(missing))] if missing else []
    if max(years) <= goal.start:
        found.append(because("not_since"))
    return found


def _column(values: Mapping[int, float]) -> tuple[int, NDArray[np.float64]]:
    """Codes and values as a column without holes in its calendar."""
    if not values:
        return 0, np.empty(0)
    first, last = min(values), max(values)
    column = np.full(last - first + 1, np.nan)
    for code, value in values.items():
        column[code - first] = value
    return first, column
