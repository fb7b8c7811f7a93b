"""Judging targets against what was observed (目标完成判定).

Rules, in this order: a plan's own figures never prove its own target; values of another currency,
scope or definition are never held against a target; part of a year decides only where it already
exceeds the line; every sound value of the period must give the same answer; what has to be computed
is marked as inferred; and what cannot be known is called unknown, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from hexi.calendar.period import Period
from hexi.catalogue import Catalogue, Pack
from hexi.catalogue.evidence import Observation, PackTarget, PlanRef, Source
from hexi.catalogue.nouns import SeriesBreak
from hexi.monitoring.verdicts.case import Answer, Case
from hexi.monitoring.verdicts.growth import growth_beside, growth_over, growth_yoy
from hexi.monitoring.verdicts.levels import at_period, over_period
from hexi.monitoring.verdicts.remarks import remark
from hexi.monitoring.verdicts.series import GROWTH_BASES, Ledger, observed_period
from hexi.monitoring.verdicts.verdict import Remark, SeriesPoint, Status, TargetVerdict

__all__ = ["Status", "TargetVerdict", "judge", "judge_pack", "ledger_of"]

_WAYS = {
    "cumulative": over_period,
    "growth_yoy": growth_yoy,
    "growth_annual": growth_over,
    "growth_total": growth_over,
}


def judge(
    targets: Sequence[PackTarget],
    observations: Iterable[Observation],
    *,
    catalogue: Catalogue,
    at: date,
    sources: Iterable[Source] = (),
    breaks: Iterable[SeriesBreak] = (),
    plans: Iterable[PlanRef] = (),
) -> list[TargetVerdict]:
    """One verdict a target, in their order, as known on the day ``at``."""
    ledger = Ledger(
        observations,
        catalogue=catalogue,
        sources=sources,
        breaks=breaks,
        plans=plans,
        until=at,
    )
    return [judge_one(target, ledger, at) for target in targets]


def ledger_of(pack: Pack, at: date) -> Ledger:
    """The observations of a pack, ready for judging on a day."""
    return Ledger(
        pack.observations,
        catalogue=pack.catalogue,
        sources=pack.sources,
        breaks=pack.breaks,
        plans=pack.plans,
        until=at,
    )


def judge_pack(pack: Pack, at: date) -> list[TargetVerdict]:
    """Verdicts on all targets of a pack by its own observations."""
    ledger = ledger_of(pack, at)
    return [judge_one(target, ledger, at) for target in pack.targets]


def judge_one(target: PackTarget, ledger: Ledger, at: date) -> TargetVerdict:
    """The verdict on one target."""
    case = Case(target, ledger, ledger.points(target))
    answer = _dated(case, _answer(case), at)
    growth, more = growth_beside(case, answer)
    used = {seen.id for seen in answer.used}
    series = tuple(replace(point, used=point.observation.id in used) for point in case.points)
    related = ledger.related(target, str(case.year)) if case.period else ()
    warnings = [*answer.warnings, *more, *_warnings(case, answer)]
    if answer.status is Status.UNKNOWN and related and not used:
        warnings.append(remark("members"))
    return TargetVerdict(
        target=target,
        status=answer.status,
        reasons=answer.reasons,
        warnings=tuple({(one.code, one.text): one for one in warnings}.values()),
        inferred=answer.inferred,
        leaning=answer.leaning if answer.status is Status.UNKNOWN else None,
        observed=answer.observed,
        observed_period=answer.observed_period,
        seen=answer.seen,
        arithmetic=answer.arithmetic,
        growth=growth,
        series=series,
        related=related,
        breaks=ledger.changes(target),
    )


def _answer(case: Case) -> Answer:
    """What the evidence says, whatever the day."""
    if not case.points:
        return Answer(Status.UNKNOWN, (remark("nothing_observed"),))
    if case.period is None:
        return Answer(Status.UNKNOWN, (remark("no_deadline"),))
    if all(point.role == "own" for point in case.points):
        return Answer(Status.UNKNOWN, (remark("own_only"),))
    return _WAYS.get(case.target.measure, at_period)(case)


def _dated(case: Case, answer: Answer, at: date) -> Answer:
    """A target that is not due yet is on its way, or has not been seen."""
    if case.period is None or answer.status is Status.MET or not _is_running(case.period, at):
        return answer
    due = remark("not_due", period=case.target.period)
    base = case.ledger.base_year(case.target)
    since = [seen for seen in case.comparable if observed_period(seen).last_year > base]
    if not since:
        return replace(answer, status=Status.UNKNOWN, reasons=(due, *answer.reasons))
    rate = case.target.measure.startswith("growth")
    alike = [seen for seen in since if rate or seen.basis not in GROWTH_BASES]
    latest = (alike or since)[-1]
    far = remark("so_far", value=case.text(latest), period=latest.period)
    return replace(answer, status=Status.ON_THE_WAY, reasons=(due, far), used=(latest,))


def _is_running(period: Period, at: date) -> bool:
    return period.last >= at.year * 12 + at.month - 1


def _warnings(case: Case, answer: Answer) -> list[Remark]:
    """What a reader must know about the values, decided by or set aside."""
    found: list[Remark] = []
    hit = case.ledger.catalogue.hit(case.target.name)
    if hit is not None and hit.near:
        found.append(remark("near_name", name=case.target.name))
    found += _set_aside(case, answer)
    found += _vintages(case, answer)
    for seen in answer.used:
        source = case.ledger.sources.get(seen.source)
        plan = case.ledger.plans.get(case.target.plan)
        if plan and plan.reported_in and source and source.plan == plan.reported_in:
            found.append(remark("own_report"))
    return found


def _set_aside(case: Case, answer: Answer) -> list[Remark]:
    """Why values were set aside: of the target's year, and of any year where nothing decided."""
    base = case.ledger.base_year(case.target)

    def gap(point: SeriesPoint) -> tuple[int, int]:
        seen = point.observation
        return abs(observed_period(seen).last_year - case.year), len(seen.facets)

    aside = [
        point
        for point in case.points
        if point.remarks and observed_period(point.observation).last_year > base
    ]
    if answer.status is not Status.UNKNOWN:
        year = Period.year(case.year)
        aside = [point for point in aside if observed_period(point.observation) == year]
    by_code: dict[str, Remark] = {}
    for point in sorted(aside, key=gap):
        for one in point.remarks:
            by_code.setdefault(one.code, one)
    return list(by_code.values())


def _vintages(case: Case, answer: Answer) -> list[Remark]:
    """Several values for the period decided by, and revisions of the series."""
    found: list[Remark] = []
    if len(answer.used) == 1:
        used = answer.used[0]
        same: list[SeriesPoint] = [
            point
            for point in case.points
            if point.observation.period == used.period
            and point.observation.basis == used.basis
            and point.role in ("evidence", "weak")
        ]
        values = dict.fromkeys(case.text(point.observation) for point in same)
        if len(values) > 1:
            found.append(remark("vintages", count=str(len(values)), values="、".join(values)))
    years = [observed_period(seen).last_year for seen in answer.used]
    for change in case.ledger.changes(case.target):
        if change.kind == "census" and any(year <= int(change.period[:4]) for year in years):
            found.append(remark("revised", note=change.note, note_en=change.note_en))
    return found
