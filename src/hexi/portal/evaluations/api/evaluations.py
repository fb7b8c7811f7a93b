"""Evaluations in the API (评估接口): list, read, start, compute again, word, issue."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from hexi.portal.api.errors import ERRORS
from hexi.portal.api.identity import caller
from hexi.portal.api.slices import Id, Page, Slice, page_of, sliced
from hexi.portal.evaluations.acts.issue_evaluation import issue_evaluation
from hexi.portal.evaluations.acts.renew_evaluation import renew_evaluation
from hexi.portal.evaluations.acts.start_evaluation import start_evaluation
from hexi.portal.evaluations.acts.word_evaluation import word_evaluation
from hexi.portal.evaluations.models import EvaluationReport
from hexi.portal.evaluations.queries.reports import report_of
from hexi.reports import evaluation_json

__all__ = ["router"]

router = Router()

KindName = Literal["yearly", "midterm", "final"]


class EvaluationOut(Schema):
    id: int
    plan: int
    kind: str
    as_of: date
    state: str
    title: str
    title_en: str


class EvaluationList(Schema):
    page: Page
    items: list[EvaluationOut]


class EvaluationDetail(EvaluationOut):
    """With its sections, words laid over them, and the list of evidence."""

    report: dict[str, Any]


class EvaluationStart(Schema):
    plan: Id
    kind: KindName
    as_of: date


class EvaluationDay(Schema):
    as_of: date


class EvaluationWords(Schema):
    part: str = Field(max_length=200)
    language: Literal["zh", "en"] = "zh"
    text: str = Field(max_length=4000)
    #: the text that stood there when these words were written
    seen: str | None = None


class EvaluationFilter(Slice):
    plan: Id | None = None
    state: Literal["", "draft", "issued"] = ""


def _out(row: EvaluationReport) -> dict[str, Any]:
    return {
        "id": row.pk,
        "plan": row.plan_id,
        "kind": row.kind,
        "as_of": row.as_of,
        "state": row.state,
        "title": row.title,
        "title_en": row.title_en,
    }


@router.get(
    "/evaluations", response={200: EvaluationList, **ERRORS}, summary="评估报告列表 / Evaluations"
)
def list_evaluations(
    request: HttpRequest, asked: Annotated[EvaluationFilter, Query()]
) -> dict[str, Any]:
    """Reports that the caller may see, newest first."""
    rows = EvaluationReport.objects.visible_to(caller(request))
    if asked.plan is not None:
        rows = rows.filter(plan=asked.plan)
    if asked.state:
        rows = rows.filter(state=asked.state)
    part = sliced(rows, asked)
    return {"page": page_of(rows.count(), asked), "items": [_out(row) for row in part]}


@router.get(
    "/evaluations/{evaluation_id}",
    response={200: EvaluationDetail, **ERRORS},
    summary="一份评估报告 / One evaluation",
)
def read_evaluation(
    request: HttpRequest, evaluation_id: Id, language: Literal["zh", "en"] = "zh"
) -> dict[str, Any]:
    """The report in one language."""
    row = report_of(evaluation_id, caller(request))
    edits = [kept.as_edit() for kept in row.wordings.all()]
    record = evaluation_json.record(row.evaluation(), edits=edits, language=language)
    return {**_out(row), "report": record}


@router.post(
    "/evaluations",
    response={201: EvaluationOut, **ERRORS},
    summary="启动评估 / Start an evaluation",
)
def create_evaluation(request: HttpRequest, sent: EvaluationStart) -> Status[Any]:
    """Compute a draft."""
    row = start_evaluation(sent.plan, sent.kind, sent.as_of, by=caller(request), at=timezone.now())
    return Status(201, _out(row))


@router.post(
    "/evaluations/{evaluation_id}/renew",
    response={200: EvaluationOut, **ERRORS},
    summary="重新生成 / Compute again",
)
def renew(request: HttpRequest, evaluation_id: Id, sent: EvaluationDay) -> dict[str, Any]:
    """Figures of another day; words stay."""
    return _out(renew_evaluation(evaluation_id, sent.as_of, by=caller(request), at=timezone.now()))


@router.put(
    "/evaluations/{evaluation_id}/words",
    response={200: EvaluationOut, **ERRORS},
    summary="修改文字 / Word a part",
)
def put_words(request: HttpRequest, evaluation_id: Id, sent: EvaluationWords) -> dict[str, Any]:
    """One's own words for a sentence or blank; empty ones bring the computed sentence back."""
    row = word_evaluation(
        evaluation_id,
        sent.part,
        sent.language,
        sent.text,
        by=caller(request),
        at=timezone.now(),
        seen=sent.seen,
    )
    return _out(row)


@router.post(
    "/evaluations/{evaluation_id}/issue",
    response={200: EvaluationOut, **ERRORS},
    summary="定稿 / Issue",
)
def issue(request: HttpRequest, evaluation_id: Id) -> dict[str, Any]:
    """From now on it does not change."""
    return _out(issue_evaluation(evaluation_id, by=caller(request), at=timezone.now()))
