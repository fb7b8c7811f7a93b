"""Approve a return (审批通过): one level says yes; the last one makes its figures count."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotPermitted, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell
from hexi.portal.returns.approval.flow import hold, is_closed, move, whole
from hexi.portal.returns.approval.ladder import ladder_of
from hexi.portal.returns.approval.publication import publish_return
from hexi.portal.returns.models import Return, Submission, Verb
from hexi.portal.returns.scope import may_decide, one_seen

__all__ = ["approve_return", "awaited"]


def approve_return(return_id: int, *, by: Person | None, at: datetime, reason: str = "") -> Return:
    """Approve for the unit whose decision is awaited; the next level is asked, if there is one.

    At the top the figures are approved; in a closed period, late or revised, they become a new
    vintage of the warehouse in the same transaction.
    """
    with transaction.atomic():
        officer = require(by, Permission.APPROVE)
        one_seen(whole(), by, pk=return_id)
        hold(return_id)
        row: Return = whole().get(pk=return_id)
        unit = awaited(row, officer)
        made: Submission = row.submissions.order_by("-number")[0]
        tell(_faults(made, officer))
        before = row.card()
        levels = ladder_of(row)
        level = levels.index(unit) + 1
        move(row, Verb.APPROVE, by=by, at=at, level=level, unit=unit, reason=reason)
        row.waiting = levels[level] if level < len(levels) else None
        row.changed_at = at
        after = {**row.card(), "unit": unit.name}
        if row.waiting is None:
            row.approved_at = made.approved_at = at
            if is_closed(row.form, row.period, levels[-1]):
                made.snapshot = publish_return(row, made, by=officer, at=at)
                after["snapshot"] = made.snapshot
            made.save(update_fields=["approved_at", "snapshot"])
        row.save()
        record(
            "approve_return",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after=after,
            reason=reason.strip(),
        )
    return row


def awaited(row: Return, officer: Person) -> Unit:
    """The unit that is to decide, if the person may do so for it.

    Raises:
        Refusal: where nothing is awaited, or not from this person.
    """
    if row.waiting is None:
        raise Refusal(
            "not_waiting",
            _("The return does not wait for a decision."),
            _("Look at its state; it may have been decided already."),
            status=409,
        )
    if not may_decide(officer, row.waiting.kind, row.waiting.path):
        raise NotPermitted
    return row.waiting


def _faults(made: Submission, officer: Person) -> list[Refusal]:
    if made.who != officer.pk:
        return []
    return [
        Refusal(
            "own_return",
            _("You submitted this return yourself."),
            _("Let another person approve it."),
            status=409,
        )
    ]
