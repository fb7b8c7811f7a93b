"""Check a return (审核报表): run every rule; without anything open it becomes "checked"."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.returns import form_book
from hexi.portal.returns.approval.flow import hold, move, whole
from hexi.portal.returns.filling.checking import findings_of, let_lapse, stopping
from hexi.portal.returns.models import Return, ReturnState, Verb
from hexi.portal.returns.scope import require_fill

__all__ = ["check_return"]


def check_return(return_id: int, *, by: Person | None, at: datetime) -> Return:
    """The return with its findings as they are now."""
    with transaction.atomic():
        require(by, Permission.FILL)
        require_fill(whole(), by, pk=return_id)
        hold(return_id)
        row: Return = whole().get(pk=return_id)
        before = row.card()
        row.findings = findings_of(row, form_book.version_of(row.form, row.form_version))
        row.checked_edit = row.edit
        let_lapse(row, at)
        left = stopping(row, row.findings)
        if row.editable and not left and row.state != ReturnState.CHECKED:
            move(row, Verb.CHECK, by=by, at=at)
        row.save()
        hard = sum(finding["severity"] == "hard" for finding in left)
        record(
            "check_return",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after={**row.card(), "faults": hard, "queries": len(left) - hard},
        )
    return row
