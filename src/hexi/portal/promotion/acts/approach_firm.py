"""Approach a target firm (对接目标企业): it becomes a lead, or is tied to the record it has."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import tell
from hexi.portal.projects.acts.register_record import register_record
from hexi.portal.promotion.entry import checked_day
from hexi.portal.promotion.holding import held, one_project
from hexi.portal.promotion.models import TargetFirm
from hexi.portal.returns.form_book import day_of

__all__ = ["approach_firm"]


def approach_firm(
    firm_id: int,
    *,
    day: date | None,
    name: str = "",
    kind: str = "promoted",
    project: int | None = None,
    by: Person | None,
    at: datetime,
) -> TargetFirm:
    """Open the lead with what the list knows, or tie it to the project that is named."""
    with transaction.atomic():
        row = held(TargetFirm, firm_id, by, Permission.PROMOTE, also=("unit", "project"))
        faults = []
        if row.project_id is not None:
            faults.append(
                Refusal(
                    "approached_already",
                    _("This firm has a lead already."),
                    _("Go on with its record."),
                    status=409,
                )
            )
        if day is None:
            faults.append(
                Refusal("day_missing", _("The day is missing."), _("Write the day."), place="day")
            )
        tell(faults)
        assert day is not None
        row.approached_on = checked_day(day, day_of(at))
        if project is not None:
            row.project = one_project(project, by, Permission.PROMOTE)
        else:
            given = {
                "name": name.strip() or row.name,
                "kind": kind,
                "unit": row.unit,
                "investor": row.name,
                "investor_code": row.code,
            }
            known = {field: value for field, value in given.items() if value}
            row.project = register_record(known, by=by, at=at, stage="lead")
        row.save()
        record(
            "approach_firm",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            after={"project": row.project.called, "day": day.isoformat()},
        )
    return row
