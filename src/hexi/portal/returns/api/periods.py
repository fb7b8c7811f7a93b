"""Periods as JSON (时期接口): who is missing, reminding, closing and opening again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from hexi.portal.api.errors import ERRORS
from hexi.portal.api.identity import caller
from hexi.portal.api.slices import Id
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.returns import form_book
from hexi.portal.returns.acts.close_period import close_period
from hexi.portal.returns.acts.excuse_reporter import excuse_reporter
from hexi.portal.returns.acts.remind import remind
from hexi.portal.returns.acts.reopen_period import reopen_period
from hexi.portal.returns.acts.undo_excuse import undo_excuse
from hexi.portal.returns.api.returns import Period
from hexi.portal.returns.models import Excuse, PeriodLock
from hexi.portal.returns.queries.expected import expected, tally
from hexi.portal.returns.queries.missing import unit_in_scope

__all__ = ["router"]

router = Router()


class TallyOut(Schema):
    """How complete and how punctual."""

    expected: int
    submitted: int
    on_time: int
    approved: int
    #: let off; in none of the other numbers
    excused: int


class ExpectedOut(Schema):
    """One who must report."""

    reporter: int
    code: str
    name: str
    unit: str
    return_id: int | None
    state: str
    submitted: bool
    on_time: bool
    #: why it is let off; empty where it is not
    excused: str


class MissingOut(Schema):
    form: str
    period: int
    unit: str
    due: date
    counts: TallyOut
    items: list[ExpectedOut]


class PeriodIn(Schema):
    """A form's period under a unit."""

    form: str
    period: Period
    unit: str
    reason: str = ""


class ExcuseIn(Schema):
    """Who is let off which periods of a form, and why."""

    form: str
    first: Period
    last: Period
    reporter: int
    reason: str


class ExcuseOut(Schema):
    """An excuse."""

    id: int
    form: str
    first: int
    last: int
    reporter: int
    unit: str
    reason: str
    at: datetime
    by: str
    undone_at: datetime | None


class UndoIn(Schema):
    reason: str


class LockOut(Schema):
    """A closing."""

    form: str
    period: int
    unit: str
    at: datetime
    by: str
    expected: int
    approved: int
    snapshot: int | None
    opened_at: datetime | None


class Reminded(Schema):
    reminded: int


@router.get("/returns/missing", response={200: MissingOut, **ERRORS},
            summary="催报清单 / Who is missing")  # fmt: skip
def missing(request: HttpRequest, form: str, period: Period, unit: str = "") -> dict[str, Any]:
    person = require(caller(request), Permission.APPROVE)
    edition = form_book.form_at(form, period)
    under = unit_in_scope(unit, person)
    lines = expected(edition, period, [under.path])
    counts = tally(lines)
    fields = ("expected", "submitted", "on_time", "approved", "excused")
    return {
        "form": form,
        "period": period,
        "unit": under.code,
        "due": edition.due_day(period).day,
        "counts": {name: getattr(counts, name) for name in fields},
        "items": [
            {
                "reporter": line.reporter_id,
                "code": line.code,
                "name": line.name,
                "unit": line.unit.code,
                "return_id": line.row.pk if line.row else None,
                "state": line.row.state if line.row else "",
                "submitted": line.submitted,
                "on_time": line.on_time,
                "excused": line.excuse.reason if line.excuse and line.excused else "",
            }
            for line in lines
        ],
    }


@router.post("/periods/remind", response={200: Reminded, **ERRORS}, summary="催报 / Remind")
def remind_all(request: HttpRequest, given: PeriodIn) -> dict[str, int]:
    by, at = caller(request), timezone.now()
    sent = remind(given.form, given.period, given.unit, by=by, at=at, note=given.reason)
    return {"reminded": sent}


@router.post("/periods/excuses", response={200: ExcuseOut, **ERRORS}, summary="免报 / Excuse")
def excuse_one(request: HttpRequest, given: ExcuseIn) -> dict[str, Any]:
    by, at = caller(request), timezone.now()
    return _excuse(
        excuse_reporter(
            given.form, given.first, given.last, given.reporter, reason=given.reason, by=by, at=at
        )
    )


@router.post("/periods/excuses/{excuse_id}/take-back", response={200: ExcuseOut, **ERRORS},
             summary="撤销免报 / Take an excuse back")  # fmt: skip
def take_excuse_back(request: HttpRequest, excuse_id: Id, given: UndoIn) -> dict[str, Any]:
    by, at = caller(request), timezone.now()
    undo_excuse(excuse_id, reason=given.reason, by=by, at=at)
    return _excuse(Excuse.objects.select_related("by_unit").get(pk=excuse_id))


@router.post("/periods/close", response={200: LockOut, **ERRORS}, summary="锁定 / Close")
def close_one_period(request: HttpRequest, given: PeriodIn) -> dict[str, Any]:
    by, at = caller(request), timezone.now()
    return _lock(
        close_period(given.form, given.period, given.unit, by=by, at=at, reason=given.reason)
    )


@router.post("/periods/reopen", response={200: LockOut, **ERRORS}, summary="解锁 / Open again")
def reopen_one_period(request: HttpRequest, given: PeriodIn) -> dict[str, Any]:
    by, at = caller(request), timezone.now()
    return _lock(
        reopen_period(given.form, given.period, given.unit, reason=given.reason, by=by, at=at)
    )


def _excuse(row: Excuse) -> dict[str, Any]:
    fields = ("id", "form", "first", "last", "reason", "at", "undone_at")
    kept = {name: getattr(row, name) for name in fields}
    return {
        **kept,
        "reporter": row.reporter_id,
        "unit": row.by_unit.code,
        "by": row.by_name,
    }


def _lock(lock: PeriodLock) -> dict[str, Any]:
    fields = ("form", "period", "at", "expected", "approved", "snapshot", "opened_at")
    kept = {name: getattr(lock, name) for name in fields}
    return {**kept, "unit": lock.unit.code, "by": lock.by_name}
