"""Promotion in the API (招商接口): enquiries with their steps, agreements, funds, figures."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from hexi.portal.api.errors import ERRORS
from hexi.portal.api.identity import caller
from hexi.portal.api.slices import Id, Page, Slice, page_of, sliced
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.refusal import NotFound, NotPermitted
from hexi.portal.core.roles import Permission, Role
from hexi.portal.core.scope import require
from hexi.portal.promotion.acts.enter_voucher import enter_voucher
from hexi.portal.promotion.acts.judge_enquiry import judge_enquiry
from hexi.portal.promotion.acts.register_enquiry import register_enquiry
from hexi.portal.promotion.acts.take_step import take_step
from hexi.portal.promotion.acts.verify_voucher import verify_voucher
from hexi.portal.promotion.enquiry_clock import course
from hexi.portal.promotion.ledger import Ledger, ledger
from hexi.portal.promotion.models import Agreement, Enquiry, Voucher
from hexi.portal.promotion.queries import agreements as agreement_list
from hexi.portal.promotion.queries import funds as fund_list
from hexi.portal.promotion.queries import inbox
from hexi.portal.promotion.queries.figures import aims, months, within_reach

__all__ = ["router"]

router = Router()


class MarkOut(Schema):
    """A step on its clock; ``done`` is empty while it waits."""

    step: str
    due: date | None
    announced: bool
    done: date | None
    in_time: bool | None


class EnquiryOut(Schema):
    id: int
    number: str
    unit: str
    firm: str
    firm_code: str
    contact: str
    phone: str
    email: str
    what: str
    amount: int | None
    channel: str
    received: date
    state: str
    project: int | None
    clock: list[MarkOut]


class EnquiryList(Schema):
    page: Page
    items: list[EnquiryOut]


class EnquiryIn(Schema):
    """Money in yuan."""

    unit: str = Field(max_length=64)
    received: date
    channel: str = Field(max_length=20)
    firm: str = Field(max_length=200)
    firm_code: str = Field("", max_length=40)
    contact: str = Field(max_length=120)
    phone: str = Field("", max_length=40)
    email: str = Field("", max_length=254)
    what: str = Field(max_length=4000)
    industry: str = Field("", max_length=10)
    amount: int | None = Field(None, ge=1, le=10**15)
    origin: str = Field("", max_length=20)
    place: str = Field("", max_length=200)


class StepIn(Schema):
    step: Literal["answer", "experts", "feedback", "follow_up", "close"]
    day: date
    text: str = Field(max_length=4000)


class JudgementIn(Schema):
    result: Literal["accepted", "refused"]
    day: date
    text: str = Field(max_length=4000)
    name: str = Field("", max_length=200)
    kind: str = Field("promoted", max_length=40)
    project: int | None = None


class EnquiryFilter(Slice):
    show: Literal["todo", "late", "accepted", "refused", "closed", "all"] = "all"
    unit: str = ""
    channel: str = ""
    q: str = ""


class AgreementOut(Schema):
    id: int
    project: int
    #: of a practice project
    practice: bool
    title: str
    number: str
    parties: str
    amount: int | None
    state: str
    signed_on: date | None
    version: int


class AgreementList(Schema):
    page: Page
    items: list[AgreementOut]


class AgreementFilter(Slice):
    state: str = ""
    q: str = ""


class VoucherOut(Schema):
    """Money in yuan; an empty reason: it counts."""

    id: int
    project: int
    #: of a practice project
    practice: bool
    day: date
    amount: int
    kind: str
    payer: str
    payer_code: str
    origin: str
    state: str
    reason: str
    copy_of: int
    reverses: int | None


class VoucherList(Schema):
    page: Page
    items: list[VoucherOut]


class VoucherFilter(Slice):
    show: Literal["", "counted", "out", "pending", "duplicate"] = ""
    unit: str = ""
    year: str = Field("", max_length=4)
    origin: str = ""
    q: str = ""


class VoucherIn(Schema):
    project: Id
    day: date
    amount: int = Field(ge=1, le=10**15)
    kind: str = Field(max_length=20)
    payer: str = Field(max_length=200)
    payer_code: str = Field("", max_length=40)
    origin: str = Field(max_length=20)
    payer_place: str = Field("", max_length=12)
    note: str = Field("", max_length=300)


class VerdictIn(Schema):
    state: Literal["verified", "rejected"]
    reason: str = Field("", max_length=300)
    distinct: bool = False


class MonthOut(Schema):
    """Yuan; ``asked`` is the even course of the aim."""

    month: int
    province_outside: int
    foreign: int
    to_date: int
    asked: int | None
    growth: float | None


class FiguresOut(Schema):
    unit: str
    year: int
    aim: int | None
    aim_growth: float | None
    aim_source: str
    months: list[MonthOut]


class FiguresFilter(Schema):
    unit: str = ""
    year: int | None = Field(None, ge=2000, le=2200)


def _reader(request: HttpRequest) -> Person:
    person = require(caller(request), Permission.SEE_PROJECTS)
    if person.role == Role.ENTERPRISE:
        raise NotPermitted
    return person


def _enquiry(row: Enquiry) -> dict[str, Any]:
    ran = course(row, row.steps.all())
    return {
        "id": row.pk, "number": row.number, "unit": row.unit.code, "firm": row.firm,
        "firm_code": row.firm_code, "contact": row.contact, "phone": row.phone,
        "email": row.email, "what": row.what, "amount": row.amount, "channel": row.channel,
        "received": row.received, "state": row.state, "project": row.project_id,
        "clock": [
            {"step": mark.step, "due": mark.due.day, "announced": mark.due.announced,
             "done": mark.done, "in_time": mark.in_time}
            for mark in ran.marks
        ],
    }  # fmt: skip


def _one_enquiry(person: Person, enquiry_id: int) -> Enquiry:
    rows = Enquiry.objects.visible_to(person).select_related("unit", "project")
    row: Enquiry | None = rows.prefetch_related("steps").filter(pk=enquiry_id).first()
    if row is None:
        raise NotFound
    return row


@router.get("/enquiries", response={200: EnquiryList, **ERRORS}, summary="招商线索 / Enquiries")
def list_enquiries(
    request: HttpRequest, asked: Annotated[EnquiryFilter, Query()]
) -> dict[str, Any]:
    """What is due first stands first."""
    person, today = _reader(request), timezone.localdate()
    rows = inbox.filtered(Enquiry.objects.visible_to(person), asked.dict(), today)
    part = sliced(
        rows.select_related("unit", "project").prefetch_related("steps").order_by("due", "-id"),
        asked,
    )
    return {"page": page_of(rows.count(), asked), "items": [_enquiry(row) for row in part]}


@router.get(
    "/enquiries/{enquiry_id}", response={200: EnquiryOut, **ERRORS}, summary="一条线索 / An enquiry"
)
def read_enquiry(request: HttpRequest, enquiry_id: Id) -> dict[str, Any]:
    """With its clock."""
    return _enquiry(_one_enquiry(_reader(request), enquiry_id))


@router.post(
    "/enquiries", response={201: EnquiryOut, **ERRORS}, summary="登记线索 / Register an enquiry"
)
def create_enquiry(request: HttpRequest, sent: EnquiryIn) -> Status[Any]:
    """Its clock runs from the day of receipt."""
    by = caller(request)
    made = register_enquiry(sent.dict(), by=by, at=timezone.now(), money="元")
    return Status(201, _enquiry(made))


@router.post(
    "/enquiries/{enquiry_id}/steps",
    response={200: EnquiryOut, **ERRORS},
    summary="办理线索 / Take a step",
)
def step_enquiry(request: HttpRequest, enquiry_id: Id, sent: StepIn) -> dict[str, Any]:
    """Answer, ask experts, feed back, follow up, close."""
    by, at = caller(request), timezone.now()
    return _enquiry(take_step(enquiry_id, sent.step, sent.text, day=sent.day, by=by, at=at))


@router.post(
    "/enquiries/{enquiry_id}/judgement",
    response={200: EnquiryOut, **ERRORS},
    summary="研判线索 / Judge an enquiry",
)
def judge_one_enquiry(request: HttpRequest, enquiry_id: Id, sent: JudgementIn) -> dict[str, Any]:
    """Accepting opens the one project record."""
    row = judge_enquiry(
        enquiry_id, sent.result, sent.text, day=sent.day, name=sent.name, kind=sent.kind,
        project=sent.project, by=caller(request), at=timezone.now(),
    )  # fmt: skip
    return _enquiry(row)


def _agreement(row: Agreement) -> dict[str, Any]:
    return {
        "id": row.pk, "project": row.project_id, "practice": row.project.practice,
        "title": row.title, "number": row.number,
        "parties": row.parties, "amount": row.amount, "state": row.state,
        "signed_on": row.signed_on, "version": row.version,
    }  # fmt: skip


@router.get("/agreements", response={200: AgreementList, **ERRORS}, summary="招商协议 / Agreements")
def list_agreements(
    request: HttpRequest, asked: Annotated[AgreementFilter, Query()]
) -> dict[str, Any]:
    """Drafts first."""
    rows = agreement_list.filtered(Agreement.objects.visible_to(_reader(request)), asked.dict())
    part = sliced(rows, asked)
    return {"page": page_of(rows.count(), asked), "items": [_agreement(row) for row in part]}


def _voucher(row: Voucher, kept: Ledger) -> dict[str, Any]:
    reason, copy_of = kept.answer(row.pk)
    return {
        "id": row.pk, "project": row.project_id, "practice": row.project.practice,
        "day": row.day, "amount": row.amount,
        "kind": row.kind, "payer": row.payer, "payer_code": row.payer_code, "origin": row.origin,
        "state": row.state, "reason": reason, "copy_of": copy_of, "reverses": row.reverses_id,
    }  # fmt: skip


@router.get("/funds", response={200: VoucherList, **ERRORS}, summary="到位资金 / Funds in place")
def list_funds(request: HttpRequest, asked: Annotated[VoucherFilter, Query()]) -> dict[str, Any]:
    """Vouchers with what counts and why not."""
    rows = Voucher.objects.visible_to(_reader(request)).filter(project__practice=False)
    kept = ledger()
    rows = fund_list.filtered(rows, asked.dict(), kept).select_related("project")
    part = sliced(rows, asked)
    return {"page": page_of(rows.count(), asked), "items": [_voucher(row, kept) for row in part]}


@router.post(
    "/funds", response={201: VoucherOut, **ERRORS}, summary="登记到位资金 / Enter funds in place"
)
def create_voucher(
    request: HttpRequest,
    sent: Annotated[VoucherIn, Form()],
    file: Annotated[UploadedFile, File()],
) -> Status[Any]:
    """With its evidence file; it counts once another person verified it."""
    given = sent.dict()
    project = given.pop("project")
    by, at = caller(request), timezone.now()
    made = enter_voucher(project, given, file, by=by, at=at, money="元")
    return Status(201, _voucher(made, ledger()))


@router.post(
    "/funds/{voucher_id}/verdict",
    response={200: VoucherOut, **ERRORS},
    summary="核验到位资金 / Verify funds in place",
)
def verify_funds(request: HttpRequest, voucher_id: Id, sent: VerdictIn) -> dict[str, Any]:
    """By another person than who entered it."""
    row = verify_voucher(
        voucher_id, sent.state, sent.reason, distinct=sent.distinct, by=caller(request),
        at=timezone.now(),
    )  # fmt: skip
    return _voucher(row, ledger())


@router.get(
    "/promotion-figures",
    response={200: FiguresOut, **ERRORS},
    summary="招商成效 / Figures of promotion",
)
def read_promotion_figures(
    request: HttpRequest, asked: Annotated[FiguresFilter, Query()]
) -> dict[str, Any]:
    """A unit's year month by month, counted from the ledger."""
    person, today = _reader(request), timezone.localdate()
    units = within_reach(person)
    unit = next((one for one in units if one.code == asked.unit), None)
    if unit is None and (asked.unit or not units):
        raise NotFound
    here: Unit = unit or units[0]
    year = asked.year or today.year
    aim = next(iter(aims(here, year)), None)
    lines = months(here, year, today.month if year == today.year else 12, aim)
    return {
        "unit": here.code,
        "year": year,
        "aim": aim.amount if aim else None,
        "aim_growth": float(aim.growth) if aim and aim.growth is not None else None,
        "aim_source": aim.source if aim else "",
        "months": [
            {"month": line.month, "to_date": line.to_date, "asked": line.asked,
             "growth": line.growth, **line.by_origin}
            for line in lines
        ],
    }  # fmt: skip
