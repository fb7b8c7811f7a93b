"""Pass a problem on (问题转办): to the office that can solve it; its deadline stays as it is."""

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
from hexi.portal.supervision.acts.answer_problem import may_answer
from hexi.portal.supervision.faults import long_text, named_person, named_unit, overtaken
from hexi.portal.supervision.models import Problem, ProblemState
from hexi.portal.supervision.queries.problems import held_problem

__all__ = ["may_pass", "pass_problem"]


def may_pass(problem: Problem, person: Person | None) -> bool:
    """Who may answer it, and who supervises the unit where it happens."""
    if person is None or problem.state == ProblemState.CLOSED:
        return False
    above = person.grants(Permission.SUPERVISE) and person.covers(problem.unit_path)
    return above or may_answer(problem, person)


def pass_problem(
    problem_id: int,
    *,
    unit: str,
    person: int | None,
    body: str,
    reason: str,
    by: Person | None,
    at: datetime,
) -> Problem:
    """Another owner from now on."""
    with transaction.atomic():
        officer = require(by, Permission.ANSWER_PROBLEM)
        row = held_problem(problem_id, by)
        if row.state == ProblemState.CLOSED:
            raise overtaken(_("This problem is closed."))
        if not may_pass(row, officer):
            raise NotPermitted
        before = _card(row)
        faults: list[Refusal] = [*needs_reason(reason), *long_text("owner_body", body, 120)]
        row.owner_unit = named_unit(unit, "owner_unit", faults) or row.owner_unit
        row.owner_person = named_person(person, "owner_person", faults, of=row.owner_unit)
        row.owner_body = body.strip()
        if not faults and _card(row) == before:
            faults.append(
                Refusal(
                    "nothing_changed",
                    _("It belongs to them already."),
                    _("Choose another unit or person."),
                    place="owner_unit",
                )
            )
        tell(faults)
        row.mailed_to = []
        row.save()
        record(
            "pass_problem",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after=_card(row),
            reason=reason.strip(),
        )
    return row


def _card(row: Problem) -> dict[str, str]:
    return {
        "owner": row.owner_unit.name,
        "owner_person": row.owner_person.name if row.owner_person else "",
        "owner_body": row.owner_body,
    }
