"""Finish a decision (办结议定事项): its unit says what came of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotPermitted
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require
from hexi.portal.core.told import tell
from hexi.portal.supervision.faults import long_text, missing, overtaken
from hexi.portal.supervision.models import Decision

__all__ = ["finish_decision", "may_finish"]


def may_finish(decision: Decision, person: Person | None) -> bool:
    """The person named, or the office that has it to do."""
    if person is None or not person.grants(Permission.ANSWER_PROBLEM):
        return False
    if decision.done_at is not None:
        return False
    return decision.person_id == person.pk or person.covers(decision.unit.path)


def finish_decision(decision_id: int, result: str, *, by: Person | None, at: datetime) -> Decision:
    """It is done, with its result."""
    with transaction.atomic():
        officer = require(by, Permission.ANSWER_PROBLEM)
        one_visible(Decision.objects.all(), officer, pk=decision_id)
        rows = Decision.objects.select_for_update(of=("self",)).select_related(
            "unit", "item__meeting"
        )
        row: Decision = rows.get(pk=decision_id)
        if row.done_at is not None:
            raise overtaken(_("This is done already."))
        if not may_finish(row, officer):
            raise NotPermitted
        faults = long_text("result", result)
        if not result.strip():
            faults.append(missing("result", _("The result is empty."), _("Write what was done.")))
        tell(faults)
        row.result, row.done_at, row.done_by = result.strip(), at, officer.name
        row.save()
        record(
            "finish_decision",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            after={"result": row.result, "meeting": str(row.item.meeting)},
        )
    return row
