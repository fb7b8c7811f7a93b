"""Projects of the library as JSON (项目库接口): the list with its facets, one project, its history.

Money is in whole yuan everywhere, and days are ISO days. Who sees a project whole gets all fields;
of a published project everybody gets what is public, the rest is null.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from hexi.portal.api.errors import ERRORS
from hexi.portal.api.identity import caller
from hexi.portal.api.slices import Id, Page, Slice, page_of
from hexi.portal.core.models import Person
from hexi.portal.core.refusal import NotFound
from hexi.portal.projects.acts.change_record import change_record
from hexi.portal.projects.acts.register_record import register_record
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.queries.chosen import FACETS, choose
from hexi.portal.projects.queries.lines import records_then, tags_of, with_tags

__all__ = ["RecordOut", "one", "router"]

router = Router()

#: what is public of a published project
_OPEN = (
    "number", "name", "kind", "industry", "place", "longitude", "latitude", "total", "content",
    "capacity", "stage", "stage_since", "planned_start", "actual_start", "planned_end",
    "actual_end", "published",
)  # fmt: skip
_INSIDE = (
    "state_code", "plot", "investor", "investor_code", "origin", "sources", "land_mu", "jobs",
    "output", "tax", "energy", "plan_box", "plan_project", "resume_stage", "ended_reason",
    "leader_name", "steward_name", "body", "in_statistics_since", "lamp", "invested", "practice",
    "version", "merged_into_id",
)  # fmt: skip
_Day = Annotated[str, Field(max_length=20)]
_Sum = Annotated[int, Field(ge=0, le=10**15, strict=True)]


class RecordFilter(Slice):
    """Which projects, on which day, in which order."""

    q: str = Field("", max_length=200)
    unit: str = ""
    stage: str = ""
    kind: str = ""
    industry: str = ""
    tag: str = ""
    year: str = ""
    lamp: str = ""
    leader: str = ""
    practice: str = ""
    #: a past day: stages and tags as they were
    asof: str = ""
    #: what a portfolio figure counts: number, started, waiting, completed, producing
    figure: str = ""
    #: 1: what others have published instead of the own scope
    open: str = ""
    sort: str = ""


class RecordOut(Schema):
    """A project of the library."""

    id: int
    number: str
    name: str
    unit: str
    kind: str
    industry: str
    place: str
    longitude: float | None
    latitude: float | None
    total: int | None
    content: str
    capacity: str
    stage: str
    stage_since: date
    planned_start: date | None
    actual_start: date | None
    planned_end: date | None
    actual_end: date | None
    published: bool
    #: lists on which it stands today
    tags: list[str]
    state_code: str | None = None
    plot: str | None = None
    investor: str | None = None
    investor_code: str | None = None
    origin: str | None = None
    sources: dict[str, int] | None = None
    land_mu: float | None = None
    jobs: int | None = None
    output: int | None = None
    tax: int | None = None
    energy: float | None = None
    plan: int | None = None
    plan_box: str | None = None
    plan_project: str | None = None
    resume_stage: str | None = None
    ended_reason: str | None = None
    leader_name: str | None = None
    steward_name: str | None = None
    body: str | None = None
    reporting: str | None = None
    in_statistics_since: date | None = None
    batch: int | None = None
    lamp: str | None = None
    invested: int | None = None
    practice: bool | None = None
    version: int | None = None
    #: the record that it was merged into
    merged_into: int | None = None


class RecordList(Schema):
    page: Page
    #: total investment of all of them, in yuan
    total: int
    items: list[RecordOut]


class FacetList(Schema):
    """Projects by value, by facet, each within the filters of the others."""

    total: int
    facets: dict[str, dict[str, int]]


class StageSpellOut(Schema):
    """A line of the history of stages."""

    stage: str
    since: date
    until: date | None
    back_entered: bool
    reason: str | None = None
    evidence: str | None = None
    by: str | None = None
    at: datetime | None = None


class YearOut(Schema):
    year: int
    planned: int
    content: str


class ProgressMonthOut(Schema):
    month: int
    invested: int
    done: float | None
    note: str


class TagOut(Schema):
    tag: str
    since: date
    until: date | None


class HistoryOut(Schema):
    """What happened to a project; months are told to who sees it whole."""

    stages: list[StageSpellOut]
    plans: list[YearOut]
    tags: list[TagOut]
    progress: list[ProgressMonthOut] | None


class RecordIn(Schema):
    """Fields of the record; only those that are sent are read. Money in whole yuan."""

    name: str | None = Field(None, max_length=300)
    state_code: str | None = Field(None, max_length=40)
    kind: str | None = Field(None, max_length=40)
    unit: str | None = Field(None, max_length=64)
    place: str | None = Field(None, max_length=12)
    plot: str | None = Field(None, max_length=200)
    industry: str | None = Field(None, max_length=10)
    investor: str | None = Field(None, max_length=300)
    investor_code: str | None = Field(None, max_length=40)
    origin: str | None = Field(None, max_length=20)
    total: _Sum | None = None
    sources: dict[str, _Sum] | None = None
    land_mu: float | None = None
    content: str | None = Field(None, max_length=8000)
    capacity: str | None = Field(None, max_length=300)
    jobs: int | None = None
    output: _Sum | None = None
    tax: _Sum | None = None
    energy: float | None = None
    planned_start: _Day | None = None
    actual_start: _Day | None = None
    planned_end: _Day | None = None
    actual_end: _Day | None = None
    leader: str | None = Field(None, max_length=60)
    leader_name: str | None = Field(None, max_length=200)
    steward: str | None = Field(None, max_length=60)
    steward_name: str | None = Field(None, max_length=200)
    body: str | None = Field(None, max_length=300)
    longitude: float | None = None
    latitude: float | None = None
    enterprise: str | None = Field(None, max_length=40)
    plan: Id | None = None
    plan_box: str | None = Field(None, max_length=300)
    plan_project: str | None = Field(None, max_length=400)


class RegisterIn(RecordIn):
    """A new project; without a stage it stands in the reserve."""

    stage: str | None = Field(None, max_length=40)
    stage_since: _Day | None = None
    tags: list[str] | None = None


class ChangeIn(RecordIn):
    """What changes; amount, days and scope with a reason, against the version that was read."""

    reason: str = Field("", max_length=2000)
    version: int | None = None


@router.get("/projects", response={200: RecordList, **ERRORS}, summary="项目库 / Projects")
def list_projects(request: HttpRequest, asked: Annotated[RecordFilter, Query()]) -> dict[str, Any]:
    today = timezone.localdate()
    chosen = choose(caller(request), asked.dict(), today)
    ids = chosen.ids(asked.sort, asked.offset, asked.offset + asked.limit)
    rows = with_tags(ProjectRecord.objects.filter(pk__in=ids), chosen.day)
    found = {row.pk: row for row in rows.select_related("unit", "reporting")}
    listed = records_then([found[pk] for pk in ids if pk in found], chosen)
    return {
        "page": page_of(chosen.total, asked),
        "total": chosen.money,
        "items": [_out(row, chosen.inside) for row in listed],
    }


@router.get("/projects/facets", response={200: FacetList, **ERRORS},
            summary="项目库分面 / Facets of projects")  # fmt: skip
def project_facets(request: HttpRequest, asked: Annotated[RecordFilter, Query()]) -> dict[str, Any]:
    chosen = choose(caller(request), asked.dict(), timezone.localdate())
    private = () if chosen.inside else ("lamp", "leader", "practice")
    facets = {facet: chosen.counts(facet) for facet in FACETS if facet not in private}
    return {"total": chosen.total, "facets": facets}


@router.post("/projects", response={201: RecordOut, **ERRORS}, summary="项目入库 / Register")
def register_project_record(request: HttpRequest, given: RegisterIn) -> Any:
    made = register_record(given.dict(exclude_unset=True), by=caller(request), at=timezone.now())
    return Status(201, one(request, made.pk))


@router.get("/projects/{project_id}", response={200: RecordOut, **ERRORS},
            summary="项目 / One project of the library")  # fmt: skip
def read_project(request: HttpRequest, project_id: Id) -> dict[str, Any]:
    return one(request, project_id)


@router.patch("/projects/{project_id}", response={200: RecordOut, **ERRORS},
              summary="项目变更 / Change a project of the library")  # fmt: skip
def change_project_record(request: HttpRequest, project_id: Id, given: ChangeIn) -> dict[str, Any]:
    sent = given.dict(exclude_unset=True, exclude={"reason", "version"})
    change_record(project_id, sent, by=caller(request), at=timezone.now(),
                  reason=given.reason, seen=given.version)  # fmt: skip
    return one(request, project_id)


@router.get("/projects/{project_id}/history", response={200: HistoryOut, **ERRORS},
            summary="项目历史 / History of a project")  # fmt: skip
def project_history(request: HttpRequest, project_id: Id) -> dict[str, Any]:
    row, inside = _seen(caller(request), project_id)
    return {
        "stages": [_spell(spell, inside) for spell in row.spells.all()],
        "plans": list(row.year_plans.values("year", "planned", "content")),
        "tags": list(row.tags.values("tag", "since", "until")),
        "progress": list(row.progress.values("month", "invested", "done", "note"))
        if inside
        else None,
    }


def one(request: HttpRequest, project_id: int) -> dict[str, Any]:
    """The project as the caller sees it."""
    return _out(*_seen(caller(request), project_id))


def _seen(person: Person | None, project_id: int) -> tuple[ProjectRecord, bool]:
    rows = with_tags(ProjectRecord.objects.filter(pk=project_id), timezone.localdate())
    row = rows.visible_to(person).first()
    if row is None:
        raise NotFound
    return row, ProjectRecord.objects.inside(person).filter(pk=project_id).exists()


def _out(row: ProjectRecord, inside: bool) -> dict[str, Any]:
    said = {name: getattr(row, name) for name in _OPEN}
    said |= {"id": row.pk, "unit": row.unit.code, "tags": [tag.tag for tag in tags_of(row)]}
    if inside:
        said |= {name.removesuffix("_id"): getattr(row, name) for name in _INSIDE}
        said |= {"plan": row.plan_id, "batch": row.batch_id}
        said["reporting"] = row.reporting.code if row.reporting else None
    return said


def _spell(spell: Any, inside: bool) -> dict[str, Any]:
    said = {name: getattr(spell, name) for name in ("stage", "since", "until", "back_entered")}
    if inside:
        said |= {"reason": spell.reason, "evidence": spell.evidence}
        said |= {"by": spell.by_name, "at": spell.at}
    return said
