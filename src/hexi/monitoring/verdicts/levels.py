"""Targets of a year's level, count, share or place (水平目标) and of totals over years (累计)."""

from __future__ import annotations

from fractions import Fraction

from hexi.calendar.period import Period
from hexi.catalogue.evidence import Observation
from hexi.monitoring.verdicts.case import Answer, Case, rate_of
from hexi.monitoring.verdicts.reach import interval_of, shown
from hexi.monitoring.verdicts.remarks import period_in_chinese, remark
from hexi.monitoring.verdicts.series import is_weak, observed_period
from hexi.monitoring.verdicts.verdict import Remark, Status
from hexi.quantities import Interval, point

__all__ = ["at_period", "over_period"]

_BASES = {"share": ("share",), "rank": ("rank",)}
_STEADY = ("stock", "ratio", "count", "index", "rank")


def at_period(case: Case) -> Answer:
    """A value of one year against the line."""
    bases = _BASES.get(case.target.measure, ("level", "rank"))
    exact = case.of_year(case.year, bases)
    sound = [seen for seen in exact if not is_weak(seen)]
    if sound:
        return decided(case, sound)
    return (
        _already(case)
        or _computed(case)
        or Answer(
            Status.UNKNOWN,
            (remark("no_value", period=case.target.period), *_lean(case, exact, bases)[1]),
            leaning=_lean(case, exact, bases)[0],
        )
    )


def decided(case: Case, sound: list[Observation]) -> Answer:
    """Every sound value of the period must say the same; the preferred one is named."""
    answers = {case.line.status(case.value(seen)) for seen in sound}
    best = sound[0]
    seen, text = case.value(best), case.text(best)
    if len(answers) > 1:
        values = "、".join(case.text(one) for one in sound)
        return Answer(Status.UNKNOWN, (remark("disagree", values=values),), tuple(sound))
    status = answers.pop()
    if status is Status.UNKNOWN:
        return Answer(status, (remark("no_direction"),), (best,), seen=seen, observed=text)
    reason = remark("reached" if status is Status.MET else "short", period=best.period, value=text)
    warnings: tuple[Remark, ...] = ()
    if case.line.within_rounding(seen):
        warnings = (remark("rounding"),)
    return Answer(
        status,
        (reason,),
        (best,),
        seen=seen,
        observed=text,
        observed_period=best.period,
        arithmetic=case.share_of_target(seen, text),
        warnings=warnings,
    )


def _already(case: Case) -> Answer | None:
    """Part of the year that already exceeds the whole year's line; never the other way round."""
    indicator = case.ledger.indicator(case.target)
    if not indicator or indicator.kind != "flow" or indicator.agg != "sum":
        return None
    if not case.line.upward or case.target.measure not in ("level", "count"):
        return None
    year = Period.year(case.year)
    for seen in case.comparable:
        part = observed_period(seen)
        inside = year.contains(part) and part != year
        if not inside or seen.basis not in ("level", "cumulative") or is_weak(seen):
            continue
        if case.line.status(case.value(seen)) is Status.MET:
            return _exceeding(case, case.value(seen), (seen,), case.text(seen), seen.period)
    return None


def _exceeding(
    case: Case, total: Interval, used: tuple[Observation, ...], text: str, period: str
) -> Answer:
    return Answer(
        Status.MET,
        (remark("already", period=period, value=text),),
        used,
        seen=total,
        observed=text,
        observed_period=period,
        arithmetic=case.share_of_target(total, text),
    )


def _computed(case: Case) -> Answer | None:
    """The year's level from a neighbouring level and the rate between, both of one source."""
    indicator = case.ledger.indicator(case.target)
    if case.target.measure != "level" or not indicator or indicator.growth == "real":
        return None
    year = case.year
    for level in (*case.of_year(year + 1, ("level",)), *case.of_year(year - 1, ("level",))):
        later = max(year, observed_period(level).last_year)
        for rate in case.of_year(later, ("growth_yoy",)):
            if rate.source != level.source or is_weak(level) or is_weak(rate):
                continue
            known, factor = case.value(level), rate_of(rate)
            seen = known / factor if later > year else known * factor
            sign = "÷" if later > year else "×"
            if known.middle is None or not factor.middle:
                continue
            exact = known.middle / factor.middle if later > year else known.middle * factor.middle
            middle = shown(exact)
            sum_ = f"{case.text(level)} {sign} (1+{rate.figure.printed}%) = {middle}"
            status = case.line.status(seen)
            return Answer(
                status,
                (remark("computed", period=rate.period, value=sum_),),
                (level, rate),
                inferred=True,
                seen=seen,
                observed=f"约{middle}{case.target.measure_unit}",
                observed_period=str(year),
                arithmetic=f"{sum_}{case.target.measure_unit}",
            )
    return None


def _lean(
    case: Case, exact: list[Observation], bases: tuple[str, ...]
) -> tuple[Status | None, tuple[Remark, ...]]:
    """Which way the evidence points where it does not decide."""
    if exact:
        best = exact[0]
        status = case.line.status(case.value(best))
        said = remark("weak_value", period=best.period, value=case.text(best))
        return (None if status is Status.UNKNOWN else status), (said,)
    return _bracket(case, bases) or _mean_rate(case) or (None, ())


def _bracket(case: Case, bases: tuple[str, ...]) -> tuple[Status, tuple[Remark, ...]] | None:
    """Values shortly before and after on the same side of the line."""
    indicator = case.ledger.indicator(case.target)
    steady = bool(indicator and indicator.kind in _STEADY)
    base = case.ledger.base_year(case.target)
    sides: dict[int, list[Observation]] = {-1: [], 1: []}
    for seen in case.comparable:
        when = observed_period(seen)
        gap = when.last_year - case.year
        if seen.basis not in bases or is_weak(seen) or not 1 <= abs(gap) <= 2:
            continue
        if when.last_year > base and (steady or when.kind == "year"):
            sides[1 if gap > 0 else -1].append(seen)
    answers = {case.line.status(case.value(seen)) for side in sides.values() for seen in side}
    if not sides[-1] or not sides[1] or len(answers) != 1 or Status.UNKNOWN in answers:
        return None
    seen_around = (*sides[-1], *sides[1])
    values = ", ".join(f"{seen.period}: {case.text(seen)}" for seen in seen_around)
    chinese = "、".join(
        f"{period_in_chinese(seen.period)}{case.text(seen)}" for seen in seen_around
    )
    return answers.pop(), (remark("bracket", values=chinese, values_en=values),)


def _mean_rate(case: Case) -> tuple[Status, tuple[Remark, ...]] | None:
    """The base carried on at the mean rate that was observed since."""
    base = case.target.base
    if case.target.measure != "level" or base is None or case.period is None:
        return None
    since = case.ledger.base_year(case.target)
    for seen in case.comparable:
        when = observed_period(seen)
        if seen.basis != "growth_average" or when.first_year != since + 1:
            continue
        start = interval_of(base, case.target.measure_unit, "eq", case.target.measure_unit)
        carried = start * rate_of(seen) ** (case.year - since)
        status = case.line.status(carried)
        if status is not Status.UNKNOWN:
            value = f"{seen.figure.printed}%"
            return status, (remark("mean_rate", period=seen.period, value=value),)
    return None


def over_period(case: Case) -> Answer:
    """A total over years: as recorded, or summed from its years."""
    exact = [
        seen
        for seen in case.comparable
        if seen.basis == "cumulative" and observed_period(seen) == case.period
    ]
    sound = [seen for seen in exact if not is_weak(seen)]
    if sound:
        return decided(case, sound)
    parts, missing = _parts(case)
    warnings = tuple(
        remark("inception", value=case.text(seen))
        for seen in case.comparable
        if seen.basis == "to_date"
    )
    if not parts:
        nothing = remark("no_value", period=case.target.period)
        return Answer(Status.UNKNOWN, (nothing,), warnings=warnings)
    total = sum((case.value(seen) for seen in parts), start=point(0))
    return _totalled(case, parts, missing, total, warnings)


def _totalled(
    case: Case,
    parts: tuple[Observation, ...],
    missing: tuple[int, ...],
    total: Interval,
    warnings: tuple[Remark, ...],
) -> Answer:
    middle = total.middle if total.middle is not None else total.low
    text = f"{shown(middle if middle is not None else Fraction(0))}{case.target.measure_unit}"
    said = "、".join(seen.period for seen in parts)
    if not missing:
        status = case.line.status(total)
        code = "reached" if status is Status.MET else "short"
        reason = remark(code, period=case.target.period, value=text)
        sums = case.share_of_target(total, text)
        return Answer(
            status, (reason,), parts, True, None, total, text, case.target.period, sums, warnings
        )
    if case.line.upward and case.line.status(total) is Status.MET:
        answer = _exceeding(case, total, parts, text, said)
        indicator = case.ledger.indicator(case.target)
        if indicator and indicator.agg == "sum":
            return answer
        gaps = "、".join(str(year) for year in missing)
        return Answer(
            Status.MET,
            answer.reasons,
            parts,
            inferred=True,
            seen=total,
            observed=text,
            observed_period=said,
            arithmetic=answer.arithmetic,
            warnings=(*warnings, remark("years_missing", years=gaps)),
        )
    partial = remark("partial", period=said, value=text)
    return Answer(
        Status.UNKNOWN,
        (remark("no_value", period=case.target.period),),
        parts,
        observed=text,
        observed_period=said,
        arithmetic=case.share_of_target(total, text),
        warnings=(*warnings, partial),
    )


def _parts(case: Case) -> tuple[tuple[Observation, ...], tuple[int, ...]]:
    """Values that together cover as much of the period as is known, none counted twice."""
    assert case.period is not None
    taken: list[Observation] = []
    covered: list[Period] = []
    whole: set[int] = set()
    inside = [
        seen
        for seen in case.comparable
        if seen.basis in ("level", "cumulative", "rank")
        and not is_weak(seen)
        and case.period.contains(observed_period(seen))
    ]
    for seen in sorted(inside, key=lambda one: (-observed_period(one).months, one.id)):
        when = observed_period(seen)
        if any(when.overlaps(other) for other in covered):
            continue
        taken.append(seen)
        covered.append(when)
        if when.kind in ("year", "span"):
            whole.update(range(when.first_year, when.last_year + 1))
    years = range(case.period.first_year, case.period.last_year + 1)
    missing = tuple(year for year in years if year not in whole)
    return tuple(sorted(taken, key=lambda one: observed_period(one))), missing
