"""Take an approval back (撤回审批): by the level that gave it, while none above has approved."""

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
from hexi.portal.returns.approval.flow import hold, move, whole
from hexi.portal.returns.approval.ladder import ladder_of
from hexi.portal.returns.models import Return, ReturnState, Submission, Verb
from hexi.portal.returns.scope import may_decide, one_seen

__all__ = ["withdraw_approval"]


def withdraw_approval(return_id: int, *, reason: str, by: Person | None, at: datetime) -> Return:
    """The return waits for the same level again."""
    with transaction.atomic():
        officer = require(by, Permission.APPROVE)
        one_seen(whole(), by, pk=return_id)
        hold(return_id)
        row: Return = whole().get(pk=return_id)
        levels = ladder_of(row)
        given = levels[row.level - 1] if row.level else None
        made: Submission | None = row.submissions.order_by("-number").first()
        if given is not None and not may_decide(officer, given.kind, given.path):
            below = levels[: row.level - 1]
            if not any(may_decide(officer, unit.kind, unit.path) for unit in below):
                raise NotPermitted
            tell([_approved_above()])
        tell([*_faults(row, made), *needs_reason(reason)])
        assert given is not None and made is not None
        before = row.card()
        level = row.level - 1
        move(row, Verb.WITHDRAW, by=by, at=at, level=level, unit=given, reason=reason)
        row.waiting = given
        row.approved_at = made.approved_at = None
        row.changed_at = at
        made.save(update_fields=["approved_at"])
        row.save()
        record(
            "withdraw_approval",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after={**row.card(), "unit": given.name},
            reason=reason.strip(),
        )
    return row


def _approved_above() -> Refusal:
    return Refusal(
        "approved_above",
        _("The level above has approved the return already."),
        _("Ask the level above to take its approval back first."),
        status=409,
    )


def _faults(row: Return, made: Submission | None) -> list[Refusal]:
    if row.state != ReturnState.APPROVED or made is None:
        return [
            Refusal(
                "not_approved",
                _("The return has no approval to take back."),
                _("Look at its state; it may have been sent back or revised."),
                status=409,
            )
        ]
    if made.snapshot is not None:
        return [
            Refusal(
                "published",
                _("The figures have entered the warehouse and are kept."),
                _("Have the reporting unit revise the return, with the reason."),
                status=409,
            )
        ]
    return []
