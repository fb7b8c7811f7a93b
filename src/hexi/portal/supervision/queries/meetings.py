"""Coordination meetings as pages and acts ask for them (协调会查询)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from hexi.calendar.working_days import working_days_between
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.scope import one_visible
from hexi.portal.supervision.models import Decision, Meeting, MeetingState, Problem, ProblemState
from hexi.portal.supervision.queries.problems import whole_problems
from hexi.supervision.agenda import OpenProblem, agenda

__all__ = [
    "decisions_of",
    "drawn_problems",
    "held_meeting",
    "mine_to_do",
    "one_meeting",
    "whole_meetings",
]

#: problems from which the agenda is drawn
_LOOKED_AT = 300


def whole_meetings() -> Any:
    """Meetings with what a line of them shows."""
    return Meeting.objects.select_related("unit").annotate(
        points=Count("items", distinct=True),
        tasks=Count("items__decisions", distinct=True),
        open_tasks=Count(
            "items__decisions", filter=Q(items__decisions__done_at=None), distinct=True
        ),
    )


def one_meeting(meeting_id: int, person: Person | None) -> Meeting:
    """The meeting, if this person may see it."""
    found: Meeting = one_visible(Meeting.objects.select_related("unit"), person, pk=meeting_id)
    return found


def held_meeting(meeting_id: int, person: Person | None) -> Meeting:
    """The same, locked for an act."""
    one_visible(Meeting.objects.all(), person, pk=meeting_id)
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("unit")
    row: Meeting = rows.get(pk=meeting_id)
    return row


def drawn_problems(
    person: Person | None,
    unit: Unit,
    today: date,
    *,
    kinds: Iterable[str] = (),
    least_late: int = 0,
) -> list[Problem]:
    """Open problems of a unit's subtree that a meeting should deal with, worst first.

    What stands on the agenda of another meeting that was not held yet is left to it.
    """
    rows = (
        whole_problems()
        .visible_to(person)
        .filter(unit__path__startswith=unit.path)
        # as many working days late are at least as many days late
        .filter(deadline__lte=today - timedelta(days=least_late) if least_late else date.max)
        .exclude(state=ProblemState.CLOSED)
        .exclude(agenda_items__meeting__state=MeetingState.CALLED)
    )
    if wanted := frozenset(kinds):
        rows = rows.filter(kind__in=wanted)
    # the worst by the same order; far more than a meeting deals with
    rows = rows.order_by("state_order", "deadline", "-risen")[:_LOOKED_AT]
    by_id = {row.pk: row for row in rows}
    chosen = agenda(
        (_open(row, today) for row in by_id.values()),
        kinds=wanted,
        least_late=least_late,
    )
    return [by_id[one.id] for one in chosen]


def _open(row: Problem, today: date) -> OpenProblem:
    return OpenProblem(
        id=row.pk,
        kind=row.kind,
        deadline=row.deadline,
        late=max(0, working_days_between(row.deadline, today)),
        risen=row.risen,
        answered=row.state == ProblemState.ANSWERED,
    )


def decisions_of(meeting: Meeting) -> Any:
    """All that was decided, in the order of the agenda."""
    return (
        Decision.objects.filter(item__meeting=meeting)
        .select_related("unit", "person", "item")
        .order_by("item__order", "pk")
    )


def mine_to_do(person: Person) -> Any:
    """Decisions that this person, or the person's own office, has to carry out."""
    mine = Q(person=person)
    for unit in person.scope_units():
        mine |= Q(unit=unit, person=None)
    return Decision.objects.filter(mine).select_related("unit", "item__meeting", "item__problem")
