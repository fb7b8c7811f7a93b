"""Close a warning (办结预警): by the office above, after the answer, never by who answered."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotPermitted, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.scoreboard.acts.answer_warning import closed_already
from hexi.portal.scoreboard.models import EarlyWarning, WarningState
from hexi.portal.scoreboard.queries.warnings import one_warning

__all__ = ["close_warning", "may_close"]

_LONGEST = 2000


def may_close(warning: EarlyWarning, person: Person | None) -> bool:
    """The office that the warning has risen to, or the one that set the target."""
    if person is None or not person.grants(Permission.CLOSE_WARNING):
        return False
    if warning.state == WarningState.CLOSED:
        return False
    return person.covers(warning.desk_path)


def close_warning(warning_id: int, remark: str, *, by: Person | None, at: datetime) -> EarlyWarning:
    """Close it with a remark on what was found."""
    with transaction.atomic():
        officer = require(by, Permission.CLOSE_WARNING)
        one_warning(warning_id, by)
        rows = EarlyWarning.objects.select_for_update(of=("self",))
        row: EarlyWarning = rows.select_related(
            "unit", "desk", "target__plan__unit", "target__unit", "target__parent__unit",
            "target__parent__plan__unit",
        ).get(pk=warning_id)  # fmt: skip
        if row.state == WarningState.CLOSED:
            raise closed_already()
        if not may_close(row, officer):
            raise NotPermitted
        tell([*_rules(row, officer), *needs_reason(remark)])
        before = {"state": row.state}
        row.state, row.closing = WarningState.CLOSED, remark.strip()[:_LONGEST]
        row.closed_at, row.closed_by = at, officer.name
        row.save()
        record(
            "close_warning",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after={"state": row.state},
            reason=row.closing,
        )
    return row


def _rules(row: EarlyWarning, officer: Person) -> list[Refusal]:
    if row.state == WarningState.OPEN:
        return [
            Refusal(
                "not_answered",
                _("This warning has not been answered."),
                _("Wait for the answer, or answer it for the unit."),
                status=409,
            )
        ]
    if row.answered_who == officer.pk:
        return [
            Refusal(
                "own_answer",
                _("Who answered a warning does not close it."),
                _("Ask a colleague of the office above."),
                status=409,
            )
        ]
    return []
