"""Revise a return (修订): the reporting unit opens approved figures again, and says why.

What was approved stays as it was until the revision is approved in its turn; then it is a new
vintage beside the old one.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.returns.approval.flow import hold, move, whole
from hexi.portal.returns.models import Return, ReturnState, Verb
from hexi.portal.returns.scope import require_fill

__all__ = ["revise_return"]


def revise_return(return_id: int, *, reason: str, by: Person | None, at: datetime) -> Return:
    """The return can be changed again, as the next revision."""
    with transaction.atomic():
        require(by, Permission.FILL)
        require_fill(whole(), by, pk=return_id)
        hold(return_id)
        row: Return = whole().get(pk=return_id)
        tell([*_faults(row), *needs_reason(reason)])
        before = row.card()
        move(row, Verb.REVISE, by=by, at=at, reason=reason)
        row.changed_at = at
        row.save()
        record(
            "revise_return",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after=row.card(),
            reason=reason.strip(),
        )
    return row


def _faults(row: Return) -> list[Refusal]:
    if row.state == ReturnState.APPROVED and row.waiting is None:
        return []
    remedy = (
        _("It can be changed as it is.")
        if row.editable
        else _("Ask the unit that decides next to send it back.")
    )
    return [
        Refusal(
            "not_approved_yet",
            _("Only a return that has been approved at every level is revised."),
            remedy,
            status=409,
        )
    ]
