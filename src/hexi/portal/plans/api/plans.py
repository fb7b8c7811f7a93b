"""Plans in the API (规划接口)."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from hexi.portal.api.errors import ERRORS
from hexi.portal.api.identity import caller
from hexi.portal.api.slices import Id, Page, Slice, page_of, sliced
from hexi.portal.core.models import Person
from hexi.portal.plans.acts.change_plan import change_plan
from hexi.portal.plans.acts.delete_plan import delete_plan
from hexi.portal.plans.acts.publish_plan import publish_plan, unpublish_plan
from hexi.portal.plans.api.readings import document_out
from hexi.portal.plans.api.shapes import CountsOut, PlanDetail, PlanOut
from hexi.portal.plans.models import PlanRow, TargetRow
from hexi.portal.plans.queries.comparison import compare
from hexi.portal.plans.queries.plan_lists import plan_lines, verdict_counts
from hexi.portal.plans.queries.plan_page import plan_of, shown_documents
from hexi.portal.plans.views.library import filtered

__all__ = ["router"]

router = Router()


class PlanFilter(Slice):
    """Which plans."""

    q: str = ""
    level: str = ""
    unit: str = ""
    state: str = ""


class PlanList(Schema):
    page: Page
    items: list[PlanOut]


class PlanChange(Schema):
    """Only the fields that are sent are changed."""

    title: str | None = Field(None, max_length=300)
    unit: str | None = None
    level: str | None = Field(None, max_length=40)
    first_year: int | None = None
    last_year: int | None = None
    upper: Id | None = None
    reason: str = ""


class Reason(Schema):
    reason: str = ""


class Overview(Schema):
    """The first screen's figures."""

    plans: int
    targets: CountsOut


class Pair(Schema):
    """Targets of two plans on one indicator."""

    indicator: str
    left: list[int]
    right: list[int]
    remark: str


class Comparison(Schema):
    pairs: list[Pair]
    only_left: list[int]
    only_right: list[int]


@router.get("/overview", response={200: Overview, **ERRORS}, summary="总览 / Overview")
def overview(request: HttpRequest) -> dict[str, Any]:
    person = caller(request)
    counts = verdict_counts(TargetRow.objects.visible_to(person))
    return {"plans": PlanRow.objects.visible_to(person).count(), "targets": counts}


@router.get("/plans", response={200: PlanList, **ERRORS}, summary="规划列表 / Plans")
def plans(request: HttpRequest, asked: Annotated[PlanFilter, Query()]) -> dict[str, Any]:
    person = caller(request)
    rows = filtered(PlanRow.objects.visible_to(person), asked.dict())
    part = list(sliced(rows.select_related("unit").order_by("id"), asked))
    return {"page": page_of(rows.count(), asked), "items": plan_out(part, person)}


@router.get("/plans/{plan_id}", response={200: PlanDetail, **ERRORS}, summary="规划 / One plan")
def plan(request: HttpRequest, plan_id: Id) -> dict[str, Any]:
    person = caller(request)
    row = plan_of(plan_id, person)
    return {
        **plan_out([row], person)[0],
        "documents_list": [document_out(document) for document in shown_documents(row)],
        "register_": row.register(),
    }


@router.patch("/plans/{plan_id}", response={200: PlanOut, **ERRORS}, summary="修改 / Change")
def change(request: HttpRequest, plan_id: Id, changes: PlanChange) -> dict[str, Any]:
    sent = changes.dict(exclude_unset=True, exclude={"reason"})
    person = caller(request)
    change_plan(plan_id, sent, by=person, at=timezone.now(), reason=changes.reason)
    return plan_out([plan_of(plan_id, person)], person)[0]


@router.post(
    "/plans/{plan_id}/publish", response={200: PlanOut, **ERRORS}, summary="公开 / Publish"
)
def publish(request: HttpRequest, plan_id: Id, why: Reason) -> dict[str, Any]:
    person = caller(request)
    publish_plan(plan_id, by=person, at=timezone.now(), reason=why.reason)
    return plan_out([plan_of(plan_id, person)], person)[0]


@router.post(
    "/plans/{plan_id}/unpublish", response={200: PlanOut, **ERRORS}, summary="撤回公开 / Unpublish"
)
def unpublish(request: HttpRequest, plan_id: Id, why: Reason) -> dict[str, Any]:
    person = caller(request)
    unpublish_plan(plan_id, by=person, at=timezone.now(), reason=why.reason)
    return plan_out([plan_of(plan_id, person)], person)[0]


@router.delete("/plans/{plan_id}", response={204: None, **ERRORS}, summary="删除 / Delete")
def delete(request: HttpRequest, plan_id: Id, reason: str = "") -> Status[None]:
    delete_plan(plan_id, reason=reason, by=caller(request), at=timezone.now())
    return Status(204, None)


@router.get("/compare", response={200: Comparison, **ERRORS}, summary="规划对照 / Compare")
def comparison(request: HttpRequest, left: Id, right: Id) -> dict[str, Any]:
    person = caller(request)
    found = compare(plan_of(left, person), plan_of(right, person))
    return {
        "pairs": [
            {
                "indicator": row["indicator"],
                "left": [line.id for line in row["left"]],
                "right": [line.id for line in row["right"]],
                "remark": row["remark"],
            }
            for row in found["rows"]
        ],
        "only_left": [line.id for line in found["only_left"]],
        "only_right": [line.id for line in found["only_right"]],
    }


def plan_out(rows: list[PlanRow], person: Person | None) -> list[dict[str, Any]]:
    """Plans as the API gives them."""
    return [
        {
            "id": row.pk,
            "title": row.title,
            "unit": row.unit.code if row.unit else "",
            "unit_name": row.unit.name if row.unit else "",
            "level": row.level,
            "first_year": row.first_year,
            "last_year": row.last_year,
            "source": row.source,
            "pack_id": row.pack_id,
            "published": row.published,
            "state": line.state,
            "documents": line.documents,
            "statements": line.statements,
            "checked": line.checked,
            "open_faults": line.faults,
            "targets": line.counts,
        }
        for row, line in zip(rows, plan_lines(rows, person), strict=True)
    ]
