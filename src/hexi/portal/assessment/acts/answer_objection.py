"""Answer an objection (答复申诉): upheld or rejected, with the reasons; both stay with the run."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.models import Objection, ObjectionState
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require
from hexi.portal.core.told import tell

__all__ = ["answer_objection"]

_ANSWERS = (ObjectionState.UPHELD, ObjectionState.REJECTED)


def answer_objection(
    objection_id: int, state: str, answer: str, *, by: Person | None, at: datetime
) -> Objection:
    """By who may publish for the unit that assesses; an answer is given once."""
    with transaction.atomic():
        one_visible(Objection.objects.all(), by, pk=objection_id)
        row: Objection = (
            Objection.objects.select_for_update(of=("self",))
            .select_related("assessed__run__unit")
            .get(pk=objection_id)
        )
        run = row.assessed.run
        officer = require(by, Permission.PUBLISH, run.unit.path)
        tell(_faults(row, state, answer))
        row.state, row.answer = state, answer.strip()
        row.answered_by, row.answered_at = officer.name, at
        row.save()
        record(
            "answer_objection",
            row,
            by=by,
            at=at,
            unit_path=row.assessed.unit_path or run.unit.path,
            before={"state": ObjectionState.OPEN.value},
            after={"state": state, "text": row.answer},
        )
    return row


def _faults(row: Objection, state: str, answer: str) -> list[Refusal]:
    found = []
    if row.state != ObjectionState.OPEN:
        found.append(
            Refusal(
                "answered",
                _("The objection has been answered."),
                _("The answer stands; file another objection if something new is known."),
                status=409,
            )
        )
    if state not in _ANSWERS:
        found.append(
            Refusal(
                "no_answer",
                _("It is not said whether the objection is upheld."),
                _("Choose one."),
                place="state",
            )
        )
    if not answer.strip() or len(answer) > 4000:
        found.append(
            Refusal(
                "no_reasons",
                _("An answer gives its reasons in at most 4,000 characters."),
                _("Write why."),
                place="answer",
            )
        )
    return found
