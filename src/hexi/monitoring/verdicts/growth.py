"""Targets of growth (增速目标): as recorded, or from two levels by interval arithmetic."""

from __future__ import annotations

from fractions import Fraction

from hexi.catalogue.evidence import Observation
from hexi.monitoring.verdicts.case import Answer, Case, rate_of
from hexi.monitoring.verdicts.reach import Line, interval_of, percent, shown
from hexi.monitoring.verdicts.remarks import remark
from hexi.monitoring.verdicts.series import is_weak, observed_period
from hexi.monitoring.verdicts.verdict import GrowthCheck, Remark, Status
from hexi.quantities import Interval, units

__all__ = ["growth_beside", "growth_over", "growth_yoy"]

_DIGITS = 6


def growth_yoy(case: Case) -> Answer:
    """Growth over the year before."""
    exact = case.of_year(case.year, ("growth_yoy",))
    return _recorded(case, exact) or _from_levels(case, case.year - 1) or _unknown(case)


def growth_over(case: Case) -> Answer:
    """Mean annual growth, or growth in all, from the base to the last year."""
    basis = "growth_average" if case.target.measure == "growth_annual" else "growth_total"
    exact = [
        seen
        for seen in case.comparable
        if seen.basis == basis and observed_period(seen) == case.period
    ]
    base = case.ledger.base_year(case.target)
    return _recorded(case, exact) or _from_levels(case, base) or _unknown(case)


def _unknown(case: Case) -> Answer:
    return Answer(Status.UNKNOWN, (remark("no_value", period=case.target.period),))


def _recorded(case: Case, exact: list[Observation]) -> Answer | None:
    sound = [seen for seen in exact if not is_weak(seen)]
    if not sound or case.target.measure_unit != "%":
        return None
    best = sound[0]
    answers = {case.line.status(_as_percent(rate_of(seen))) for seen in sound}
    text = f"{best.figure.printed}%"
    if len(answers) > 1:
        values = "、".join(f"{seen.figure.printed}%" for seen in sound)
        return Answer(Status.UNKNOWN, (remark("disagree", values=values),), tuple(sound))
    status = answers.pop()
    code = "reached" if status is Status.MET else "short"
    return Answer(
        status,
        (remark(code, period=best.period, value=text),),
        (best,),
        seen=_as_percent(rate_of(best)),
        observed=text,
        observed_period=best.period,
    )


def _from_levels(case: Case, base_year: int) -> Answer | None:
    """Growth between two sound levels of one vintage and one unit."""
    end, start = case.level(case.year), case.level(base_year)
    if end is None or start is None or end.vintage != start.vintage:
        return None
    if not units.same_dimension(end.measure_unit, start.measure_unit):
        return None
    years = case.year - base_year
    ratio = _whole(end, end.measure_unit) / _whole(start, end.measure_unit)
    wanted, shape = _wanted(case)
    factor = ratio.root(years, _DIGITS) if case.target.measure == "growth_annual" else ratio
    line = Line(wanted, case.target.bound, case.line.direction)
    status = line.status(factor)
    middle = factor.middle if factor.middle is not None else Fraction(0)
    said = percent(middle - 1) if shape == "%" else f"{shown(middle)}倍"
    power = f"^(1/{years})" if case.target.measure == "growth_annual" and years > 1 else ""
    sums = f"({case.text(end)} ÷ {case.text(start)}){power}"
    sums += f" − 1 = {said}" if shape == "%" else f" = {said}"
    code = "reached" if status is Status.MET else "short"
    return Answer(
        status,
        (remark(code, period=case.target.period, value=said),),
        (start, end),
        inferred=True,
        seen=factor,
        observed=said,
        observed_period=case.target.period,
        arithmetic=sums,
        warnings=_nominal(case),
    )


def _wanted(case: Case) -> tuple[Fraction, str]:
    """The factor a growth target asks for; 翻一番 is twice."""
    value = Fraction(case.target.figure.value)
    if case.target.measure_unit == "番":
        return Fraction(2) ** int(value), "×"
    if case.target.measure_unit == "倍":
        return value, "×"
    return 1 + value / 100, "%"


def _whole(seen: Observation, into: str) -> Interval:
    return interval_of(seen.figure, seen.measure_unit, seen.bound, into)


def _as_percent(factor: Interval) -> Interval:
    return (factor - 1) * 100


def _nominal(case: Case) -> tuple[Remark, ...]:
    indicator = case.ledger.indicator(case.target)
    return (remark("nominal"),) if indicator and indicator.growth == "real" else ()


def growth_beside(case: Case, answer: Answer) -> tuple[GrowthCheck | None, tuple[Remark, ...]]:
    """The rate that goes with a level, against the rate from base to observed level."""
    target = case.target
    rate, base, seen = target.growth, target.base, answer.seen
    if rate is None or base is None or seen is None or target.measure not in ("level", "count"):
        return None, ()
    years = case.year - case.ledger.base_year(target)
    start = interval_of(base, target.measure_unit, "eq", target.measure_unit)
    if years < 1 or start.low is None or start.low <= 0 or seen.low is None or seen.low < 0:
        return None, ()
    factor = (seen / start).root(years, _DIGITS)
    line = Line(1 + Fraction(rate.value) / 100, target.growth_bound or "eq", "up")
    if line.bound == "approx":
        line = Line(1 + Fraction(rate.value) * Fraction(95, 10000), "ge", "up")
    middle = factor.middle if factor.middle is not None else Fraction(0)
    power = f"^(1/{years})" if years > 1 else ""
    sums = (
        f"({answer.observed} ÷ {base.printed}{target.measure_unit}){power} − 1 = "
        f"{percent(middle - 1)}"
    )
    check = GrowthCheck(
        rate, target.growth_bound or "eq", _as_percent(factor), line.status(factor), sums
    )
    return check, _nominal(case)
