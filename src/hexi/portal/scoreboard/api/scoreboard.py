"""Monitoring in the API (监测接口): targets with positions, their history, warnings, deadlines."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema

from hexi.portal.api.errors import ERRORS
from hexi.portal.api.identity import caller
from hexi.portal.api.slices import Id, Page, Slice, page_of, sliced
from hexi.portal.core.models.token import digest_of
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.scoreboard.acts.answer_warning import answer_warning
from hexi.portal.scoreboard.models import (
    CalendarKey,
    EarlyWarning,
    MonitoredTarget,
    Standing,
)
from hexi.portal.scoreboard.queries.board import (
    board_rows,
    filtered,
    lamp_counts,
    sorted_rows,
    standings_of,
)
from hexi.portal.scoreboard.queries.ical import calendar_text, deadlines_of
from hexi.portal.scoreboard.queries.target_page import one_target
from hexi.portal.scoreboard.queries.warnings import filtered_warnings, whole

__all__ = ["router"]

router = Router()


class BoardFilter(Slice):
    """Which targets, as of which day, in which order."""

    q: str = ""
    lamp: str = ""
    plan: str = ""
    unit: str = ""
    nature: str = ""
    indicator: str = ""
    asof: date | None = None
    sort: str = ""


class LampCountsOut(Schema):
    """Targets by lamp."""

    red: int
    missed: int
    yellow: int
    green: int
    met: int
    over: int
    grey: int


class StandingOut(Schema):
    """A position as the engine gave it."""

    as_of: date
    against: str
    lamp: str
    grade: str
    p: float | None
    actual: float | None
    expected: float | None
    completion: float | None
    record: dict[str, Any]


class MonitoredOut(Schema):
    """A monitored target with its position."""

    id: int
    plan: int
    parent: int | None
    unit: str
    indicator: str
    indicator_id: str
    measure: str
    value: str
    bound: str
    measure_unit: str
    base: str
    base_period: str
    period: str
    start: int | None
    end: int | None
    nature: str
    state: str
    version: int
    body: str
    person: str
    lamp: str
    standing: StandingOut | None


class MonitoredList(Schema):
    page: Page
    counts: LampCountsOut
    items: list[MonitoredOut]


class AdjustmentOut(Schema):
    """One change of a target by act."""

    number: int
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str
    authority: str
    document: str
    at: datetime
    by_name: str


class MonitoredDetail(MonitoredOut):
    """A monitored target with its adjustments and every position so far."""

    adjustments: list[AdjustmentOut]
    standings: list[StandingOut]


class WarningFilter(Slice):
    """Which warnings."""

    q: str = ""
    state: str = ""
    kind: str = ""
    level: str = ""
    unit: str = ""


class WarningOut(Schema):
    """One warning."""

    id: int
    target: int
    kind: str
    rule: str
    level: str
    state: str
    as_of: date
    unit: str
    person: str
    deadline: date
    escalated: int
    answer: str
    answered_at: datetime | None
    answered_by: str
    closed_at: datetime | None
    closed_by: str
    record: dict[str, Any]


class WarningList(Schema):
    page: Page
    items: list[WarningOut]


class AnswerIn(Schema):
    """The owner's answer."""

    answer: str


@router.get(
    "/monitoring/targets",
    response={200: MonitoredList, **ERRORS},
    summary="监测目标及进度 / Monitored targets with their positions",
)
def positions(request: HttpRequest, asked: Annotated[BoardFilter, Query()]) -> dict[str, Any]:
    rows = filtered(board_rows(caller(request), asked.asof), asked.dict())
    part = list(sliced(sorted_rows(rows, asked.sort), asked))
    found = standings_of(part)
    return {
        "page": page_of(rows.count(), asked),
        "counts": lamp_counts(rows),
        "items": [_target(row, found.get(row.pk)) for row in part],
    }


@router.get(
    "/monitoring/targets/{target_id}",
    response={200: MonitoredDetail, **ERRORS},
    summary="一个监测目标的全部进度 / One monitored target with every position so far",
)
def position(request: HttpRequest, target_id: Id) -> dict[str, Any]:
    row = one_target(target_id, caller(request))
    return {
        **_target(row, row.latest),
        "adjustments": list(row.adjustments.all()),
        "standings": list(row.standings.order_by("-as_of", "against")),
    }


@router.get(
    "/monitoring/warnings",
    response={200: WarningList, **ERRORS},
    summary="预警 / Warnings",
)
def warnings(request: HttpRequest, asked: Annotated[WarningFilter, Query()]) -> dict[str, Any]:
    person = require(caller(request), Permission.SEE_WARNINGS)
    today = timezone.localdate()
    rows = filtered_warnings(whole().visible_to(person), asked.dict(), today)
    part = sliced(rows.order_by("state_order", "deadline", "pk"), asked)
    return {"page": page_of(rows.count(), asked), "items": [_warning(row) for row in part]}


@router.post(
    "/monitoring/warnings/{warning_id}/answer",
    response={200: WarningOut, **ERRORS},
    summary="答复预警 / Answer a warning",
)
def answer(request: HttpRequest, warning_id: Id, given: AnswerIn) -> dict[str, Any]:
    row = answer_warning(warning_id, given.answer, by=caller(request), at=timezone.now())
    return _warning(whole().get(pk=row.pk))


@router.get(
    "/monitoring/calendar/{key}/deadlines.ics",
    auth=None,
    url_name="deadlines",
    response={200: None, **ERRORS},
    summary="期限日历 / Deadlines as a calendar",
)
def deadlines(request: HttpRequest, key: str) -> HttpResponse:
    kept = CalendarKey.objects.select_related("person").filter(digest=digest_of(key)).first()
    if kept is None or not kept.person.is_active:
        raise NotFound
    base = request.build_absolute_uri("/").rstrip("/")
    text = calendar_text(
        deadlines_of(kept.person, timezone.localdate(), base),
        host=request.get_host(),
        at=timezone.now(),
    )
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


def _target(row: MonitoredTarget, standing: Standing | None) -> dict[str, Any]:
    names = (
        "id indicator indicator_id measure value bound measure_unit base base_period period"
        " start end nature state version"
    )
    return {
        **{name: getattr(row, name) for name in names.split()},
        "plan": row.plan_id,
        "parent": row.parent_id,
        "unit": row.unit.code if row.unit else "",
        "body": row.body.code if row.body else "",
        "person": row.person.name if row.person else "",
        "lamp": standing.lamp if standing else "grey",
        "standing": standing,
    }


def _warning(row: EarlyWarning) -> dict[str, Any]:
    names = (
        "id kind rule level state as_of deadline escalated answer answered_at answered_by"
        " closed_at closed_by record"
    )
    unit = row.unit or row.target.unit
    return {
        **{name: getattr(row, name) for name in names.split()},
        "target": row.target_id,
        "unit": unit.code if unit else "",
        "person": row.person.name if row.person else "",
    }
