"""Set the plan of a year (年度计划): what a project is to invest and to reach in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.projects.models import YearPlan
from hexi.portal.projects.record_book import held

__all__ = ["plan_faults", "set_year_plan"]


def set_year_plan(
    project_id: int,
    year: int,
    planned: int,
    content: str,
    *,
    by: Person | None,
    at: datetime,
    reason: str = "",
) -> YearPlan:
    """Yuan of the year; a sum that stands already is changed only with a reason."""
    with transaction.atomic():
        row = held(project_id, by, Permission.KEEP_PROJECTS)
        made = YearPlan.objects.filter(project=row, year=year).first()
        faults = plan_faults(year, planned, row.total)
        if made is not None and made.planned != planned:
            faults += needs_reason(reason)
        tell(faults)
        before = _facts(made) if made else {}
        made = made or YearPlan(project=row, year=year)
        made.planned, made.content, made.at = planned, content.strip(), at
        made.save()
        record(
            "set_year_plan",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after=_facts(made),
            reason=reason.strip(),
        )
    return made


def plan_faults(year: int, planned: int, total: int | None) -> list[Refusal]:
    """What stands against the plan of a year, in yuan; a file asks the same."""
    faults = []
    if not 1990 <= year <= 2100:
        faults.append(
            Refusal("year_wrong", _("This is no year."), _("Write it as 2026."), place="year")
        )
    if planned < 0 or (total is not None and planned > total):
        faults.append(
            Refusal(
                "planned_wrong",
                _("The plan of a year is zero or more, and not above the total investment."),
                _("Check the unit of the sum, or correct the total investment first."),
                place="planned",
            )
        )
    return faults


def _facts(row: YearPlan) -> dict[str, Any]:
    return {"year": row.year, "planned": row.planned, "content": row.content}
