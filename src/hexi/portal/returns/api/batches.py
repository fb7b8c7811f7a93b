"""Templates and uploads as JSON (模板与批量上传接口): a workbook, a zip of them, a table, by token.

An upload is read in the background: ask for it again until its state is ``read``, ``applied`` or
``failed``. Nothing changes before it is applied, unless ``at_once`` says so.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from hexi.portal.api.errors import ERRORS, ErrorBody
from hexi.portal.api.identity import caller
from hexi.portal.api.slices import Id, Page, Slice, page_of, sliced
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.returns.acts.apply_batch import apply_batch
from hexi.portal.returns.models import Batch, BatchLine
from hexi.portal.returns.queries.batch_page import BatchCard, batch_card, batch_cards, said
from hexi.portal.returns.views.batches import receive, seen_batch
from hexi.portal.returns.views.templates import template as template_response

__all__ = ["router"]

router = Router()


class BatchOut(Schema):
    """An upload and how far it is."""

    id: int
    name: str
    state: str
    done: int
    total: int
    at_once: bool
    submit: bool
    #: lines by state
    lines: dict[str, int]
    error: dict[str, str] | None
    uploaded_at: datetime
    finished_at: datetime | None


class BatchList(Schema):
    page: Page
    items: list[BatchOut]


class UploadOut(Schema):
    """Each file by itself."""

    batches: list[BatchOut]
    refusals: list[ErrorBody]


class UploadIn(Schema):
    """``at_once``: apply what is without question; ``submit``: and hand in what is complete."""

    at_once: bool = False
    submit: bool = False


class AnswerOut(Schema):
    """What is wrong where, and what to do. ``severity``: refused, asked, check, note."""

    code: str
    severity: str
    kind: str
    place: str
    message: str
    remedy: str


class LineOut(Schema):
    """One return of an upload."""

    number: int
    name: str
    state: str
    reporter_code: str
    form: str
    period: int
    target: int | None
    submitted: bool
    changes: list[dict[str, str]]
    answers: list[AnswerOut]


class LineList(Schema):
    page: Page
    items: list[LineOut]


class LineFilter(Slice):
    """Which lines."""

    state: str = ""


class ApplyIn(Schema):
    """Numbers of the lines whose questions are answered, and whether to submit."""

    confirmed: list[int] = Field(default_factory=list, max_length=5000)
    submit: bool = False


@router.get(
    "/returns/{return_id}/template",
    response={200: None, **ERRORS},
    summary="Excel 模板 / Excel template",
)
def workbook_template(request: HttpRequest, return_id: Id) -> HttpResponse:
    """The workbook of a return, filled with what is known."""
    return template_response(request, return_id)


@router.get("/batches", response={200: BatchList, **ERRORS}, summary="上传记录 / Uploads")
def uploads(request: HttpRequest, asked: Annotated[Slice, Query()]) -> dict[str, Any]:
    rows = Batch.objects.visible_to(require(caller(request), Permission.FILL))
    items = [card_out(card) for card in batch_cards(sliced(rows, asked))]
    return {"page": page_of(rows.count(), asked), "items": items}


@router.post("/batches", response={202: UploadOut, **ERRORS}, summary="批量上传 / Upload")
def upload_batches(
    request: HttpRequest,
    form: Annotated[UploadIn, Form()],
    files: Annotated[list[UploadedFile] | None, File()] = None,
) -> Status[dict[str, Any]]:
    """Workbooks (xlsx), zips of them, tables (csv). The same file again is the same upload."""
    person = require(caller(request), Permission.FILL)
    made, refusals = receive(request, person, at_once=form.at_once, submit=form.submit)
    if not made and refusals:
        raise refusals[0]
    kept = [batch_out(batch) for batch in made]
    return Status(202, {"batches": kept, "refusals": [one.as_record() for one in refusals]})


@router.get("/batches/{batch_id}", response={200: BatchOut, **ERRORS}, summary="进度 / Progress")
def one_batch(request: HttpRequest, batch_id: Id) -> dict[str, Any]:
    return batch_out(seen_batch(request, batch_id))


@router.get("/batches/{batch_id}/lines", response={200: LineList, **ERRORS},
            summary="逐份答复 / Lines")  # fmt: skip
def batch_lines(
    request: HttpRequest, batch_id: Id, asked: Annotated[LineFilter, Query()]
) -> dict[str, Any]:
    rows = seen_batch(request, batch_id).lines.order_by("number")
    if asked.state:
        rows = rows.filter(state=asked.state)
    part = [line_out(row) for row in sliced(rows, asked)]
    return {"page": page_of(rows.count(), asked), "items": part}


@router.post("/batches/{batch_id}/apply", response={202: BatchOut, **ERRORS},
             summary="确认导入 / Apply")  # fmt: skip
def apply_one(request: HttpRequest, batch_id: Id, what: ApplyIn) -> Status[dict[str, Any]]:
    person, at = caller(request), timezone.now()
    row = apply_batch(batch_id, by=person, at=at, confirmed=what.confirmed, submit=what.submit)
    return Status(202, batch_out(row))


def batch_out(row: Batch) -> dict[str, Any]:
    """An upload as the API gives it."""
    return card_out(batch_card(row))


def card_out(card: BatchCard) -> dict[str, Any]:
    """… with its counts."""
    row = card.row
    return {
        "id": row.pk,
        "name": row.name,
        "state": row.state,
        "done": row.done,
        "total": row.total,
        "at_once": row.at_once,
        "submit": row.submit,
        "lines": card.counts,
        "error": card.error or None,
        "uploaded_at": row.uploaded_at,
        "finished_at": row.finished_at,
    }


def line_out(row: BatchLine) -> dict[str, Any]:
    """A line as the API gives it."""
    return {
        "number": row.number,
        "name": row.name,
        "state": row.state,
        "reporter_code": row.reporter_code,
        "form": row.form,
        "period": row.period,
        "target": row.target_id,
        "submitted": row.submitted,
        "changes": row.changes,
        "answers": [said(answer) for answer in row.answers],
    }
