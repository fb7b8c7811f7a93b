"""Close a problem (问题销号): only by the one who raised it, after an answer."""

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
from hexi.portal.supervision.faults import long_text, overtaken
from hexi.portal.supervision.models import Problem, ProblemState
from hexi.portal.supervision.queries.problems import held_problem

__all__ = ["close_problem", "is_raiser", "may_close"]


def is_raiser(problem: Problem, person: Person | None) -> bool:
    """Who raised it; where that person may no longer sign in, who supervises the unit."""
    if person is None or not person.grants(Permission.RAISE_PROBLEM):
        return False
    raiser = problem.raiser
    if raiser is not None and raiser.is_active:
        return raiser.pk == person.pk
    return person.grants(Permission.SUPERVISE) and person.covers(problem.unit_path)


def may_close(problem: Problem, person: Person | None) -> bool:
    """The raiser, while it is not closed."""
    return problem.state != ProblemState.CLOSED and is_raiser(problem, person)


def close_problem(problem_id: int, remark: str, *, by: Person | None, at: datetime) -> Problem:
    """Strike it off the ledger with a remark on how it was solved."""
    with transaction.atomic():
        officer = require(by, Permission.RAISE_PROBLEM)
        row = held_problem(problem_id, by)
        if not is_raiser(row, officer):
            raise NotPermitted
        if row.state == ProblemState.CLOSED:
            raise overtaken(_("This problem is closed."))
        tell([*_unanswered(row), *needs_reason(remark), *long_text("reason", remark)])
        before = {"problem_state": row.state}
        row.state, row.closing = ProblemState.CLOSED, remark.strip()
        row.closed_at, row.closed_by, row.rises_after = at, officer.name, None
        row.save()
        record(
            "close_problem",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after={"problem_state": row.state},
            reason=row.closing,
        )
    return row


def _unanswered(row: Problem) -> list[Refusal]:
    if row.state == ProblemState.ANSWERED:
        return []
    return [
        Refusal(
            "not_answered",
            _("This problem has not been answered."),
            _("Wait for the answer of its owner; it rises by itself when it is late."),
            status=409,
        )
    ]
