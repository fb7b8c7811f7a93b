"""Monitored targets as the engine takes them (监测目标换算): goals, observed series and paths."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from hexi.calendar import period as periods
from hexi.catalogue import Pack
from hexi.monitoring.goal import Goal, Unclear, settle
from hexi.monitoring.observed import Observed, observed_for, with_seen_base
from hexi.monitoring.paths import Trajectory, draw
from hexi.monitoring.verdicts import ledger_of
from hexi.monitoring.verdicts.series import Ledger
from hexi.portal.scoreboard.models import Against, MonitoredTarget

__all__ = ["Case", "case_of", "cases_of", "original_of", "whole_targets"]

#: parts of a goal's id: the target and the version it is held against
_GLUE = ":"


@dataclass(frozen=True, slots=True)
class Case:
    """One target against one of its versions, with the series it is measured by."""

    target: MonitoredTarget
    against: str
    goal: Goal | Unclear
    observed: Observed | None = None
    path: Trajectory | None = None

    @property
    def id(self) -> str:
        return self.goal.id


def whole_targets() -> Any:
    """Targets with all that their cases need."""
    return MonitoredTarget.objects.select_related("plan", "unit", "latest").prefetch_related(
        "adjustments"
    )


def cases_of(rows: Iterable[MonitoredTarget], pack: Pack, at: date) -> list[Case]:
    """Current and, where a target was adjusted, original version of every target."""
    ledger = ledger_of(pack, at)
    found: list[Case] = []
    for row in rows:
        found.append(case_of(row, pack, ledger, at))
        if row.version > 1:
            found.append(case_of(row, pack, ledger, at, Against.ORIGINAL))
    return found


def case_of(
    row: MonitoredTarget,
    pack: Pack,
    ledger: Ledger,
    at: date,
    against: str = Against.CURRENT,
) -> Case:
    """One target against one version, with what was observed by that day."""
    goal = _goal(row, pack, against)
    if isinstance(goal, Unclear):
        return Case(row, against, goal)
    observed = observed_for(goal, ledger, at)
    goal = with_seen_base(goal, observed)
    path = draw(goal, row.path_shape, by_hand=row.path or None)
    if isinstance(path, Unclear) and row.path_shape:
        path = draw(goal)  # what was set no longer fits the target; the usual path stands in
    return Case(row, against, goal, observed, None if isinstance(path, Unclear) else path)


def original_of(row: MonitoredTarget) -> dict[str, Any]:
    """The figures as the plan set them: those before the first adjustment."""
    first = min(row.adjustments.all(), key=lambda one: one.number, default=None)
    return first.before if first is not None else row.card()


def _goal(row: MonitoredTarget, pack: Pack, against: str) -> Goal | Unclear:
    said = row.card() if against == Against.CURRENT else original_of(row)
    base_period = str(said["base_period"] or "")
    total = _is_span(base_period)
    plan = row.plan
    span = (plan.first_year, plan.last_year) if plan.first_year and plan.last_year else None
    return settle(
        f"{row.pk}{_GLUE}{against}",
        unit=row.unit.code if row.unit else "",
        indicator=pack.catalogue.indicator(row.indicator_id),
        measure=row.measure or "level",
        value=str(said["value"] or ""),
        measure_unit=row.measure_unit,
        bound=str(said["bound"] or "eq"),
        start=row.start or 0,
        end=int(str(said["end"] or 0)),
        base=str(said["base"] or ""),
        base_total=base_period if total else "",
        nature=row.nature or "expected",
        facets=tuple(row.facets),
        name=row.indicator,
        plan=plan.pack_id,
        span=span,
    )


def _is_span(period: str) -> bool:
    if not period:
        return False
    try:
        return periods.parse(period).kind == "span"
    except ValueError:
        return False
