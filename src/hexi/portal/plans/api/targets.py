"""Targets in the API (目标接口)."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from hexi.portal.api.errors import ERRORS
from hexi.portal.api.identity import caller
from hexi.portal.api.slices import Id, Page, Slice, page_of, sliced
from hexi.portal.plans.api.shapes import CountsOut, TargetDetail, TargetOut
from hexi.portal.plans.models import TargetRow
from hexi.portal.plans.queries.plan_lists import verdict_counts
from hexi.portal.plans.queries.target_page import target_of
from hexi.portal.plans.views.targets import filtered, sorted_rows

__all__ = ["router"]

router = Router()

_FIELDS = tuple(TargetOut.model_fields)


class TargetFilter(Slice):
    """Which targets, in which order."""

    q: str = ""
    verdict: str = ""
    plan: str = ""
    unit: str = ""
    kind: str = ""
    indicator: str = ""
    sort: str = ""


class TargetList(Schema):
    page: Page
    counts: CountsOut
    items: list[TargetOut]


@router.get("/targets", response={200: TargetList, **ERRORS}, summary="目标 / Targets")
def targets(request: HttpRequest, asked: Annotated[TargetFilter, Query()]) -> dict[str, Any]:
    rows = filtered(TargetRow.objects.visible_to(caller(request)), asked.dict())
    part = sliced(sorted_rows(rows, asked.sort), asked)
    return {
        "page": page_of(rows.count(), asked),
        "counts": verdict_counts(rows),
        "items": [target_out(row) for row in part],
    }


@router.get(
    "/targets/{target_id}", response={200: TargetDetail, **ERRORS}, summary="一个目标 / One target"
)
def target(request: HttpRequest, target_id: Id) -> dict[str, Any]:
    row = target_of(target_id, caller(request))
    return {
        **target_out(row),
        "record": row.record,
        "verdict_record": row.verdict_record,
        "statements": row.statements,
    }


def target_out(row: TargetRow) -> dict[str, Any]:
    """A target as the API gives it."""
    record = {name: getattr(row, name) for name in _FIELDS if name not in ("plan", "unit")}
    return {**record, "plan": row.plan_id, "unit": row.unit.code if row.unit else ""}
