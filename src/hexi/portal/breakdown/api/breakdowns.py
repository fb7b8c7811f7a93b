"""Breaking down as JSON (分解接口): paths, sheets, parts, duties, yearly plans."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from hexi.portal.api.errors import ERRORS
from hexi.portal.api.identity import caller
from hexi.portal.api.slices import Id
from hexi.portal.breakdown.acts.accept_part import accept_part
from hexi.portal.breakdown.acts.assign_duty import Duty, assign_duty
from hexi.portal.breakdown.acts.discard_breakdown import discard_breakdown
from hexi.portal.breakdown.acts.fill_parts import fill_parts
from hexi.portal.breakdown.acts.open_breakdown import open_breakdown
from hexi.portal.breakdown.acts.propose_parts import propose_parts
from hexi.portal.breakdown.acts.save_parts import save_parts
from hexi.portal.breakdown.acts.send_part_back import send_part_back
from hexi.portal.breakdown.acts.set_path import set_path
from hexi.portal.breakdown.acts.settle_parts import settle_parts
from hexi.portal.breakdown.acts.spread_gap import spread_gap
from hexi.portal.breakdown.acts.undo_parts import undo_parts
from hexi.portal.breakdown.acts.withdraw_part import withdraw_part
from hexi.portal.breakdown.holding import lines_of, one_part, one_sheet
from hexi.portal.breakdown.models import Part
from hexi.portal.breakdown.queries.duty_lines import duty_lines
from hexi.portal.breakdown.queries.target_head import seen_target
from hexi.portal.breakdown.queries.yearly import plan_of, unit_for_plan
from hexi.portal.breakdown.sheet.balancing import checks_of
from hexi.portal.breakdown.sheet.course import course_of
from hexi.portal.core.names import name_of
from hexi.portal.scoreboard.models import MonitoredTarget

__all__ = ["router"]

router = Router()

Year = Annotated[int, Field(ge=1900, le=2200)]
Cells = Annotated[dict[str, str], Field(max_length=5000)]
Edit = Annotated[int, Field(ge=0, le=2**31 - 1)] | None
_LINES = 60


class PathOut(Schema):
    """The path of a target: the figure of every year as decimal text."""

    target: int
    shape: str
    path: dict[str, str]
    changed_at: datetime


class PathIn(Schema):
    shape: str
    #: year to figure, for a path by hand
    by_hand: Annotated[dict[str, str], Field(default_factory=dict, max_length=100)]
    reason: str = ""
    #: the stamp (``changed_at``) that the caller knows
    seen: str = ""


class PartOut(Schema):
    """One part."""

    id: int
    unit: str
    name: str
    target: int
    state: str
    adopted: bool
    figures: dict[str, str]
    due: date | None
    reason: str


class CheckOut(Schema):
    """Whether the parts give the whole in a year."""

    year: int
    whole: str
    total: str
    gap: str
    agrees: bool
    said: str


class SheetOut(Schema):
    """The sheet of a breakdown."""

    target: int
    method: str
    day: date
    edit: int
    years: list[int]
    parts: list[PartOut]
    checks: list[CheckOut]


class BeginIn(Schema):
    units: Annotated[list[str], Field(max_length=500)]
    day: date


class BreakdownCellsIn(Schema):
    cells: Cells
    seen: Edit = None


class RefusedCell(Schema):
    code: str
    message: str


class SavedOut(Schema):
    """What became of the cells: kept as said here, or refused with the reason."""

    edit: int
    kept: dict[str, str]
    refused: dict[str, RefusedCell]


class FillIn(Schema):
    method: str
    seen: Edit = None


class SpreadIn(Schema):
    year: Year | None = None
    seen: Edit = None


class BreakdownStepIn(Schema):
    seen: Edit = None


class ProposeIn(Schema):
    units: Annotated[list[str], Field(max_length=500)] | None = None
    due: date | None = None
    reason: str = ""
    seen: Edit = None


class ReasonIn(Schema):
    reason: str


class AcceptIn(Schema):
    #: the moment of the proposal (``proposed_at``) that the caller knows
    seen: str = ""


class BackIn(Schema):
    reason: str
    #: year to the figure that the unit asks for
    asked: Annotated[dict[str, str], Field(default_factory=dict, max_length=100)]
    seen: str = ""


class Measure(Schema):
    text: str
    due: str = ""


class Project(Schema):
    name: str
    state: str = ""


class DutyIn(Schema):
    body: str = ""
    person: Id | None = None
    requirement: str = ""
    measures: Annotated[list[Measure], Field(default_factory=list, max_length=_LINES)]
    projects: Annotated[list[Project], Field(default_factory=list, max_length=_LINES)]
    seen: str = ""


class DutyOut(Schema):
    """Who answers for a target, and how."""

    target: int
    body: str
    person: str
    requirement: str
    measures: list[Measure]
    projects: list[Project]
    changed_at: datetime


class YearlyDuty(Schema):
    indicator: str
    measure_unit: str
    base: str
    last: str
    value: str
    final: str
    quarters: list[str]
    body: str
    person: str
    reason: str


class YearlyOut(Schema):
    """The yearly plan of a unit."""

    unit: str
    year: int
    title: str
    summary: str
    duties: list[YearlyDuty]


@router.get("/breakdowns/{target}/path", response={200: PathOut, **ERRORS},
            summary="年度路径 / The path of a target")  # fmt: skip
def path(request: HttpRequest, target: Id) -> dict[str, Any]:
    return _path(seen_target(target, caller(request)))


@router.post("/breakdowns/{target}/path", response={200: PathOut, **ERRORS},
             summary="确定年度路径 / Set the path")  # fmt: skip
def put_path(request: HttpRequest, target: Id, given: PathIn) -> dict[str, Any]:
    row = set_path(
        target,
        given.shape,
        given.by_hand,
        reason=given.reason,
        by=caller(request),
        at=timezone.now(),
        seen=given.seen,
    )
    return _path(row)


@router.get("/breakdowns/{target}", response={200: SheetOut, **ERRORS},
            summary="分解表 / The sheet of a breakdown")  # fmt: skip
def sheet(request: HttpRequest, target: Id) -> dict[str, Any]:
    return _sheet(request, target)


@router.post("/breakdowns/{target}", response={200: SheetOut, **ERRORS},
             summary="开始分解 / Begin, or change the units")  # fmt: skip
def begin(request: HttpRequest, target: Id, given: BeginIn) -> dict[str, Any]:
    open_breakdown(target, given.units, given.day, by=caller(request), at=timezone.now())
    return _sheet(request, target)


@router.post("/breakdowns/{target}/cells", response={200: SavedOut, **ERRORS},
             summary="保存分解数 / Save figures")  # fmt: skip
def cells(request: HttpRequest, target: Id, given: BreakdownCellsIn) -> dict[str, Any]:
    by, at = caller(request), timezone.now()
    saved = save_parts(target, given.cells, by=by, at=at, seen=given.seen)
    return {
        "edit": saved.sheet.edit,
        "kept": saved.kept,
        "refused": {
            name: {"code": refusal.code, "message": str(refusal.message)}
            for name, refusal in saved.refused.items()
        },
    }


@router.post("/breakdowns/{target}/fill", response={200: SheetOut, **ERRORS},
             summary="测算建议数 / Compute the proposals")  # fmt: skip
def fill(request: HttpRequest, target: Id, given: FillIn) -> dict[str, Any]:
    by, at = caller(request), timezone.now()
    fill_parts(target, given.method, by=by, at=at, seen=given.seen)
    return _sheet(request, target)


@router.post("/breakdowns/{target}/settle", response={200: SheetOut, **ERRORS},
             summary="采用协商数 / Take over the negotiated figures")  # fmt: skip
def settle(request: HttpRequest, target: Id, given: BreakdownStepIn) -> dict[str, Any]:
    settle_parts(target, by=caller(request), at=timezone.now(), seen=given.seen)
    return _sheet(request, target)


@router.post("/breakdowns/{target}/spread", response={200: SheetOut, **ERRORS},
             summary="差额分摊 / Spread the gap")  # fmt: skip
def spread(request: HttpRequest, target: Id, given: SpreadIn) -> dict[str, Any]:
    spread_gap(target, given.year, by=caller(request), at=timezone.now(), seen=given.seen)
    return _sheet(request, target)


@router.post("/breakdowns/{target}/undo", response={200: SheetOut, **ERRORS},
             summary="撤销 / Take the last change back")  # fmt: skip
def undo(request: HttpRequest, target: Id, given: BreakdownStepIn) -> dict[str, Any]:
    undo_parts(target, by=caller(request), at=timezone.now(), seen=given.seen)
    return _sheet(request, target)


@router.post("/breakdowns/{target}/discard", response={204: None, **ERRORS},
             summary="作废分解 / Drop the breakdown")  # fmt: skip
def discard(request: HttpRequest, target: Id, given: ReasonIn) -> Status[None]:
    discard_breakdown(target, reason=given.reason, by=caller(request), at=timezone.now())
    return Status(204, None)


@router.post("/breakdowns/{target}/propose", response={200: SheetOut, **ERRORS},
             summary="下达分解指标 / Put the parts to their units")  # fmt: skip
def propose(request: HttpRequest, target: Id, given: ProposeIn) -> dict[str, Any]:
    propose_parts(
        target,
        given.units,
        due=given.due,
        reason=given.reason,
        by=caller(request),
        at=timezone.now(),
        seen=given.seen,
    )
    return _sheet(request, target)


@router.get("/parts/{part}", response={200: PartOut, **ERRORS}, summary="分解指标 / One part")
def part(request: HttpRequest, part: Id) -> dict[str, Any]:
    return _part(one_part(part, caller(request)))


@router.post("/parts/{part}/accept", response={200: PartOut, **ERRORS},
             summary="认领 / Accept a part")  # fmt: skip
def accept(request: HttpRequest, part: Id, given: AcceptIn) -> dict[str, Any]:
    return _part(accept_part(part, by=caller(request), at=timezone.now(), seen=given.seen))


@router.post("/parts/{part}/back", response={200: PartOut, **ERRORS},
             summary="退回 / Send a part back")  # fmt: skip
def back(request: HttpRequest, part: Id, given: BackIn) -> dict[str, Any]:
    by, at = caller(request), timezone.now()
    return _part(
        send_part_back(part, given.asked, reason=given.reason, by=by, at=at, seen=given.seen)
    )


@router.post("/parts/{part}/withdraw", response={200: PartOut, **ERRORS},
             summary="收回 / Take a proposal back")  # fmt: skip
def withdraw(request: HttpRequest, part: Id, given: ReasonIn) -> dict[str, Any]:
    by, at = caller(request), timezone.now()
    return _part(withdraw_part(part, reason=given.reason, by=by, at=at))


@router.get("/breakdowns/{target}/duty", response={200: DutyOut, **ERRORS},
            summary="责任 / The duty for a target")  # fmt: skip
def duty(request: HttpRequest, target: Id) -> dict[str, Any]:
    return _duty(seen_target(target, caller(request)))


@router.post("/breakdowns/{target}/duty", response={200: DutyOut, **ERRORS},
             summary="落实责任 / Assign the duty")  # fmt: skip
def put_duty(request: HttpRequest, target: Id, given: DutyIn) -> dict[str, Any]:
    lines = Duty(
        body=given.body,
        person=given.person,
        requirement=given.requirement,
        measures=[line.dict() for line in given.measures],
        projects=[line.dict() for line in given.projects],
    )
    by, at = caller(request), timezone.now()
    return _duty(assign_duty(target, lines, by=by, at=at, seen=given.seen))


@router.get("/yearly-plans/{unit}/{year}", response={200: YearlyOut, **ERRORS},
            summary="年度计划 / The yearly plan of a unit")  # fmt: skip
def yearly(request: HttpRequest, unit: str, year: Year) -> dict[str, Any]:
    person = caller(request)
    found = plan_of(unit_for_plan(unit, person), year, person, timezone.localdate())
    names = ("indicator", "measure_unit", "base", "last", "value", "final", "quarters", "body",
             "person", "reason")  # fmt: skip
    return {
        "unit": unit,
        "year": year,
        "title": found.title,
        "summary": found.summary,
        "duties": [{name: getattr(one, name) for name in names} for one in found.duties],
    }


def _path(row: MonitoredTarget) -> dict[str, Any]:
    return {
        "target": row.pk,
        "shape": row.path_shape,
        "path": row.path,
        "changed_at": row.changed_at,
    }


def _sheet(request: HttpRequest, target: int) -> dict[str, Any]:
    found = one_sheet(target, caller(request))
    lines, course = lines_of(found), course_of(found.whole)
    fields = ("year", "whole", "total", "gap", "agrees", "said")
    return {
        "target": target,
        "method": found.method,
        "day": found.day,
        "edit": found.edit,
        "years": list(course.years),
        "parts": [_part(line) for line in lines],
        "checks": [{f: getattr(c, f) for f in fields} for c in checks_of(course, lines)],
    }


def _part(row: Part) -> dict[str, Any]:
    return {
        "id": row.pk,
        "unit": row.unit.code,
        "name": name_of(row.unit),
        "target": row.target_id,
        "state": row.state,
        "adopted": row.adopted,
        "figures": row.figures,
        "due": row.due,
        "reason": row.reason,
    }


def _duty(row: MonitoredTarget) -> dict[str, Any]:
    found = duty_lines(row)
    return {
        "target": row.pk,
        "body": found.body,
        "person": found.person,
        "requirement": found.requirement,
        "measures": [{"text": text, "due": due} for text, due in found.measures],
        "projects": [{"name": name, "state": state} for name, state in found.projects],
        "changed_at": row.changed_at,
    }
