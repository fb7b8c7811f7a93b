"""Change a project (项目变更): its card; the unit only as long as it has not reported there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Event, Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.returns.models import Project
from hexi.portal.returns.registers.enterprise_book import within
from hexi.portal.returns.registers.entry import UnitFinder
from hexi.portal.returns.registers.project_book import card, facts, held_project, put_project
from hexi.portal.returns.registers.project_entry import ends_early, read_project
from hexi.portal.returns.registers.project_file import has_reported, unit_is_fixed

__all__ = ["change_project"]

#: what is not changed without saying why
_REASONED = ("unit", "enterprise", "since", "until")


def change_project(
    project_id: int,
    given: Mapping[str, Any],
    *,
    by: Person | None,
    at: datetime,
    reason: str = "",
) -> Event:
    """Apply the fields given; the code stays what it is."""
    with transaction.atomic():
        row = held_project(project_id, by)
        fields = {key: value for key, value in given.items() if key != "code"}
        entry = read_project(fields, UnitFinder(), partial=True)
        now = facts(row)
        changes = {k: value for k, value in entry.values.items() if value != now[k]}
        faults = [*entry.faults.values(), *_faults(row, now, changes)]
        if "unit" in changes:
            within(changes["unit"], by)
        if any(name in changes for name in _REASONED):
            faults += needs_reason(reason)
        if not faults and not changes:
            faults.append(_no_change())
        tell(faults)
        before = card(row)
        put_project(row, changes)
        return record(
            "change_project",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after=card(row),
            reason=reason.strip(),
        )


def _faults(row: Project, now: Mapping[str, Any], changes: Mapping[str, Any]) -> list[Refusal]:
    faults = []
    if row.closed is not None and changes:
        faults.append(
            Refusal(
                "closed_already",
                _("The project is closed."),
                _("Take the closing back first, if it still goes on."),
                status=409,
            )
        )
    if "unit" in changes and has_reported(row):
        faults.append(unit_is_fixed())
    days = {**now, **changes}
    if days["until"] < days["since"] and not {"since", "until"} <= changes.keys():
        faults.append(ends_early())
    return faults


def _no_change() -> Refusal:
    return Refusal(
        "no_change", _("The register says this already."), _("Change a field, or leave the page.")
    )
