"""Targets of any plan against the pack's observations (上传规划的目标判定).

A plan that somebody uploads speaks of units and indicators in its own words. Where the catalogue
knows both, its targets are judged by the same rules as the pack's own; where it does not, the
verdict says so. A document that is one of the pack's plans is known by its title, so that its own
figures are not taken for evidence.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hexi.calendar import period as periods
from hexi.catalogue import Catalogue, Pack
from hexi.catalogue.evidence import Figure, Observation, PackTarget, PlanRef
from hexi.catalogue.lookup import name_key
from hexi.monitoring.verdicts.judging import judge_one, ledger_of
from hexi.monitoring.verdicts.remarks import remark
from hexi.monitoring.verdicts.series import Ledger
from hexi.monitoring.verdicts.verdict import Status, TargetVerdict
from hexi.plans.register.plan import Amount, Plan, Target
from hexi.quantities import units

__all__ = ["judge_plan", "known_plan", "observed_for", "target_of"]

#: words that say the figure is of everything, not of a part
_WHOLE = ("总数", "总量", "合计", "全部")


def observed_for(
    unit: str, indicator: str, pack: Pack, at: date | None = None
) -> tuple[Observation, ...]:
    """Observed values for a unit and an indicator, given by name or id."""
    catalogue = pack.catalogue
    known_unit = catalogue.unit(unit) or catalogue.find_unit(unit)
    known = catalogue.indicator(indicator) or catalogue.find_indicator(indicator, near=False)
    if known_unit is None or known is None:
        return ()
    ledger = Ledger(pack.observations, catalogue=catalogue, until=at)
    return ledger.observed(known_unit.id, known.id)


def known_plan(title: str, pack: Pack) -> PlanRef | None:
    """The pack's plan of that title."""
    key = name_key(title)
    for plan in pack.plans:
        if plan.status != "reported" and name_key(plan.title) == key:
            return plan
    return None


def _plan_before(known: PlanRef | None, pack: Pack) -> str:
    """The plan whose targets this one looks back on: its report of them is evidence."""
    reported = (plan.id for plan in pack.plans if known and plan.reported_in == known.id)
    return next(reported, "")


def judge_plan(plan: Plan, pack: Pack, at: date) -> list[TargetVerdict]:
    """One verdict for each target of a registered plan, in its order."""
    known = known_plan(plan.title, pack)
    name = known.id if known else plan.digest or plan.doc
    before = _plan_before(known, pack) or f"{name}.before"
    ledger = ledger_of(pack, at)
    verdicts = []
    for number, target in enumerate(plan.targets):
        typed = target_of(target, pack.catalogue, before if target.past else name, number)
        if typed.unit and typed.indicator:
            verdicts.append(judge_one(typed, ledger, at))
        else:
            verdicts.append(TargetVerdict(typed, Status.UNKNOWN, (remark("unrecognised"),)))
    return verdicts


def target_of(target: Target, catalogue: Catalogue, plan: str, number: int) -> PackTarget:
    """A registered target in the terms of the catalogue; unit or indicator empty if unknown."""
    unit = catalogue.unit(target.subject_id) or catalogue.find_unit(target.subject)
    indicator = catalogue.indicator(target.indicator_id) or catalogue.find_indicator(
        target.indicator
    )
    main, measure = _main(target)
    base = target.base if target.base and main and _alike(target.base, main) else None
    growth = target.annual_growth if target.annual_growth is not main else None
    return PackTarget(
        id=f"{plan}.{number}",
        plan=plan,
        unit=unit.id if unit else "",
        indicator=indicator.id if indicator else "",
        name=target.indicator,
        facets=tuple(facet for facet in target.facets if facet not in _WHOLE),
        measure=measure,
        figure=_figure(main) if main else Figure(Decimal(0), "0"),
        measure_unit=main.unit if main else "",
        bound=main.bound if main else target.bound,
        period=_period(main, target.due),
        base=_figure(base) if base else None,
        base_period=_period(base, None) if base else "",
        growth=_figure(growth) if growth else None,
        growth_bound=growth.bound if growth else "",
        nature=target.nature or "expected",
        place="",
        row="",
        note="",
    )


def _main(target: Target) -> tuple[Amount | None, str]:
    """The figure a target is judged by: its aim, else its total, else its rate."""
    if target.target is not None:
        return target.target, target.measure
    if target.cumulative is not None:
        return target.cumulative, "cumulative"
    if target.annual_growth is not None:
        return target.annual_growth, "growth_annual"
    return target.total_growth, "growth_total"


def _alike(base: Amount, main: Amount) -> bool:
    return units.same_dimension(base.unit, main.unit)


def _figure(amount: Amount) -> Figure:
    """Value and digits; a figure printed in words or with a lost point keeps its value's digits."""
    plain = f"{amount.value.normalize():f}"
    try:
        printed = amount.printed if Decimal(amount.printed) == amount.value else plain
    except ArithmeticError:
        printed = plain
    return Figure(amount.value, printed)


def _period(amount: Amount | None, due: int | None) -> str:
    text = amount.period if amount and amount.period else ""
    if not text:
        return str(due) if due else ""
    try:
        periods.parse(text)
    except ValueError:
        return str(due) if due else ""
    return text
