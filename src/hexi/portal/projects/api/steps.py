"""Steps with projects as JSON (项目办理接口): stages, months, plans, lists, batches, merging."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from hexi.portal.api.errors import ERRORS
from hexi.portal.api.identity import caller
from hexi.portal.api.slices import Id, Page, Slice, page_of, sliced
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.projects.acts.enter_progress import enter_progress
from hexi.portal.projects.acts.enter_statistics import enter_statistics, leave_statistics
from hexi.portal.projects.acts.keep_batch import (
    add_to_batch,
    make_batch,
    start_batch,
    take_from_batch,
)
from hexi.portal.projects.acts.keep_tags import renew_tag, tag_records, untag
from hexi.portal.projects.acts.lay_practice_projects import lay_practice_projects
from hexi.portal.projects.acts.merge_records import merge_records, unmerge_records
from hexi.portal.projects.acts.move_stage import move_stage
from hexi.portal.projects.acts.publish_record import publish_record, withdraw_record
from hexi.portal.projects.acts.remove_practice_projects import remove_practice_projects
from hexi.portal.projects.acts.set_year_plan import set_year_plan
from hexi.portal.projects.acts.undo_step import undo_step
from hexi.portal.projects.api.projects import RecordOut, one
from hexi.portal.projects.models import PracticeJob, ProjectRecord, StartBatch
from hexi.portal.projects.queries.doubles import doubles

__all__ = ["router"]

router = Router()

_Ids = Annotated[list[Id], Field(min_length=1, max_length=2000)]
_Reason = Annotated[str, Field(max_length=2000)]
_Sum = Annotated[int, Field(ge=0, le=10**15, strict=True)]


class StageMoveIn(Schema):
    """A step: where to, on which day, why, with what proof."""

    to: str = Field(max_length=30)
    day: date
    reason: _Reason = ""
    evidence: str = Field("", max_length=300)
    #: a reason of the list, for what is suspended or ended
    ended_reason: str = Field("", max_length=40)
    version: int | None = None


class StepReasonIn(Schema):
    reason: _Reason = ""


class ProgressIn(Schema):
    """A month as 202611, yuan invested in it, per cent of the work since the start."""

    month: int
    invested: _Sum
    done: float | None = None
    note: str = Field("", max_length=4000)


class PlanIn(Schema):
    planned: _Sum
    content: str = Field("", max_length=4000)
    reason: _Reason = ""


class StatisticsIn(Schema):
    """Code of its row in the register of reporting projects."""

    reporting: str = Field(max_length=40)
    since: date


class TagIn(Schema):
    """Projects that come onto a list; the day is that from which they stand on it."""

    ids: _Ids
    tag: str = Field(max_length=40)
    since: date
    reason: _Reason = ""


class UntagIn(Schema):
    """``until`` is the first day on which they no longer stand on it."""

    ids: _Ids
    tag: str = Field(max_length=40)
    until: date
    reason: _Reason = ""


class RenewIn(Schema):
    """Without ids all projects of last year's list inside the scope are carried over."""

    tag: str = Field(max_length=40)
    year: int = Field(ge=1990, le=2100)
    ids: _Ids | None = None
    reason: _Reason = ""


class Count(Schema):
    """How many projects were changed."""

    projects: int


class BatchIn(Schema):
    name: str = Field(max_length=300)
    unit: str = Field(max_length=64)
    day: date
    place: str = Field("", max_length=200)
    note: str = Field("", max_length=4000)


class StartBatchOut(Schema):
    id: int
    name: str
    unit: str
    day: date
    place: str
    note: str
    #: projects in it that have not been merged away
    projects: int


class StartBatchList(Schema):
    page: Page
    items: list[StartBatchOut]


class IdsIn(Schema):
    ids: _Ids


class MergeRecordIn(Schema):
    """The record that is merged into the one of the address."""

    other: Id
    reason: _Reason = ""


class DoubleOut(Schema):
    """Two records that may be one project, and why: state_code, investor, name, place."""

    one: int
    other: int
    likeness: float
    grounds: list[str]


class DoubleList(Schema):
    #: all there are; the surest are listed
    total: int
    items: list[DoubleOut]


class PracticeIn(Schema):
    #: projects of no list beside the published ones
    more: int = Field(0, ge=0, le=2000)


class PracticeJobOut(Schema):
    """Laying (lay) or taking away (remove): waiting, working, done, failed."""

    kind: str
    state: str
    done: int
    total: int
    asked_at: datetime
    finished_at: datetime | None


class PracticeOut(Schema):
    """Practice projects in the library now, and the newest job of the worker."""

    projects: int
    job: PracticeJobOut | None


def _changed(summary: str) -> dict[str, Any]:
    return {"response": {200: RecordOut, **ERRORS}, "summary": summary}


@router.post("/projects/{project_id}/move", **_changed("阶段调整 / Move to a stage"))
def move_project(request: HttpRequest, project_id: Id, given: StageMoveIn) -> dict[str, Any]:
    said = given.dict(exclude={"version"})
    move_stage(project_id, **said, seen=given.version, by=caller(request), at=timezone.now())
    return one(request, project_id)


@router.post("/projects/{project_id}/undo-step", **_changed("撤销阶段调整 / Take a step back"))
def undo_project_step(request: HttpRequest, project_id: Id, given: StepReasonIn) -> dict[str, Any]:
    undo_step(project_id, reason=given.reason, by=caller(request), at=timezone.now())
    return one(request, project_id)


@router.post("/projects/{project_id}/progress", **_changed("月度进展 / Progress of a month"))
def enter_project_progress(
    request: HttpRequest, project_id: Id, given: ProgressIn
) -> dict[str, Any]:
    said = given.dict()
    enter_progress(project_id, **said, by=caller(request), at=timezone.now())
    return one(request, project_id)


@router.put("/projects/{project_id}/plans/{year}", **_changed("年度计划 / Plan of a year"))
def put_year_plan(request: HttpRequest, project_id: Id, year: int, given: PlanIn) -> dict[str, Any]:
    set_year_plan(project_id, year, **given.dict(), by=caller(request), at=timezone.now())
    return one(request, project_id)


@router.post("/projects/{project_id}/publish", **_changed("项目公开 / Open to the public"))
def publish_project(request: HttpRequest, project_id: Id, given: StepReasonIn) -> dict[str, Any]:
    publish_record(project_id, reason=given.reason, by=caller(request), at=timezone.now())
    return one(request, project_id)


@router.post("/projects/{project_id}/withdraw", **_changed("撤回公开 / Withdraw"))
def withdraw_project(request: HttpRequest, project_id: Id, given: StepReasonIn) -> dict[str, Any]:
    withdraw_record(project_id, reason=given.reason, by=caller(request), at=timezone.now())
    return one(request, project_id)


@router.post("/projects/{project_id}/statistics", **_changed("入统 / Enter in statistics"))
def enter_project_statistics(
    request: HttpRequest, project_id: Id, given: StatisticsIn
) -> dict[str, Any]:
    enter_statistics(project_id, given.reporting, given.since,
                     by=caller(request), at=timezone.now())  # fmt: skip
    return one(request, project_id)


@router.post("/projects/{project_id}/leave-statistics", **_changed("退统 / Leave statistics"))
def leave_project_statistics(
    request: HttpRequest, project_id: Id, given: StepReasonIn
) -> dict[str, Any]:
    leave_statistics(project_id, reason=given.reason, by=caller(request), at=timezone.now())
    return one(request, project_id)


@router.post("/projects/{project_id}/merge", **_changed("合并 / Merge another record into it"))
def merge_project(request: HttpRequest, project_id: Id, given: MergeRecordIn) -> dict[str, Any]:
    by, at = caller(request), timezone.now()
    merge_records(project_id, given.other, reason=given.reason, by=by, at=at)
    return one(request, project_id)


@router.post("/projects/{project_id}/unmerge", **_changed("撤销合并 / Take a merging apart"))
def unmerge_project(request: HttpRequest, project_id: Id, given: StepReasonIn) -> dict[str, Any]:
    unmerge_records(project_id, reason=given.reason, by=caller(request), at=timezone.now())
    return one(request, project_id)


@router.get("/project-doubles", response={200: DoubleList, **ERRORS},
            summary="疑似重复 / Records that may be one project")  # fmt: skip
def project_doubles(request: HttpRequest) -> dict[str, Any]:
    person = require(caller(request), Permission.KEEP_PROJECTS)
    found, total = doubles(person, last=200)
    items = [
        {"one": d.one.pk, "other": d.other.pk, "likeness": d.candidate.likeness,
         "grounds": list(d.candidate.grounds)}
        for d in found
    ]  # fmt: skip
    return {"total": total, "items": items}


@router.post("/project-tags", response={200: Count, **ERRORS}, summary="列入清单 / Put on a list")
def put_on_list(request: HttpRequest, given: TagIn) -> dict[str, int]:
    made = tag_records(**given.dict(), by=caller(request), at=timezone.now())
    return {"projects": len(made)}


@router.post("/project-tags/remove", response={200: Count, **ERRORS},
             summary="移出清单 / Take off a list")  # fmt: skip
def take_off_list(request: HttpRequest, given: UntagIn) -> dict[str, int]:
    untag(**given.dict(), by=caller(request), at=timezone.now())
    return {"projects": len(set(given.ids))}


@router.post("/project-tags/renew", response={200: Count, **ERRORS},
             summary="年度结转 / Carry a yearly list over")  # fmt: skip
def renew_list(request: HttpRequest, given: RenewIn) -> dict[str, int]:
    return {"projects": renew_tag(**given.dict(), by=caller(request), at=timezone.now())}


@router.get("/start-batches", response={200: StartBatchList, **ERRORS},
            summary="集中开工 / Start batches")  # fmt: skip
def list_batches(request: HttpRequest, asked: Annotated[Slice, Query()]) -> dict[str, Any]:
    rows = StartBatch.objects.visible_to(caller(request)).select_related("unit")
    part = sliced(rows, asked)
    return {"page": page_of(rows.count(), asked), "items": [_batch(row) for row in part]}


@router.post("/start-batches", response={201: StartBatchOut, **ERRORS},
             summary="新建集中开工 / Set up a start batch")  # fmt: skip
def make_start_batch(request: HttpRequest, given: BatchIn) -> Any:
    made = make_batch(**given.dict(), by=caller(request), at=timezone.now())
    return Status(201, _batch(made))


@router.post("/start-batches/{batch_id}/projects", response={200: Count, **ERRORS},
             summary="加入批次 / Put projects into a batch")  # fmt: skip
def put_into_batch(request: HttpRequest, batch_id: Id, given: IdsIn) -> dict[str, int]:
    return {"projects": add_to_batch(batch_id, given.ids, by=caller(request), at=timezone.now())}


@router.post("/start-batches/{batch_id}/projects/remove", response={200: Count, **ERRORS},
             summary="移出批次 / Take projects out of a batch")  # fmt: skip
def take_out_of_batch(request: HttpRequest, batch_id: Id, given: IdsIn) -> dict[str, int]:
    by, at = caller(request), timezone.now()
    return {"projects": take_from_batch(batch_id, given.ids, by=by, at=at)}


@router.post("/start-batches/{batch_id}/start", response={200: Count, **ERRORS},
             summary="批次开工 / Start a batch")  # fmt: skip
def start_whole_batch(request: HttpRequest, batch_id: Id, given: StepReasonIn) -> dict[str, int]:
    by, at = caller(request), timezone.now()
    return {"projects": start_batch(batch_id, reason=given.reason, by=by, at=at)}


@router.get("/project-practice", response={200: PracticeOut, **ERRORS},
            summary="演练项目 / Practice projects")  # fmt: skip
def read_practice(request: HttpRequest) -> dict[str, Any]:
    person = require(caller(request), Permission.MAKE_PRACTICE)
    return _practice(PracticeJob.objects.visible_to(person).first())


@router.post("/project-practice", response={202: PracticeOut, **ERRORS},
             summary="生成演练项目 / Lay practice projects")  # fmt: skip
def lay_practice(request: HttpRequest, given: PracticeIn) -> Any:
    by, at = caller(request), timezone.now()
    return Status(202, _practice(lay_practice_projects(by=by, at=at, more=given.more)))


@router.delete("/project-practice", response={202: PracticeOut, **ERRORS},
               summary="清除演练项目 / Take practice projects away")  # fmt: skip
def remove_practice(request: HttpRequest) -> Any:
    by, at = caller(request), timezone.now()
    return Status(202, _practice(remove_practice_projects(by=by, at=at)))


def _practice(job: PracticeJob | None) -> dict[str, Any]:
    said = ("kind", "state", "done", "total", "asked_at", "finished_at")
    return {
        "projects": ProjectRecord.objects.filter(practice=True).count(),
        "job": {name: getattr(job, name) for name in said} if job else None,
    }


def _batch(row: StartBatch) -> dict[str, Any]:
    said = {name: getattr(row, name) for name in ("name", "day", "place", "note")}
    live = row.projects.filter(merged_into=None).count()
    return {"id": row.pk, "unit": row.unit.code, "projects": live, **said}
