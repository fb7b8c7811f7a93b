"""Lines of supervision (督办行): what lists, the leader's page and files show of one row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.supervision.models import (
    Meeting,
    OrderState,
    Problem,
    ProblemState,
    SupervisionOrder,
    Visit,
    VisitState,
)
from hexi.portal.supervision.queries.words import due_words, lamp_of, proposal_words
from hexi.portal.supervision.rules import kind_name, visit_name

__all__ = [
    "MeetingLine",
    "OrderLine",
    "ProblemLine",
    "VisitLine",
    "meeting_lines",
    "order_lines",
    "problem_lines",
    "visit_lines",
]

#: lamps of states in which nothing waits for anybody who is late
_CALM = {"answered": "finished", "accepted": "finished", "closed": "green", "dropped": "grey"}


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One problem."""

    id: int
    url: str
    title: str
    about: str
    about_url: str
    unit: str
    kind: str
    state: str
    state_label: str
    lamp: str
    owner: str
    owner_body: str
    raised: str
    raised_by: str
    deadline: str
    due_words: str
    announced: bool
    late: bool
    risen: int
    desk: str


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One order."""

    id: int
    url: str
    number: str
    subject: str
    about: str
    level: str
    level_label: str
    level_lamp: str
    state: str
    state_label: str
    lamp: str
    issuer: str
    addressee: str
    issued: str
    deadline: str
    due_words: str
    announced: bool
    late: bool
    why: str


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting."""

    id: int
    url: str
    title: str
    unit: str
    day: str
    place: str
    state: str
    state_label: str
    points: int
    tasks: int
    open_tasks: int


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit."""

    id: int
    url: str
    about: str
    unit: str
    kind: str
    visitor: str
    planned: str
    paid: str
    state: str
    state_label: str
    lamp: str
    due_words: str
    late: bool


def problem_lines(rows: Iterable[Problem], today: date) -> list[ProblemLine]:
    return [_problem(row, today) for row in rows]


def _problem(row: Problem, today: date) -> ProblemLine:
    waits = row.state == ProblemState.OPEN
    return ProblemLine(
        id=row.pk,
        url=reverse("problem", args=[row.pk]),
        title=row.title,
        about=row.about,
        about_url=_project_url(row.project_id),
        unit=name_of(row.unit),
        kind=kind_name(row.kind),
        state=row.state,
        state_label=str(ProblemState(row.state).label),
        lamp=lamp_of(row.deadline, today) if waits else _CALM[row.state],
        owner=_owner(row.owner_person, name_of(row.owner_unit)),
        owner_body=row.owner_body,
        raised=row.raised_on.isoformat(),
        raised_by=row.raised_by,
        deadline=row.deadline.isoformat(),
        due_words=due_words(row.deadline, today) if waits else "",
        announced=row.announced,
        late=waits and row.deadline < today,
        risen=row.risen,
        desk=name_of(row.desk) if row.desk else "",
    )


def _project_url(project_id: int | None) -> str:
    return f"/projects/{project_id}/" if project_id else ""


def _owner(person: Person | None, unit: str) -> str:
    """The office, and the person of it who was named."""
    if person is None:
        return unit
    gaps = {"unit": unit, "person": person.name}
    return _("%(person)s, %(unit)s") % gaps if get_language() == "en" else f"{unit} {person.name}"


def order_lines(rows: Iterable[SupervisionOrder], today: date) -> list[OrderLine]:
    return [_order(row, today) for row in rows]


def _order(row: SupervisionOrder, today: date) -> OrderLine:
    waits = row.state == OrderState.ISSUED
    return OrderLine(
        id=row.pk,
        url=reverse("supervision-order", args=[row.pk]),
        number=row.number,
        subject=row.subject,
        about=str(row.problem or row.project or ""),
        level=row.level,
        level_label=str(row.get_level_display()),
        level_lamp=row.level,
        state=row.state,
        state_label=str(OrderState(row.state).label),
        lamp=lamp_of(row.deadline, today) if waits else _CALM.get(row.state, "waiting"),
        issuer=name_of(row.unit),
        addressee=_owner(row.addressee_person, name_of(row.addressee)),
        issued=row.issued_on.isoformat() if row.issued_on else "",
        deadline=row.deadline.isoformat() if row.deadline else "",
        due_words=due_words(row.deadline, today) if waits else "",
        announced=row.announced,
        late=waits and row.deadline is not None and row.deadline < today,
        why=proposal_words(row.seen) if row.seen else "",
    )


def meeting_lines(rows: Iterable[Meeting]) -> list[MeetingLine]:
    """The rows come from ``whole_meetings``, which counts."""
    return [
        MeetingLine(
            id=row.pk,
            url=reverse("meeting", args=[row.pk]),
            title=row.title,
            unit=name_of(row.unit),
            day=row.day.isoformat(),
            place=row.place,
            state=row.state,
            state_label=str(row.get_state_display()),
            points=row.points,  # type: ignore[attr-defined] # counted by the query
            tasks=row.tasks,  # type: ignore[attr-defined]
            open_tasks=row.open_tasks,  # type: ignore[attr-defined]
        )
        for row in rows
    ]


def visit_lines(rows: Iterable[Visit], today: date) -> list[VisitLine]:
    return [_visit(row, today) for row in rows]


def _visit(row: Visit, today: date) -> VisitLine:
    waits = row.state == VisitState.PLANNED
    calm = "green" if row.state == VisitState.PAID else "grey"
    return VisitLine(
        id=row.pk,
        url=reverse("visit", args=[row.pk]),
        about=row.about,
        unit=name_of(row.unit),
        kind=visit_name(row.kind),
        visitor=row.visitor_name,
        planned=row.planned.isoformat(),
        paid=row.paid.isoformat() if row.paid else "",
        state=row.state,
        state_label=str(VisitState(row.state).label),
        lamp=lamp_of(row.planned, today) if waits else calm,
        due_words=due_words(row.planned, today) if waits else "",
        late=waits and row.planned < today,
    )
