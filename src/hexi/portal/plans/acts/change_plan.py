"""Change a plan's card (修改规划信息): title, unit, level, horizon, upper plan."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Event, Person, Unit
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require
from hexi.portal.plans.models import PlanRow

__all__ = ["change_plan"]


def change_plan(
    plan_id: int, changes: dict[str, Any], *, by: Person | None, at: datetime, reason: str = ""
) -> Event:
    """Apply the given fields only. A plan moves only between units of the person's scope."""
    with transaction.atomic():
        queryset = PlanRow.objects.select_related("unit", "upper")
        plan: PlanRow = one_visible(queryset, by, pk=plan_id)
        require(by, Permission.EDIT, plan.unit_path)
        before = card(plan)
        if "title" in changes:
            plan.title = str(changes["title"]).strip()[:300]
        for field in ("level", "first_year", "last_year"):
            if field in changes:
                setattr(plan, field, changes[field])
        if changes.get("unit"):
            plan.unit = Unit.objects.filter(code=changes["unit"]).first()
            if plan.unit is None:
                raise NotFound
            require(by, Permission.EDIT, plan.unit_path)
        if "upper" in changes:
            plan.upper = _upper(changes["upper"], plan, by)
        _check(plan)
        plan.updated_at = at
        plan.save()
        return record(
            "change_plan",
            plan,
            by=by,
            at=at,
            unit_path=plan.unit_path,
            before=before,
            after=card(plan),
            reason=reason.strip(),
        )


def card(plan: PlanRow) -> dict[str, Any]:
    """The facts that can be changed."""
    return {
        "title": plan.title,
        "unit": plan.unit.name if plan.unit else "",
        "level": plan.level,
        "first_year": plan.first_year,
        "last_year": plan.last_year,
        "upper": plan.upper.title if plan.upper else "",
    }


def _upper(upper_id: int | None, plan: PlanRow, by: Person | None) -> PlanRow | None:
    if not upper_id:
        return None
    upper: PlanRow = one_visible(PlanRow.objects.all(), by, pk=upper_id)
    above: PlanRow | None = upper
    while above is not None:
        if above.pk == plan.pk:
            raise Refusal(
                "circle",
                _("A plan cannot stand above itself."),
                _("Choose another upper plan."),
                place="upper",
            )
        above = above.upper
    return upper


def _check(plan: PlanRow) -> None:
    if not plan.title:
        raise Refusal(
            "title_missing", _("The title is empty."), _("Write the title."), place="title"
        )
    years = [y for y in (plan.first_year, plan.last_year) if y is not None]
    if any(not 1949 <= year <= 2100 for year in years):
        raise Refusal(
            "year", _("A year is not possible."), _("Write a year from 1949 to 2100."), place="year"
        )
    if len(years) == 2 and years[0] > years[1]:
        raise Refusal(
            "horizon",
            _("The plan ends before it begins."),
            _("Write the first year, then the last."),
            place="last_year",
        )
