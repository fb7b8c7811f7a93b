"""Gathering a goal's series from the ledger (取数): what was observed, as known on a day.

By the rules of the verdicts: the plan's own figures are no evidence, other scopes and currencies
are left out, of several values the first published sound one is taken. A year without a value
stays empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np

from hexi.calendar.period import Period
from hexi.catalogue.evidence import Observation
from hexi.monitoring.goal import Goal, as_target, with_base
from hexi.monitoring.observed.across import Scaled, across
from hexi.monitoring.observed.series import Break, Observed, Partial, column_of, period_of
from hexi.monitoring.reasons import because
from hexi.monitoring.verdicts.series import (
    BLOCKING,
    Ledger,
    is_weak,
    observed_period,
    preference,
)
from hexi.monitoring.verdicts.verdict import Remark
from hexi.quantities import units

__all__ = ["measured_by", "observed_for", "with_seen_base"]

_BASES: dict[str, tuple[str, ...]] = {
    "share": ("share",),
    "rank": ("rank",),
    "level": ("level", "rank"),
    "count": ("level", "rank"),
    "cumulative": ("level", "rank"),
}


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
    points, breaks, cautions = across(goal, comparable, changes)
    if goal.is_growth:
        return _growth(goal, points, frequency, breaks, cautions, at, newest)
    bases = _BASES[goal.measure]
    return _series(goal, points, frequency, bases, breaks, cautions, at, newest)


def measured_by(
    goal: Goal, ledger: Ledger, at: date, *, known: Mapping[str, date] | None = None
) -> Observed:
    """The series that says most of a goal on a day: by years, or by months or quarters.

    While the goal runs, months (or quarters) are taken where they reach beyond the last whole year
    and the same month of the year before is there to hold them against; a whole year stands in
    them as its last month. What is over is told by its years.
    """
    yearly = observed_for(goal, ledger, at, known=known)
    if at.year > goal.end or goal.measure == "rank":
        return yearly
    for frequency in (12, 4):
        finer = observed_for(goal, ledger, at, frequency=frequency, known=known)
        if finer.last is None or finer.at(finer.last - frequency) is None:
            continue
        if yearly.last is None or _end_month(finer) > _end_month(yearly):
            return finer
    return yearly


def _end_month(observed: Observed) -> int:
    """The last month that the series knows, counted from the year nought."""
    assert observed.last is not None
    return (observed.last + 1) * (12 // observed.frequency) - 1


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


def _series(
    goal: Goal,
    points: list[Scaled],
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
    values, ids, said = _best(goal, points, frequency, bases, newest, rates, running)
    cautions += said
    start = (goal.start + 1) * frequency - 1
    if goal.base is not None and goal.measure != "cumulative" and start not in values and values:
        values[start] = goal.base
        cautions.append(because("base_planned", period=str(goal.start)))
    first, column = column_of(values)
    partial = None if rates or frequency > 1 else _partial(goal, points, at)
    cautions += _gaps(goal, values, frequency)
    if partial is not None:
        part = f"{partial.value:g}{goal.measure_unit}"
        cautions.append(because("part_of_year", period=partial.period, value=part))
    return Observed(
        goal.id,
        goal.unit,
        goal.indicator,
        "%" if rates else goal.measure_unit,
        frequency,
        first,
        column,
        vintage=at.isoformat(),
        ids=tuple(ids.get(first + place, "") for place in range(column.size)),
        breaks=breaks,
        running=running,
        rates=rates,
        totals=_totals(goal, points) if goal.measure == "cumulative" else (),
        partial=partial,
        cautions=tuple(dict.fromkeys(cautions)),
    )


def _best(
    goal: Goal,
    points: Iterable[Scaled],
    frequency: int,
    bases: tuple[str, ...],
    newest: Mapping[str, date] | None,
    rates: bool,
    running: bool,
) -> tuple[dict[int, float], dict[int, str], list[Remark]]:
    """Value and observation of every period that has one, and what must be said of them."""
    by_code: dict[int, list[Scaled]] = {}
    for seen, factor in points:
        allowed = (*bases, "cumulative") if running else bases
        if seen.basis in allowed and _fits(observed_period(seen), frequency, running):
            code = observed_period(seen).last // (12 // frequency)
            by_code.setdefault(code, []).append((seen, factor))
    values: dict[int, float] = {}
    ids: dict[int, str] = {}
    cautions: list[Remark] = []
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
    return values, ids, cautions


def _growth(
    goal: Goal,
    points: list[Scaled],
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


def _totals(goal: Goal, points: Iterable[Scaled]) -> tuple[tuple[int, float], ...]:
    """Totals since the base year that were recorded as such."""
    found: dict[int, float] = {}
    for seen, factor in points:
        when = observed_period(seen)
        since = when.first == (goal.start + 1) * 12 and (when.last + 1) % 12 == 0
        if seen.basis == "cumulative" and since and not is_weak(seen):
            found.setdefault(when.last_year, _value(seen, goal, False) * float(factor))
    return tuple(sorted(found.items()))


def _grown(goal: Goal, points: Iterable[Scaled]) -> tuple[tuple[int, float], ...]:
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


def _partial(goal: Goal, points: Iterable[Scaled], at: date) -> Partial | None:
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
