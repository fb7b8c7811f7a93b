"""Returns as JSON (报表接口): open, fill in, check, explain, submit, decide; lists and steps.

The same acts and the same scope as on the pages; a token of an enterprise's person fills in for
that enterprise alone.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from hexi.portal.api.errors import ERRORS, ErrorBody
from hexi.portal.api.identity import caller
from hexi.portal.api.slices import Id, Page, Slice, page_of, sliced
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.returns import form_book
from hexi.portal.returns.acts.approve_return import approve_return
from hexi.portal.returns.acts.check_return import check_return
from hexi.portal.returns.acts.explain import explain
from hexi.portal.returns.acts.open_return import open_return
from hexi.portal.returns.acts.revise_return import revise_return
from hexi.portal.returns.acts.save_cells import save_cells
from hexi.portal.returns.acts.send_back import send_back
from hexi.portal.returns.acts.submit_return import submit_return
from hexi.portal.returns.acts.withdraw_approval import withdraw_approval
from hexi.portal.returns.approval.flow import whole
from hexi.portal.returns.models import Return
from hexi.portal.returns.scope import one_seen
from hexi.portal.returns.views.tasks import filtered, sorted_rows

__all__ = ["Period", "router"]

router = Router()

#: YYYYMM of the period's last month
Period = Annotated[int, Field(ge=190001, le=999912)]


class FormOut(Schema):
    """A form that is in use."""

    id: str
    name: str
    name_en: str
    number: str
    frequency: str
    version: str
    items: list[dict[str, Any]]


class ReturnFilter(Slice):
    """Which returns, in which order."""

    q: str = ""
    form: str = ""
    period: str = ""
    state: str = ""
    unit: str = ""
    sort: str = ""


class ReturnOut(Schema):
    """A return without its figures."""

    id: int
    form: str
    form_version: str
    period: int
    reporter: int
    reporter_code: str
    reporter_name: str
    unit: str
    state: str
    level: int
    waiting: str
    revision: int
    late: bool
    due: date
    edit: int
    submitted_at: datetime | None
    approved_at: datetime | None


class ReturnList(Schema):
    page: Page
    items: list[ReturnOut]


class ReturnDetail(ReturnOut):
    """A return with its figures and findings."""

    values: dict[str, str]
    cover: dict[str, str]
    findings: list[dict[str, Any]]
    checked: bool


class StepOut(Schema):
    """Who did what, when and why."""

    verb: str
    level: int
    unit: str
    revision: int
    who: str
    at: datetime
    reason: str


class OpenIn(Schema):
    """A form for a reporter and a period."""

    form: str = Field(max_length=40)
    period: Period
    reporter: Id
    reason: str = ""


class CellsIn(Schema):
    """Cells by name; an empty value empties the cell. ``seen`` is the ``edit`` one knows."""

    cells: dict[str, str | None] = Field(max_length=5000)
    units: dict[str, str] = Field(default_factory=dict)
    seen: int | None = None


class CellsOut(Schema):
    """What was kept, exactly, and what was refused and why."""

    edit: int
    state: str
    kept: dict[str, str]
    refused: dict[str, ErrorBody]


class ExplainIn(Schema):
    """Why a queried figure is right."""

    rule: str
    cells: dict[str, str] = Field(default_factory=dict)
    text: str


class SubmitIn(Schema):
    seen: int | None = None


class Why(Schema):
    reason: str = ""


@router.get("/forms", response={200: list[FormOut], **ERRORS}, summary="报表制度 / Forms")
def forms(request: HttpRequest) -> list[dict[str, Any]]:
    require(caller(request), Permission.SEE_RETURNS)
    book = form_book.book()
    return [_form(book.latest(form)) for form in book.ids]


def _form(form: Any) -> dict[str, Any]:
    items = [
        {
            "code": item.code,
            "name": item.name,
            "name_en": item.name_en,
            "section": section.code,
            "rows": section.rows,
            "unit": item.unit,
            "decimals": item.decimals,
            "required": item.required,
            "prior": item.prior,
        }
        for section in form.sections
        for item in section.items
    ]
    fields = ("id", "name", "name_en", "number", "frequency", "version")
    return {**{name: getattr(form, name) for name in fields}, "items": items}


@router.get("/returns", response={200: ReturnList, **ERRORS}, summary="报表列表 / Returns")
def returns(request: HttpRequest, asked: Annotated[ReturnFilter, Query()]) -> dict[str, Any]:
    person = require(caller(request), Permission.SEE_RETURNS)
    rows = filtered(Return.objects.visible_to(person), asked.dict())
    part = sliced(sorted_rows(rows, asked.sort), asked)
    return {"page": page_of(rows.count(), asked), "items": [return_out(row) for row in part]}


@router.post("/returns", response={200: ReturnDetail, **ERRORS}, summary="建立报表 / Open")
def open_form(request: HttpRequest, given: OpenIn) -> dict[str, Any]:
    row = open_return(
        given.form,
        given.period,
        given.reporter,
        by=caller(request),
        at=timezone.now(),
        reason=given.reason,
    )
    return _one(request, row.pk)


@router.get("/returns/{return_id}", response={200: ReturnDetail, **ERRORS}, summary="报表 / One")
def one_return(request: HttpRequest, return_id: Id) -> dict[str, Any]:
    return _one(request, return_id)


@router.get(
    "/returns/{return_id}/steps", response={200: list[StepOut], **ERRORS}, summary="流转 / Steps"
)
def steps(request: HttpRequest, return_id: Id) -> list[dict[str, Any]]:
    row: Return = one_seen(whole(), caller(request), pk=return_id)
    return [
        {
            "verb": step.verb,
            "level": step.level,
            "unit": step.unit.code if step.unit else "",
            "revision": step.revision,
            "who": step.who_name,
            "at": step.at,
            "reason": step.reason,
        }
        for step in row.steps.select_related("unit").order_by("id")
    ]


@router.patch(
    "/returns/{return_id}/cells", response={200: CellsOut, **ERRORS}, summary="填报 / Fill in"
)
def fill_in(request: HttpRequest, return_id: Id, given: CellsIn) -> dict[str, Any]:
    saved = save_cells(
        return_id,
        given.cells,
        by=caller(request),
        at=timezone.now(),
        seen=given.seen,
        units=given.units,
    )
    refused = {name: refusal.as_record() for name, refusal in saved.refused.items()}
    return {
        "edit": saved.row.edit,
        "state": saved.row.state,
        "kept": saved.kept,
        "refused": refused,
    }


@router.post("/returns/{return_id}/check", response={200: ReturnDetail, **ERRORS},
             summary="审核 / Check")  # fmt: skip
def check_one(request: HttpRequest, return_id: Id) -> dict[str, Any]:
    check_return(return_id, by=caller(request), at=timezone.now())
    return _one(request, return_id)


@router.post("/returns/{return_id}/explanations", response={200: ReturnDetail, **ERRORS},
             summary="核实说明 / Explain")  # fmt: skip
def explain_one(request: HttpRequest, return_id: Id, given: ExplainIn) -> dict[str, Any]:
    by, at = caller(request), timezone.now()
    explain(return_id, given.rule, given.cells, given.text, by=by, at=at)
    return _one(request, return_id)


@router.post("/returns/{return_id}/submit", response={200: ReturnDetail, **ERRORS},
             summary="报送 / Submit")  # fmt: skip
def submit_one(request: HttpRequest, return_id: Id, given: SubmitIn) -> dict[str, Any]:
    submit_return(return_id, by=caller(request), at=timezone.now(), seen=given.seen)
    return _one(request, return_id)


@router.post("/returns/{return_id}/approve", response={200: ReturnDetail, **ERRORS},
             summary="审批通过 / Approve")  # fmt: skip
def approve_one(request: HttpRequest, return_id: Id, why: Why) -> dict[str, Any]:
    approve_return(return_id, by=caller(request), at=timezone.now(), reason=why.reason)
    return _one(request, return_id)


@router.post("/returns/{return_id}/send-back", response={200: ReturnDetail, **ERRORS},
             summary="退回 / Send back")  # fmt: skip
def send_one_back(request: HttpRequest, return_id: Id, why: Why) -> dict[str, Any]:
    send_back(return_id, reason=why.reason, by=caller(request), at=timezone.now())
    return _one(request, return_id)


@router.post("/returns/{return_id}/withdraw", response={200: ReturnDetail, **ERRORS},
             summary="撤回审批 / Take an approval back")  # fmt: skip
def withdraw_one(request: HttpRequest, return_id: Id, why: Why) -> dict[str, Any]:
    withdraw_approval(return_id, reason=why.reason, by=caller(request), at=timezone.now())
    return _one(request, return_id)


@router.post("/returns/{return_id}/revise", response={200: ReturnDetail, **ERRORS},
             summary="修订 / Revise")  # fmt: skip
def revise_one(request: HttpRequest, return_id: Id, why: Why) -> dict[str, Any]:
    revise_return(return_id, reason=why.reason, by=caller(request), at=timezone.now())
    return _one(request, return_id)


def return_out(row: Return) -> dict[str, Any]:
    """A return as lists give it."""
    return {
        "id": row.pk,
        "form": row.form,
        "form_version": row.form_version,
        "period": row.period,
        "reporter": row.reporter_id,
        "reporter_code": row.reporter.code,
        "reporter_name": row.reporter.name,
        "unit": row.unit.code,
        "state": row.state,
        "level": row.level,
        "waiting": row.waiting.code if row.waiting else "",
        "revision": row.revision,
        "late": row.late,
        "due": row.due,
        "edit": row.edit,
        "submitted_at": row.submitted_at,
        "approved_at": row.approved_at,
    }


def _one(request: HttpRequest, return_id: int) -> dict[str, Any]:
    row: Return = one_seen(whole(), caller(request), pk=return_id)
    return {
        **return_out(row),
        "values": row.values,
        "cover": row.cover,
        "findings": row.findings,
        "checked": row.checked_edit == row.edit,
    }
