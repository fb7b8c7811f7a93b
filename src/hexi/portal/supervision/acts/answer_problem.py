"""Answer a problem (答复问题): its owner says what is done and by when; more answers may follow."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotPermitted, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell
from hexi.portal.supervision.faults import long_text, missing, overtaken
from hexi.portal.supervision.models import Problem, ProblemAnswer, ProblemState
from hexi.portal.supervision.queries.problems import held_problem

__all__ = ["answer_problem", "may_answer"]


def may_answer(problem: Problem, person: Person | None) -> bool:
    """The person named, the owner's office, and the office that it has risen to."""
    if person is None or not person.grants(Permission.ANSWER_PROBLEM):
        return False
    if problem.state == ProblemState.CLOSED:
        return False
    offices = [problem.owner_unit, *([problem.desk] if problem.desk else [])]
    return problem.owner_person_id == person.pk or any(person.covers(u.path) for u in offices)


def answer_problem(
    problem_id: int,
    text: str,
    *,
    promised: date | None = None,
    by: Person | None,
    at: datetime,
) -> ProblemAnswer:
    """Put the answer down; whoever raised the problem closes it or reopens it."""
    with transaction.atomic():
        officer = require(by, Permission.ANSWER_PROBLEM)
        row = held_problem(problem_id, by)
        today = timezone.localtime(at).date()
        if row.state == ProblemState.CLOSED:
            raise overtaken(_("This problem is closed."))
        if not may_answer(row, officer):
            raise NotPermitted
        tell(_faults(text, promised, today))
        before = row.state
        answer = ProblemAnswer.objects.create(
            problem=row,
            text=text.strip(),
            promised=promised,
            in_time=today <= row.deadline,
            at=at,
            who=officer.pk,
            by_name=officer.name,
        )
        row.state = ProblemState.ANSWERED
        row.save(update_fields=["state"])
        record(
            "answer_problem",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before={"problem_state": before},
            after={
                "problem_state": row.state,
                "answer": answer.text,
                "promised": promised.isoformat() if promised else "",
                "in_time": answer.in_time,
            },
        )
    return answer


def _faults(text: str, promised: date | None, today: date) -> list[Refusal]:
    faults = long_text("text", text)
    if not text.strip():
        faults.append(
            missing("text", _("The answer is empty."), _("Write what was done, and what follows."))
        )
    if promised is not None and promised < today:
        faults.append(
            Refusal(
                "promised_past",
                _("The day by which it will be solved is over."),
                _("Write today or a later day, or leave it empty."),
                place="promised",
            )
        )
    return faults
