"""Admission in the API (准入接口): rules, screening, records, agreed figures, stalled cases."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from hexi.portal.admission.acts.keep_screening import keep_screening
from hexi.portal.admission.acts.override_rule import override_rule
from hexi.portal.admission.models import ScreeningRecord
from hexi.portal.admission.queries.agreed import figures_seen, judged
from hexi.portal.admission.queries.rules import table_lines
from hexi.portal.admission.queries.screenings import filtered, lines_of, one_screening
from hexi.portal.admission.queries.shown import standing_result
from hexi.portal.admission.queries.stalled import case_lines
from hexi.portal.admission.rulebook import rulebook, screened, space_on
from hexi.portal.admission.typed_inputs import read_inputs
from hexi.portal.api.errors import ERRORS
from hexi.portal.api.identity import caller
from hexi.portal.api.slices import Id, Page, Slice, page_of, sliced
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell

__all__ = ["router"]

router = Router()

_MOST_FIELDS = 200
Inputs = Annotated[dict[str, str | float | bool | None], Field(max_length=_MOST_FIELDS)]


class FieldOut(Schema):
    id: str
    title: str
    title_en: str
    kind: str
    unit: str
    group: str
    values: list[str]


class RulesOut(Schema):
    """The tables of a day in words, and the fields that they ask for."""

    day: date
    edition: str
    fields: list[FieldOut]
    tables: list[dict[str, Any]]


class ScreenIn(Schema):
    """Inputs by field of the rules; what is missing is not known."""

    inputs: Inputs
    day: date | None = None


class ScreeningAnswerOut(Schema):
    """Result, every rule's outcome, what is missing and what would change it."""

    edition: str
    answer: dict[str, Any]


class KeepIn(ScreenIn):
    project: Id | None = None
    name: str = Field("", max_length=200)
    note: str = Field("", max_length=4000)


class ScreeningOut(Schema):
    id: int
    number: str
    name: str
    #: of a practice project
    practice: bool
    unit: str
    day: date
    result: str
    #: with the rules left out that were set aside
    standing: str
    edition: str
    by: str


class ScreeningList(Schema):
    page: Page
    items: list[ScreeningOut]


class ScreeningDetail(ScreeningOut):
    inputs: dict[str, Any]
    taken: list[str]
    note: str
    answer: dict[str, Any]
    overrides: list[dict[str, Any]]


class OverrideIn(Schema):
    rule: str = Field(max_length=120)
    reason: str = Field(max_length=4000)
    document: str = Field("", max_length=200)
    day: date


class ScreeningFilter(Slice):
    project: Id | None = None
    result: Literal["", "admitted", "incomplete", "unmet", "refused"] = ""
    q: str = Field("", max_length=200)


class AgreedFilter(Slice):
    status: Literal["", "met", "on_the_way", "missed", "no_data"] = ""
    item: str = Field("", max_length=40)
    unit: str = Field("", max_length=64)
    day: date | None = None


class AgreedCaseFilter(Slice):
    state: str = Field("", max_length=10)
    rule: str = Field("", max_length=40)
    unit: str = Field("", max_length=64)
    day: date | None = None


class Lines(Schema):
    page: Page
    items: list[dict[str, Any]]


@router.get(
    "/admission/rules", response={200: RulesOut, **ERRORS}, summary="准入规则 / Admission rules"
)
def admission_rules(request: HttpRequest, day: date | None = None) -> dict[str, Any]:
    """The tables in force on a day."""
    on, book = day or timezone.localdate(), rulebook()
    tables = table_lines(book, space_on(book, on), book.in_force(on), on)
    return {
        "day": on,
        "edition": book.edition,
        "fields": [
            {
                "id": one.id,
                "title": one.title,
                "title_en": one.title_en,
                "kind": one.kind,
                "unit": one.unit,
                "group": one.group,
                "values": list(one.values),
            }
            for one in book.fields.values()
        ],
        "tables": [asdict(table) for table in tables],
    }


@router.post(
    "/admission/screen",
    response={200: ScreeningAnswerOut, **ERRORS},
    summary="筛查但不留存 / Screen without a record",
)
def screen_inputs(request: HttpRequest, sent: ScreenIn) -> dict[str, Any]:
    """The answer of this moment; nothing is kept."""
    require(caller(request), Permission.SCREEN)
    book = rulebook()
    read = read_inputs(_typed(sent), book, strict=True)
    tell(list(read.faults.values()))
    found = screened(read.values, sent.day or timezone.localdate())
    return {"edition": book.edition, "answer": found.as_record()}


@router.get(
    "/admission/screenings",
    response={200: ScreeningList, **ERRORS},
    summary="筛查记录列表 / Screenings on record",
)
def list_screenings(
    request: HttpRequest, asked: Annotated[ScreeningFilter, Query()]
) -> dict[str, Any]:
    """Records that the caller may see, newest first."""
    wanted = {"q": asked.q, "result": asked.result, "project": str(asked.project or "")}
    rows = filtered(caller(request), wanted)
    part = list(sliced(rows, asked))
    lines = {line.id: line.result for line in lines_of(part)}
    items = [_out(row, lines[row.pk]) for row in part]
    return {"page": page_of(rows.count(), asked), "items": items}


@router.get(
    "/admission/screenings/{screening_id}",
    response={200: ScreeningDetail, **ERRORS},
    summary="一份筛查记录 / One screening",
)
def read_screening(request: HttpRequest, screening_id: Id) -> dict[str, Any]:
    """Inputs, answer and overrides, the withdrawn ones too."""
    return _detail(one_screening(screening_id, caller(request)))


@router.post(
    "/admission/screenings",
    response={201: ScreeningDetail, **ERRORS},
    summary="筛查并留存 / Screen and keep",
)
def create_screening(request: HttpRequest, sent: KeepIn) -> Status[Any]:
    """A new record; it is never changed."""
    tell(list(read_inputs(_typed(sent), rulebook(), strict=True).faults.values()))
    row = keep_screening(
        _typed(sent),
        sent.day or timezone.localdate(),
        project_id=sent.project,
        name=sent.name,
        note=sent.note,
        by=caller(request),
        at=timezone.now(),
    )
    return Status(201, _detail(row))


@router.post(
    "/admission/screenings/{screening_id}/overrides",
    response={201: ScreeningDetail, **ERRORS},
    summary="破例 / Set a rule aside",
)
def create_override(request: HttpRequest, screening_id: Id, sent: OverrideIn) -> Status[Any]:
    """By another person than who screened, with a reason."""
    override_rule(
        screening_id,
        sent.rule,
        reason=sent.reason,
        document=sent.document,
        day=sent.day,
        by=caller(request),
        at=timezone.now(),
    )
    return Status(201, _detail(one_screening(screening_id, caller(request))))


@router.get(
    "/admission/agreed",
    response={200: Lines, **ERRORS},
    summary="履约指标 / Agreed figures",
)
def list_agreed(request: HttpRequest, asked: Annotated[AgreedFilter, Query()]) -> dict[str, Any]:
    """Agreed figures with status and sum, what was missed first."""
    person = require(caller(request), Permission.SEE_PROJECTS)
    rows = figures_seen(person, {"item": asked.item, "unit": asked.unit})
    lines = [
        line
        for line in judged(rows, asked.day or timezone.localdate())
        if not asked.status or line.status == asked.status
    ]
    return {
        "page": page_of(len(lines), asked),
        "items": [asdict(line) for line in sliced(lines, asked)],
    }


@router.get(
    "/admission/stalled",
    response={200: Lines, **ERRORS},
    summary="闲置和停滞 / Idle and stalled",
)
def list_stalled(
    request: HttpRequest, asked: Annotated[AgreedCaseFilter, Query()]
) -> dict[str, Any]:
    """What the rules see on a day, and how far people are with it."""
    person = require(caller(request), Permission.SEE_PROJECTS)
    wanted = {"state": asked.state, "rule": asked.rule, "unit": asked.unit}
    lines = case_lines(person, wanted, asked.day or timezone.localdate())
    return {
        "page": page_of(len(lines), asked),
        "items": [asdict(line) for line in sliced(lines, asked)],
    }


def _typed(sent: ScreenIn) -> dict[str, Any]:
    """Numbers and flags of a program as the reader of forms knows them."""
    return {
        name: str(value).lower() if isinstance(value, bool) else value
        for name, value in sent.inputs.items()
        if value is not None
    }


def _out(row: ScreeningRecord, standing: str) -> dict[str, Any]:
    return {
        "id": row.pk,
        "number": row.number,
        "name": row.name,
        "practice": row.practice,
        "unit": row.unit.code,
        "day": row.day,
        "result": row.result,
        "standing": standing,
        "edition": row.edition,
        "by": row.by_name,
    }


def _detail(row: ScreeningRecord) -> dict[str, Any]:
    overrides = list(row.overrides.all())
    return {
        **_out(row, standing_result(row.answer, overrides)),
        "inputs": row.inputs,
        "taken": row.taken,
        "note": row.note,
        "answer": row.answer,
        "overrides": [
            {
                "id": one.pk,
                "rule": one.rule,
                "reason": one.reason,
                "document": one.document,
                "day": one.day.isoformat(),
                "by": one.by_name,
                "withdrawn_by": one.withdrawn_by,
                "withdrawn_reason": one.withdrawn_reason,
            }
            for one in overrides
        ],
    }
