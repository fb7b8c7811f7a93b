"""Supervision in the API (督办接口): problems, orders and meetings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status

from hexi.portal.api.errors import ERRORS
from hexi.portal.api.identity import caller
from hexi.portal.api.slices import Id, Page, Slice, page_of, sliced
from hexi.portal.core.refusal import NotPermitted
from hexi.portal.core.roles import Permission, Role
from hexi.portal.core.scope import require
from hexi.portal.supervision.acts.answer_order import answer_order
from hexi.portal.supervision.acts.answer_problem import answer_problem
from hexi.portal.supervision.acts.raise_problem import NewProblem, raise_problem
from hexi.portal.supervision.models import Meeting, Problem, SupervisionOrder
from hexi.portal.supervision.queries.meetings import decisions_of, one_meeting, whole_meetings
from hexi.portal.supervision.queries.orders import filtered_orders, one_order
from hexi.portal.supervision.queries.problems import (
    filtered_problems,
    one_problem,
    whole_problems,
)

__all__ = ["router"]

router = Router()


class ProblemFilter(Slice):
    """Which problems: by default those that are not closed."""

    q: str = ""
    state: str = ""
    kind: str = ""
    unit: str = ""
    owner: str = ""
    sort: str = ""


class ProblemAnswerOut(Schema):
    """One answer."""

    text: str
    in_time: bool
    at: datetime
    by_name: str


class ProblemOut(Schema):
    """One problem of the ledger."""

    id: int
    project: int | None
    #: of a practice project
    practice: bool
    enterprise: str
    about: str
    unit: str
    kind: str
    title: str
    detail: str
    state: str
    owner_unit: str
    owner_person: str
    owner_body: str
    raised_on: date
    raised_by: str
    days: int
    deadline: date
    #: false: the holidays of that year are not announced yet
    announced: bool
    risen: int
    desk: str
    closed_at: datetime | None
    closed_by: str
    closing: str


class ProblemDetail(ProblemOut):
    """A problem with its answers."""

    answers: list[ProblemAnswerOut]


class ProblemList(Schema):
    page: Page
    items: list[ProblemOut]


class ProblemIn(Schema):
    """A problem of a project or an enterprise; what is left out is as usual for its kind."""

    kind: str
    title: str
    detail: str = ""
    project: int | None = None
    enterprise: int | None = None
    owner_unit: str = ""
    owner_body: str = ""
    days: int | None = None


class ProblemAnswerIn(Schema):
    """The owner's answer."""

    text: str
    promised: date | None = None


class OrderFilter(Slice):
    """Which orders: by default those that are not closed."""

    q: str = ""
    state: str = ""
    level: str = ""
    unit: str = ""


class OrderOut(Schema):
    """One supervision order."""

    id: int
    number: str
    level: str
    state: str
    unit: str
    addressee: str
    project: int | None
    #: of a practice project
    practice: bool
    problem: int | None
    subject: str
    grounds: str
    demand: str
    issued_on: date | None
    deadline: date | None
    announced: bool
    rule: str
    closed_at: datetime | None
    closing: str


class OrderDetail(OrderOut):
    """An order with its answers."""

    answers: list[ProblemAnswerOut]


class OrderList(Schema):
    page: Page
    items: list[OrderOut]


class OrderAnswerIn(Schema):
    """The addressee's answer."""

    text: str


class DecisionOut(Schema):
    """Who does what by when."""

    what: str
    unit: str
    person: str
    due: date
    done_at: datetime | None
    result: str


class PointOut(Schema):
    """One point of the agenda with its minutes."""

    problem: int | None
    title: str
    minutes: str
    decisions: list[DecisionOut]


class MeetingOut(Schema):
    """One coordination meeting."""

    id: int
    unit: str
    title: str
    day: date
    place: str
    chair: str
    state: str


class MeetingDetail(MeetingOut):
    """A meeting with agenda and minutes."""

    points: list[PointOut]


class MeetingList(Schema):
    page: Page
    items: list[MeetingOut]


@router.get(
    "/supervision/problems",
    response={200: ProblemList, **ERRORS},
    summary="问题台账 / The problem ledger",
)
def problems(request: HttpRequest, asked: Annotated[ProblemFilter, Query()]) -> dict[str, Any]:
    person = require(caller(request), Permission.SEE_PROJECTS)
    today = timezone.localdate()
    rows = filtered_problems(whole_problems().visible_to(person), asked.dict(), today)
    return {
        "page": page_of(rows.count(), asked),
        "items": [_problem(r) for r in sliced(rows, asked)],
    }


@router.post(
    "/supervision/problems",
    response={201: ProblemOut, **ERRORS},
    summary="提出问题 / Raise a problem",
)
def new_problem(request: HttpRequest, given: ProblemIn) -> Status[dict[str, Any]]:
    made = raise_problem(NewProblem(**given.dict()), by=caller(request), at=timezone.now())
    return Status(201, _problem(made))


@router.get(
    "/supervision/problems/{problem_id}",
    response={200: ProblemDetail, **ERRORS},
    summary="一个问题及其答复 / One problem with its answers",
)
def problem(request: HttpRequest, problem_id: Id) -> dict[str, Any]:
    person = require(caller(request), Permission.SEE_PROJECTS)
    row = one_problem(problem_id, person)
    return {**_problem(row), "answers": list(row.answers.all())}


@router.post(
    "/supervision/problems/{problem_id}/answers",
    response={201: ProblemAnswerOut, **ERRORS},
    summary="答复问题 / Answer a problem",
)
def new_answer(request: HttpRequest, problem_id: Id, given: ProblemAnswerIn) -> Status[Any]:
    made = answer_problem(
        problem_id, given.text, promised=given.promised, by=caller(request), at=timezone.now()
    )
    return Status(201, made)


@router.get(
    "/supervision/orders",
    response={200: OrderList, **ERRORS},
    summary="督办单 / Supervision orders",
)
def orders(request: HttpRequest, asked: Annotated[OrderFilter, Query()]) -> dict[str, Any]:
    person = require(caller(request), Permission.SEE_PROJECTS)
    rows = filtered_orders(person, asked.dict(), timezone.localdate())
    return {"page": page_of(rows.count(), asked), "items": [_order(r) for r in sliced(rows, asked)]}


@router.get(
    "/supervision/orders/{order_id}",
    response={200: OrderDetail, **ERRORS},
    summary="一张督办单及其回复 / One order with its answers",
)
def order(request: HttpRequest, order_id: Id) -> dict[str, Any]:
    person = require(caller(request), Permission.SEE_PROJECTS)
    row = one_order(order_id, person)
    return {**_order(row), "answers": list(row.answers.all())}


@router.post(
    "/supervision/orders/{order_id}/answers",
    response={201: ProblemAnswerOut, **ERRORS},
    summary="督办回复 / Answer an order",
)
def new_reply(request: HttpRequest, order_id: Id, given: OrderAnswerIn) -> Status[Any]:
    made = answer_order(order_id, given.text, by=caller(request), at=timezone.now())
    return Status(201, made)


@router.get(
    "/supervision/meetings",
    response={200: MeetingList, **ERRORS},
    summary="协调会 / Coordination meetings",
)
def meetings(request: HttpRequest, asked: Annotated[Slice, Query()]) -> dict[str, Any]:
    person = require(caller(request), Permission.SEE_PROJECTS)
    if person.role == Role.ENTERPRISE:
        raise NotPermitted
    rows = whole_meetings().visible_to(person)
    found = [_meeting(row) for row in sliced(rows, asked)]
    return {"page": page_of(rows.count(), asked), "items": found}


@router.get(
    "/supervision/meetings/{meeting_id}",
    response={200: MeetingDetail, **ERRORS},
    summary="一次协调会及纪要 / One meeting with its minutes",
)
def meeting(request: HttpRequest, meeting_id: Id) -> dict[str, Any]:
    person = require(caller(request), Permission.SEE_PROJECTS)
    row = one_meeting(meeting_id, person)
    decided: dict[int, list[dict[str, Any]]] = {}
    for one in decisions_of(row):
        decided.setdefault(one.item_id, []).append(
            {
                "what": one.what,
                "unit": one.unit.code,
                "person": one.person.name if one.person else "",
                "due": one.due,
                "done_at": one.done_at,
                "result": one.result,
            }
        )
    points = [
        {
            "problem": item.problem_id,
            "title": item.title,
            "minutes": item.minutes,
            "decisions": decided.get(item.pk, []),
        }
        for item in row.items.all()
    ]
    return {**_meeting(row), "points": points}


def _problem(row: Problem) -> dict[str, Any]:
    names = (
        "id about kind title detail state owner_body raised_on raised_by days deadline announced"
        " risen closed_at closed_by closing"
    )
    return {
        **{name: getattr(row, name) for name in names.split()},
        "project": row.project_id,
        "practice": row.practice,
        "enterprise": row.enterprise.code if row.enterprise else "",
        "unit": row.unit.code,
        "owner_unit": row.owner_unit.code,
        "owner_person": row.owner_person.name if row.owner_person else "",
        "desk": row.desk.code if row.desk else "",
    }


def _order(row: SupervisionOrder) -> dict[str, Any]:
    names = (
        "id number level state subject grounds demand issued_on deadline announced rule closed_at"
        " closing"
    )
    return {
        **{name: getattr(row, name) for name in names.split()},
        "unit": row.unit.code,
        "addressee": row.addressee.code,
        "project": row.project_id,
        "practice": row.practice,
        "problem": row.problem_id,
    }


def _meeting(row: Meeting) -> dict[str, Any]:
    names = "id title day place chair state"
    return {**{name: getattr(row, name) for name in names.split()}, "unit": row.unit.code}
