"""Projects as JSON (项目名录接口): the register of projects and its steps."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from hexi.portal.api.errors import ERRORS
from hexi.portal.api.identity import caller
from hexi.portal.api.slices import Id, Page, Slice, page_of, sliced
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.returns import form_book
from hexi.portal.returns.acts.change_project import change_project
from hexi.portal.returns.acts.close_project import close_project, take_project_back
from hexi.portal.returns.acts.register_project import register_project
from hexi.portal.returns.api.register import CloseIn, Reasoned
from hexi.portal.returns.models import Project
from hexi.portal.returns.queries.project_page import filtered, sorted_rows
from hexi.portal.returns.registers.project_book import with_reporter
from hexi.portal.returns.scope import one_seen

__all__ = ["router"]

router = Router()

_FIELDS = ("code", "name", "industry", "place", "since", "until", "closed")


class ProjectFilter(Slice):
    """Which projects, in which order."""

    q: str = ""
    unit: str = ""
    state: str = ""
    sort: str = ""


class ProjectOut(Schema):
    """A project of the register."""

    id: int
    code: str
    name: str
    unit: str
    #: credit code of the responsible enterprise
    enterprise: str
    industry: str
    place: str
    since: date
    until: date
    closed: date | None


class ProjectList(Schema):
    page: Page
    items: list[ProjectOut]


class ProjectIn(Schema):
    """Fields of the register as files write them; only those that are sent are changed."""

    code: str | None = Field(None, max_length=60)
    name: str | None = Field(None, max_length=300)
    unit: str | None = Field(None, max_length=200)
    enterprise: str | None = Field(None, max_length=40)
    industry: str | None = Field(None, max_length=10)
    place: str | None = Field(None, max_length=12)
    since: str | None = Field(None, max_length=20)
    until: str | None = Field(None, max_length=20)
    contact: str | None = Field(None, max_length=100)
    phone: str | None = Field(None, max_length=60)
    email: str | None = Field(None, max_length=254)
    reason: str = ""


@router.get(
    "/reporting-projects", response={200: ProjectList, **ERRORS}, summary="项目名录 / Projects"
)
def projects(request: HttpRequest, asked: Annotated[ProjectFilter, Query()]) -> dict[str, Any]:
    person = require(caller(request), Permission.KEEP_REGISTER)
    today = form_book.day_of(timezone.now())
    rows = filtered(Project.objects.visible_to(person), asked.dict(), today)
    part = sliced(sorted_rows(rows, asked.sort), asked)
    return {"page": page_of(rows.count(), asked), "items": [_out(row) for row in part]}


@router.post(
    "/reporting-projects", response={200: ProjectOut, **ERRORS}, summary="项目入库 / Enter"
)
def enter_project(request: HttpRequest, given: ProjectIn) -> dict[str, Any]:
    made = register_project(given.dict(exclude={"reason"}), by=caller(request), at=timezone.now())
    return _one(request, made.pk)


@router.get("/reporting-projects/{project_id}", response={200: ProjectOut, **ERRORS},
            summary="项目 / One project")  # fmt: skip
def one_project(request: HttpRequest, project_id: Id) -> dict[str, Any]:
    return _one(request, project_id)


@router.patch("/reporting-projects/{project_id}", response={200: ProjectOut, **ERRORS},
              summary="项目变更 / Change")  # fmt: skip
def change_one_project(request: HttpRequest, project_id: Id, given: ProjectIn) -> dict[str, Any]:
    sent = given.dict(exclude_unset=True, exclude={"reason", "code"})
    by, at = caller(request), timezone.now()
    change_project(project_id, sent, by=by, at=at, reason=given.reason)
    return _one(request, project_id)


@router.post("/reporting-projects/{project_id}/close", response={200: ProjectOut, **ERRORS},
             summary="项目关闭 / Close")  # fmt: skip
def close_one_project(request: HttpRequest, project_id: Id, given: CloseIn) -> dict[str, Any]:
    by, at = caller(request), timezone.now()
    close_project(project_id, given.since, reason=given.reason, by=by, at=at)
    return _one(request, project_id)


@router.post("/reporting-projects/{project_id}/reopen", response={200: ProjectOut, **ERRORS},
             summary="撤销项目关闭 / Take the closing back")  # fmt: skip
def reopen_one_project(request: HttpRequest, project_id: Id, given: Reasoned) -> dict[str, Any]:
    by, at = caller(request), timezone.now()
    take_project_back(project_id, reason=given.reason, by=by, at=at)
    return _one(request, project_id)


def _out(row: Project) -> dict[str, Any]:
    kept = {name: getattr(row, name) for name in _FIELDS}
    home = row.reporter.home.code
    return {"id": row.pk, **kept, "unit": home, "enterprise": row.enterprise.code}


def _one(request: HttpRequest, project_id: int) -> dict[str, Any]:
    person = require(caller(request), Permission.KEEP_REGISTER)
    return _out(one_seen(with_reporter(), person, pk=project_id))
