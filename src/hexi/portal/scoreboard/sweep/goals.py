"""Monitored targets as the engine takes them (监测目标换算): goals, observed series and paths.

A change never reaches back: on a day before an adjustment the target is the one of that day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from hexi.calendar import period as periods
from hexi.catalogue import Pack
from hexi.catalogue.evidence import Figure, PackTarget
from hexi.catalogue.nouns import Membership
from hexi.monitoring.goal import Goal, Unclear, settle, unit_changes
from hexi.monitoring.lamps import Rules, load_rules
from hexi.monitoring.observed import Observed, measured_by, with_seen_base
from hexi.monitoring.paths import Trajectory, draw
from hexi.monitoring.verdicts import Remark, TargetVerdict, judge_one
from hexi.monitoring.verdicts.series import Ledger
from hexi.portal.plans.queries.pack import current_pack
from hexi.portal.scoreboard.models import Adjustment, Against, MonitoredTarget
from hexi.portal.scoreboard.sweep.released import released_observations, sources_of_releases

__all__ = ["Case", "Cases", "goal_of_row", "whole_targets"]

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
    #: what else must be said of it
    more: tuple[Remark, ...] = ()
    #: of a target whose time is over
    verdict: TargetVerdict | None = None

    @property
    def id(self) -> str:
        return self.goal.id


def whole_targets() -> Any:
    """Targets with all that their cases need."""
    rows = MonitoredTarget.objects.select_related("plan", "unit", "latest")
    return rows.prefetch_related("adjustments")


def goal_of_row(row: MonitoredTarget) -> Goal | Unclear:
    """The goal in numbers of a target as it holds today, or the words for why there is none."""
    return _goal(row, current_pack(), row.card(), Against.CURRENT)


class Cases:
    """Makes cases as of one day; the ledger of observed values is laid out once."""

    def __init__(self, at: date) -> None:
        self.at = at
        self.pack: Pack = current_pack()
        self.rules: Rules = load_rules(settings.HEXI.pack)
        self._ledger = Ledger(
            [*self.pack.observations, *released_observations(at)],
            catalogue=self.pack.catalogue,
            sources=[*self.pack.sources, *sources_of_releases(at)],
            breaks=self.pack.breaks,
            plans=self.pack.plans,
            until=at,
        )
        self._memberships: dict[str, list[Membership]] = defaultdict(list)
        for membership in self.pack.catalogue.memberships:
            self._memberships[membership.unit].append(membership)
            self._memberships[membership.parent].append(membership)

    def of(self, rows: Iterable[MonitoredTarget]) -> list[Case]:
        """Current and, where a target was adjusted by then, original version of every target."""
        found: list[Case] = []
        for row in rows:
            found.append(self.one(row))
            if self._changed(row):
                found.append(self.one(row, Against.ORIGINAL))
        return found

    def one(self, row: MonitoredTarget, against: str = Against.CURRENT) -> Case:
        """One target against one version, with what was observed by that day."""
        goal = _goal(row, self.pack, self._card(row, against), against)
        if isinstance(goal, Unclear):
            return Case(row, against, goal)
        observed = measured_by(goal, self._ledger, self.at, known=self.rules.known)
        goal = with_seen_base(goal, observed)
        path = draw(goal, row.path_shape, by_hand=row.path or None)
        if isinstance(path, Unclear) and row.path_shape:
            path = draw(goal)  # what was set no longer fits the target: the usual path stands in
        return Case(
            row,
            against,
            goal,
            observed,
            None if isinstance(path, Unclear) else path,
            unit_changes(goal, self._memberships.get(goal.unit, ())),
            self._verdict(row, against) if self.at.year > goal.end else None,
        )

    def _verdict(self, row: MonitoredTarget, against: str) -> TargetVerdict | None:
        """What is said of the target now that its time is over, by the rules for every target."""
        card = self._card(row, against)
        if not row.unit or not row.indicator_id or not card["value"]:
            return None
        return judge_one(_as_target(row, card), self._ledger, self.at)

    def _card(self, row: MonitoredTarget, against: str) -> Mapping[str, Any]:
        """The figures of a version; of several adjustments those before the day count."""
        changes = _adjustments(row)
        if against == Against.ORIGINAL and changes:
            before: Mapping[str, Any] = changes[0].before
            return before
        later = [one for one in changes if not self._by_then(one)]
        return later[0].before if later else row.card()

    def _changed(self, row: MonitoredTarget) -> bool:
        return any(self._by_then(one) for one in _adjustments(row))

    def _by_then(self, one: Adjustment) -> bool:
        return timezone.localtime(one.at).date() <= self.at


def _as_target(row: MonitoredTarget, card: Mapping[str, Any]) -> PackTarget:
    """A monitored target in the terms in which targets are judged."""
    base = str(card["base"] or "")
    return PackTarget(
        id=row.key,
        plan=row.plan.pack_id,
        unit=row.unit.code if row.unit else "",
        indicator=row.indicator_id,
        name=row.indicator,
        facets=tuple(row.facets),
        measure=row.measure or "level",
        figure=_figure(str(card["value"])),
        measure_unit=row.measure_unit,
        bound=str(card["bound"] or "eq"),
        period=str(card.get("period") or row.period),
        base=_figure(base) if base else None,
        base_period=str(card["base_period"] or ""),
        growth=None,
        growth_bound="",
        nature=row.nature or "expected",
        place=row.place,
        row="",
        note="",
    )


def _figure(text: str) -> Figure:
    return Figure(Decimal(text), text)


def _adjustments(row: MonitoredTarget) -> list[Adjustment]:
    return sorted(row.adjustments.all(), key=lambda one: one.number) if row.version > 1 else []


def _goal(
    row: MonitoredTarget, pack: Pack, said: Mapping[str, Any], against: str
) -> Goal | Unclear:
    base_period = str(said["base_period"] or "")
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
        end=int(said["end"] or 0),
        base=str(said["base"] or ""),
        base_total=base_period if _is_span(base_period) else "",
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
