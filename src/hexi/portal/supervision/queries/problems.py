"""Problems as pages, tasks and acts ask for them (问题查询)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Case, Q, Value, When

from hexi.portal.core.models import Person
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible
from hexi.portal.supervision.models import Problem, ProblemState

__all__ = [
    "SORTS",
    "filtered_problems",
    "held_problem",
    "late_problems",
    "mine_to_answer",
    "mine_to_close",
    "one_problem",
    "open_problems",
    "whole_problems",
]

_ORDER = {ProblemState.OPEN: 0, ProblemState.ANSWERED: 1}

SORTS = ("deadline", "-deadline", "raised_on", "-raised_on", "title", "kind", "-risen")


def whole_problems() -> Any:
    """Problems with everything that a line of them shows."""
    return Problem.objects.select_related(
        "project__unit", "enterprise", "unit", "owner_unit", "owner_person", "desk", "raiser"
    ).annotate(
        state_order=Case(
            *(When(state=state, then=Value(number)) for state, number in _ORDER.items()),
            default=Value(len(_ORDER)),
        )
    )


def one_problem(problem_id: int, person: Person | None) -> Problem:
    """The problem, if this person may see it."""
    found: Problem = one_visible(whole_problems(), person, pk=problem_id)
    return found


def held_problem(problem_id: int, person: Person | None) -> Problem:
    """The same, locked for an act."""
    one_visible(Problem.objects.all(), person, pk=problem_id)
    row: Problem = (
        Problem.objects.select_for_update(of=("self",))
        .select_related("unit", "project", "enterprise", "owner_unit", "owner_person", "desk",
                        "raiser")
        .get(pk=problem_id)
    )  # fmt: skip
    return row


def open_problems(person: Person | None) -> Any:
    """Those that nobody has closed."""
    return whole_problems().visible_to(person).exclude(state=ProblemState.CLOSED)


def late_problems(person: Person | None, today: date) -> Any:
    """Those that nobody has answered and whose day is over."""
    return whole_problems().visible_to(person).filter(state=ProblemState.OPEN, deadline__lt=today)


def mine_to_answer(person: Person) -> Any:
    """Open problems that this person, or the person's own office, has to answer."""
    if not person.grants(Permission.ANSWER_PROBLEM):
        return Problem.objects.none()
    mine = Q(owner_person=person)
    for unit in person.scope_units():
        # the office itself; units below answer for themselves
        mine |= Q(owner_unit=unit, owner_person=None) | Q(desk=unit)
    return whole_problems().filter(mine, state=ProblemState.OPEN)


def mine_to_close(person: Person) -> Any:
    """Answered problems that this person raised."""
    return whole_problems().filter(raiser=person, state=ProblemState.ANSWERED)


def filtered_problems(rows: Any, asked: Mapping[str, Any], today: date) -> Any:
    """The filters of the address; also used by the API."""
    if (state := asked.get("state")) in ProblemState.values:
        rows = rows.filter(state=state)
    elif state == "late":
        rows = rows.filter(state=ProblemState.OPEN, deadline__lt=today)
    elif state != "all":
        rows = rows.exclude(state=ProblemState.CLOSED)
    if kind := asked.get("kind"):
        rows = rows.filter(kind=kind)
    if unit := asked.get("unit"):
        rows = rows.filter(unit__path__contains=f"/{unit}/")
    if owner := asked.get("owner"):
        rows = rows.filter(owner_unit__code=owner)
    if query := str(asked.get("q") or "").strip():
        rows = rows.filter(
            Q(title__icontains=query)
            | Q(project__name__icontains=query)
            | Q(enterprise__name__icontains=query)
            | Q(owner_body__icontains=query)
        )
    sort = asked.get("sort")
    if sort in SORTS:
        return rows.order_by(sort, "pk")
    return rows.order_by("state_order", "deadline", "pk")
