"""Reopen a problem (问题退回重办): who raised it says why the answer does not do."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotPermitted
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.supervision.acts.close_problem import is_raiser
from hexi.portal.supervision.acts.raise_problem import put_clock
from hexi.portal.supervision.faults import long_text, overtaken
from hexi.portal.supervision.models import Problem, ProblemState
from hexi.portal.supervision.queries.problems import held_problem

__all__ = ["may_reopen", "reopen_problem"]


def may_reopen(problem: Problem, person: Person | None) -> bool:
    """The raiser, once there is an answer."""
    return problem.state != ProblemState.OPEN and is_raiser(problem, person)


def reopen_problem(problem_id: int, reason: str, *, by: Person | None, at: datetime) -> Problem:
    """Give it back to its owner with as many working days as it had."""
    with transaction.atomic():
        officer = require(by, Permission.RAISE_PROBLEM)
        row = held_problem(problem_id, by)
        if not is_raiser(row, officer):
            raise NotPermitted
        if row.state == ProblemState.OPEN:
            raise overtaken(_("This problem is open."))
        tell([*needs_reason(reason), *long_text("reason", reason)])
        before = {"problem_state": row.state, "deadline": row.deadline.isoformat()}
        row.state, row.round = ProblemState.OPEN, row.round + 1
        row.closing, row.closed_at, row.closed_by = "", None, ""
        row.mailed_to = []
        put_clock(row, timezone.localtime(at).date())
        row.save()
        record(
            "reopen_problem",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after={"problem_state": row.state, "deadline": row.deadline.isoformat()},
            reason=reason.strip(),
        )
    return row
