"""Corrections and objections in the API (更正和申诉接口)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from hexi.portal.api.errors import ERRORS
from hexi.portal.api.identity import caller
from hexi.portal.api.slices import Id, Page, Slice, page_of, sliced
from hexi.portal.assessment.acts.answer_objection import answer_objection
from hexi.portal.assessment.acts.correct_value import correct_value
from hexi.portal.assessment.acts.file_objection import file_objection
from hexi.portal.assessment.models import Correction, Objection
from hexi.portal.assessment.queries.opening import own_run

__all__ = ["router"]

router = Router()


class ValueCorrectionIn(Schema):
    unit: str = Field(max_length=120)
    item: str = Field(max_length=120)
    #: nothing: the value was not reported
    value: float | None = None
    reason: str = Field(max_length=2000)


class ValueCorrectionOut(Schema):
    unit: str
    item: str
    before: float | None
    after: float | None
    reason: str
    by: str
    at: datetime


class ValueCorrectionList(Schema):
    items: list[ValueCorrectionOut]


class ObjectionIn(Schema):
    text: str = Field(max_length=4000)
    item: str = Field("", max_length=120)
    evidence: str = Field("", max_length=400)


class ObjectionAnswer(Schema):
    state: Literal["upheld", "rejected"]
    answer: str = Field(max_length=4000)


class ObjectionOut(Schema):
    id: int
    assessed: int
    unit: str
    item: str
    text: str
    evidence: str
    state: str
    answer: str
    filed_by: str
    filed_at: datetime
    answered_by: str
    answered_at: datetime | None


class ObjectionList(Schema):
    page: Page
    items: list[ObjectionOut]


class ObjectionFilter(Slice):
    assessment: int | None = None
    state: Literal["", "open", "upheld", "rejected"] = ""


def _correction(row: Correction) -> dict[str, Any]:
    return {
        "unit": row.code,
        "item": row.item,
        "before": row.before,
        "after": row.after,
        "reason": row.reason,
        "by": row.by_name,
        "at": row.at,
    }


def _objection(row: Objection) -> dict[str, Any]:
    return {
        "id": row.pk,
        "assessed": row.assessed_id,
        "unit": row.assessed.code,
        **{name: getattr(row, name) for name in (
            "item", "text", "evidence", "state", "answer", "filed_by", "filed_at", "answered_by",
            "answered_at",
        )},
    }  # fmt: skip


@router.get(
    "/assessments/{assessment_id}/corrections",
    response={200: ValueCorrectionList, **ERRORS},
    summary="数据更正 / Corrections of a run",
)
def list_corrections(request: HttpRequest, assessment_id: Id) -> dict[str, Any]:
    """In the order in which they were made; for who runs it."""
    run = own_run(assessment_id, caller(request))
    return {"items": [_correction(row) for row in run.corrections.all()]}


@router.post(
    "/assessments/{assessment_id}/corrections",
    response={201: ValueCorrectionOut, **ERRORS},
    summary="更正数据 / Correct a value",
)
def correct_assessment(
    request: HttpRequest, assessment_id: Id, sent: ValueCorrectionIn
) -> Status[Any]:
    """Both values and the reason are kept; the run is computed anew after it."""
    text = "" if sent.value is None else repr(sent.value)
    by, at = caller(request), timezone.now()
    run = correct_value(assessment_id, sent.unit, sent.item, text, sent.reason, by=by, at=at)
    return Status(201, _correction(run.corrections.latest("pk")))


@router.get("/objections", response={200: ObjectionList, **ERRORS}, summary="申诉列表 / Objections")
def list_objections(
    request: HttpRequest, asked: Annotated[ObjectionFilter, Query()]
) -> dict[str, Any]:
    """Own ones for the assessed, all of its runs for who assesses."""
    rows = Objection.objects.visible_to(caller(request)).select_related("assessed")
    if asked.assessment is not None:
        rows = rows.filter(assessed__run=asked.assessment)
    if asked.state:
        rows = rows.filter(state=asked.state)
    part = sliced(rows, asked)
    return {"page": page_of(rows.count(), asked), "items": [_objection(row) for row in part]}


@router.post(
    "/assessed/{assessed_id}/objections",
    response={201: ObjectionOut, **ERRORS},
    summary="提出申诉 / File an objection",
)
def object_to(request: HttpRequest, assessed_id: Id, sent: ObjectionIn) -> Status[Any]:
    """By the assessed unit, with evidence."""
    by, at = caller(request), timezone.now()
    row = file_objection(
        assessed_id, sent.text, item=sent.item, evidence=sent.evidence, by=by, at=at
    )
    return Status(201, _objection(row))


@router.post(
    "/objections/{objection_id}/answer",
    response={200: ObjectionOut, **ERRORS},
    summary="答复申诉 / Answer an objection",
)
def answer_to(request: HttpRequest, objection_id: Id, sent: ObjectionAnswer) -> dict[str, Any]:
    """Upheld or rejected, with reasons, once."""
    by, at = caller(request), timezone.now()
    return _objection(answer_objection(objection_id, sent.state, sent.answer, by=by, at=at))
