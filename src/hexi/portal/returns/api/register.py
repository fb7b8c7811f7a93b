"""The register as JSON (名录接口): enterprises with their dated past, and their changes."""

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
from hexi.portal.returns.acts.change_enterprise import change_enterprise
from hexi.portal.returns.acts.close_enterprise import close_enterprise, take_closing_back
from hexi.portal.returns.acts.merge_enterprise import merge_enterprise
from hexi.portal.returns.acts.move_enterprise import move_enterprise
from hexi.portal.returns.acts.register_enterprise import register_enterprise
from hexi.portal.returns.models import Enterprise
from hexi.portal.returns.queries.enterprise_page import filtered, sorted_rows
from hexi.portal.returns.scope import one_seen

__all__ = ["router"]

router = Router()

_FIELDS = (
    "code", "name", "industry", "place", "ownership", "size", "above_scale", "trader", "address",
    "opened", "closed",
)  # fmt: skip


class EnterpriseFilter(Slice):
    """Which enterprises, in which order."""

    q: str = ""
    unit: str = ""
    industry: str = ""
    state: str = ""
    scale: str = ""
    sort: str = ""


class EnterpriseOut(Schema):
    """An enterprise as it stands today."""

    id: int
    code: str
    name: str
    unit: str
    industry: str
    place: str
    ownership: str
    size: str
    above_scale: bool
    trader: bool
    address: str
    opened: date
    closed: date | None
    successor: int | None


class EnterpriseList(Schema):
    page: Page
    items: list[EnterpriseOut]


class SpellOut(Schema):
    """Where it stood from a day until, not including, another."""

    since: date
    until: date | None
    unit: str
    industry: str
    place: str
    ownership: str
    size: str
    above_scale: bool
    trader: bool
    reason: str


class EnterpriseDetail(EnterpriseOut):
    spells: list[SpellOut]


class EnterpriseIn(Schema):
    """Fields of the register as files write them; only those that are sent are changed."""

    code: str | None = Field(None, max_length=40)
    name: str | None = Field(None, max_length=300)
    unit: str | None = Field(None, max_length=200)
    industry: str | None = Field(None, max_length=10)
    place: str | None = Field(None, max_length=12)
    opened: str | None = Field(None, max_length=20)
    ownership: str | None = Field(None, max_length=20)
    size: str | None = Field(None, max_length=20)
    above_scale: bool | None = None
    trader: bool | None = None
    address: str | None = Field(None, max_length=300)
    contact: str | None = Field(None, max_length=100)
    phone: str | None = Field(None, max_length=60)
    email: str | None = Field(None, max_length=254)
    #: the day from which dated facts hold; without it they are corrected
    since: str | None = Field(None, max_length=20)
    reason: str = ""


class MoveIn(Schema):
    """To another park or zone from a day on."""

    unit: str
    since: date
    reason: str


class CloseIn(Schema):
    since: date
    reason: str


class MergeIn(Schema):
    """Into the enterprise of this credit code."""

    into: str
    since: date
    reason: str


class Reasoned(Schema):
    reason: str


@router.get("/enterprises", response={200: EnterpriseList, **ERRORS}, summary="企业名录 / Register")
def enterprises(
    request: HttpRequest, asked: Annotated[EnterpriseFilter, Query()]
) -> dict[str, Any]:
    person = require(caller(request), Permission.KEEP_REGISTER)
    rows = filtered(Enterprise.objects.visible_to(person), asked.dict())
    part = sliced(sorted_rows(rows, asked.sort), asked)
    return {"page": page_of(rows.count(), asked), "items": [_out(row) for row in part]}


@router.post("/enterprises", response={200: EnterpriseDetail, **ERRORS}, summary="入库 / Enter")
def enter_enterprise(request: HttpRequest, given: EnterpriseIn) -> dict[str, Any]:
    sent = given.dict(exclude={"reason", "since"})
    made = register_enterprise(sent, by=caller(request), at=timezone.now())
    return _one(request, made.pk)


@router.get("/enterprises/{enterprise_id}", response={200: EnterpriseDetail, **ERRORS},
            summary="企业 / One enterprise")  # fmt: skip
def enterprise(request: HttpRequest, enterprise_id: Id) -> dict[str, Any]:
    return _one(request, enterprise_id)


@router.patch("/enterprises/{enterprise_id}", response={200: EnterpriseDetail, **ERRORS},
              summary="变更 / Change")  # fmt: skip
def change_one(request: HttpRequest, enterprise_id: Id, given: EnterpriseIn) -> dict[str, Any]:
    sent = given.dict(exclude_unset=True, exclude={"reason", "code", "unit"})
    by, at = caller(request), timezone.now()
    change_enterprise(enterprise_id, sent, by=by, at=at, reason=given.reason)
    return _one(request, enterprise_id)


@router.post("/enterprises/{enterprise_id}/move", response={200: EnterpriseDetail, **ERRORS},
             summary="迁移 / Move")  # fmt: skip
def move_one(request: HttpRequest, enterprise_id: Id, given: MoveIn) -> dict[str, Any]:
    by, at = caller(request), timezone.now()
    move_enterprise(enterprise_id, given.unit, given.since, reason=given.reason, by=by, at=at)
    # it may have left the scope of who moved it
    return _detail(Enterprise.objects.select_related("reporter__home").get(pk=enterprise_id))


@router.post("/enterprises/{enterprise_id}/close", response={200: EnterpriseDetail, **ERRORS},
             summary="关闭 / Close")  # fmt: skip
def close_one(request: HttpRequest, enterprise_id: Id, given: CloseIn) -> dict[str, Any]:
    by, at = caller(request), timezone.now()
    close_enterprise(enterprise_id, given.since, reason=given.reason, by=by, at=at)
    return _one(request, enterprise_id)


@router.post("/enterprises/{enterprise_id}/reopen", response={200: EnterpriseDetail, **ERRORS},
             summary="撤销关闭 / Take the closing back")  # fmt: skip
def reopen_one(request: HttpRequest, enterprise_id: Id, given: Reasoned) -> dict[str, Any]:
    by, at = caller(request), timezone.now()
    take_closing_back(enterprise_id, reason=given.reason, by=by, at=at)
    return _one(request, enterprise_id)


@router.post("/enterprises/{enterprise_id}/merge", response={200: EnterpriseDetail, **ERRORS},
             summary="合并 / Merge")  # fmt: skip
def merge_one(request: HttpRequest, enterprise_id: Id, given: MergeIn) -> dict[str, Any]:
    by, at = caller(request), timezone.now()
    merge_enterprise(enterprise_id, given.into, given.since, reason=given.reason, by=by, at=at)
    return _one(request, enterprise_id)


def _out(row: Enterprise) -> dict[str, Any]:
    kept = {name: getattr(row, name) for name in _FIELDS}
    return {"id": row.pk, **kept, "unit": row.reporter.home.code, "successor": row.successor_id}


def _one(request: HttpRequest, enterprise_id: int) -> dict[str, Any]:
    person = require(caller(request), Permission.KEEP_REGISTER)
    queryset = Enterprise.objects.select_related("reporter__home")
    return _detail(one_seen(queryset, person, pk=enterprise_id))


def _detail(row: Enterprise) -> dict[str, Any]:
    fields = ("since", "until", "industry", "place", "ownership", "size", "above_scale", "trader",
              "reason")  # fmt: skip
    spells = [
        {**{name: getattr(spell, name) for name in fields}, "unit": spell.unit.code}
        for spell in row.spells.select_related("unit").order_by("since")
    ]
    return {**_out(row), "spells": spells}
