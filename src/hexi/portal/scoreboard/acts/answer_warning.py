"""Answer a warning (答复预警): its owner says what the matter is and what will be done."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotPermitted, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.scoreboard.models import EarlyWarning, WarningState
from hexi.portal.scoreboard.queries.warnings import one_warning

__all__ = ["answer_warning", "may_answer"]

_LONGEST = 4000


def may_answer(warning: EarlyWarning, person: Person | None) -> bool:
    """The person named, or the office of the unit that answers."""
    if person is None or not person.grants(Permission.ANSWER_WARNING):
        return False
    if warning.state == WarningState.CLOSED:
        return False
    return warning.person_id == person.pk or person.covers(warning.unit_path)


def answer_warning(
    warning_id: int, answer: str, *, by: Person | None, at: datetime
) -> EarlyWarning:
    """Put the answer down; until the warning is closed it can be given anew."""
    with transaction.atomic():
        officer = require(by, Permission.ANSWER_WARNING)
        one_warning(warning_id, by)
        row: EarlyWarning = (
            EarlyWarning.objects.select_for_update(of=("self",))
            .select_related("unit")
            .get(pk=warning_id)
        )
        if row.state == WarningState.CLOSED:
            raise closed_already()
        if not may_answer(row, officer):
            raise NotPermitted
        if not answer.strip():
            raise Refusal(
                "answer_missing",
                _("The answer is empty."),
                _("Write the cause, the measures and by when they take effect."),
                place="answer",
            )
        before = {"state": row.state, "answer": row.answer}
        row.state, row.answer = WarningState.ANSWERED, answer.strip()[:_LONGEST]
        row.answered_at, row.answered_by, row.answered_who = at, officer.name, officer.pk
        row.save()
        record(
            "answer_warning",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after={"state": row.state, "answer": row.answer},
        )
    return row


def closed_already() -> Refusal:
    """What is closed stays as it is."""
    return Refusal(
        "closed_already",
        _("This warning is closed."),
        _("If the matter comes up again, a new warning is raised."),
        status=409,
    )
