"""Statements and corrections in the API (数量陈述接口)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from hexi.portal.api.errors import ERRORS
from hexi.portal.api.identity import caller
from hexi.portal.api.slices import Id, Page, Slice, page_of, sliced
from hexi.portal.plans.acts.correct_statement import correct_statement, withdraw_correction
from hexi.portal.plans.api.shapes import StatementOut
from hexi.portal.plans.models import CorrectionRow, StatementRow
from hexi.portal.plans.queries.plan_page import current_reading, plan_of
from hexi.portal.plans.queries.statement_panel import statement_of_plan

__all__ = ["router"]

router = Router()

Number = Annotated[int, Field(ge=0, le=2**31 - 1)]


class StatementFilter(Slice):
    """Which statements."""

    modality: str = ""
    measure: str = ""
    indicator: str = ""
    corrected: bool | None = None


class StatementList(Schema):
    page: Page
    items: list[StatementOut]


class CorrectionIn(Schema):
    """One field of one figure."""

    field: str
    value: str
    reason: str = ""


class CorrectionOut(Schema):
    """A correction."""

    id: int
    field: str
    before: str | None
    after: str | None
    reason: str
    by: str
    at: datetime
    withdrawn: bool


class WithdrawalReason(Schema):
    reason: str = ""


class Text(Schema):
    """The canonical text that offsets count in, and its blocks."""

    document: int
    text: str
    blocks: list[dict[str, Any]]
    notices: list[str]


@router.get(
    "/plans/{plan_id}/statements",
    response={200: StatementList, **ERRORS},
    summary="数量陈述 / Statements of a plan",
)
def statements(
    request: HttpRequest, plan_id: Id, asked: Annotated[StatementFilter, Query()]
) -> dict[str, Any]:
    person = caller(request)
    row = plan_of(plan_id, person)
    rows = StatementRow.objects.visible_to(person).filter(
        reading__document__plan=row, reading__current=True
    )
    for field, value in (("modality", asked.modality), ("measure", asked.measure)):
        if value:
            rows = rows.filter(**{field: value})
    if asked.indicator:
        rows = rows.filter(indicator_id=asked.indicator)
    if asked.corrected is not None:
        rows = rows.filter(corrected=asked.corrected)
    whole = rows.select_related("reading__document")
    part = sliced(whole.order_by("reading", "number"), asked)
    return {"page": page_of(rows.count(), asked), "items": [statement_out(s) for s in part]}


@router.get(
    "/plans/{plan_id}/statements/{number}",
    response={200: StatementOut, **ERRORS},
    summary="一条陈述 / One statement",
)
def statement(request: HttpRequest, plan_id: Id, number: Number) -> dict[str, Any]:
    person = caller(request)
    return statement_out(statement_of_plan(plan_of(plan_id, person), number, person))


@router.get("/plans/{plan_id}/text", response={200: Text, **ERRORS}, summary="原文 / Text")
def text(request: HttpRequest, plan_id: Id, document: str = "") -> dict[str, Any]:
    row = plan_of(plan_id, caller(request))
    reading = current_reading(row, document)
    if reading is None:
        return {"document": 0, "text": "", "blocks": [], "notices": []}
    return {
        "document": reading.document_id,
        "text": reading.canonical_text(),
        "blocks": reading.block_record()["blocks"],
        "notices": reading.notices,
    }


@router.post(
    "/plans/{plan_id}/statements/{number}/corrections",
    response={201: CorrectionOut, **ERRORS},
    summary="更正 / Correct",
)
def correct(
    request: HttpRequest, plan_id: Id, number: Number, given: CorrectionIn
) -> Status[dict[str, Any]]:
    person = caller(request)
    row = statement_of_plan(plan_of(plan_id, person), number, person)
    made = correct_statement(
        row.pk, given.field, given.value, reason=given.reason, by=person, at=timezone.now()
    )
    return Status(201, correction_out(made))


@router.post(
    "/corrections/{correction_id}/withdraw",
    response={200: CorrectionOut, **ERRORS},
    summary="撤回更正 / Withdraw a correction",
)
def withdraw(request: HttpRequest, correction_id: Id, why: WithdrawalReason) -> dict[str, Any]:
    row = withdraw_correction(
        correction_id, reason=why.reason, by=caller(request), at=timezone.now()
    )
    return correction_out(row)


def statement_out(row: StatementRow) -> dict[str, Any]:
    """A statement as the API gives it."""
    return {
        "number": row.number,
        "plan": row.reading.document.plan_id,
        "document": row.reading.document_id,
        "corrected": row.corrected,
        "record": row.record,
        "as_read": row.as_read,
    }


def correction_out(row: CorrectionRow) -> dict[str, Any]:
    """A correction as the API gives it."""
    return {
        "id": row.pk,
        "field": row.field,
        "before": row.before,
        "after": row.after,
        "reason": row.reason,
        "by": row.by_name,
        "at": row.at,
        "withdrawn": row.withdrawn_at is not None,
    }
