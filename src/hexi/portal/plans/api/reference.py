"""Indicators, units, events and oneself in the API (参考接口)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from hexi.portal.api.errors import ERRORS
from hexi.portal.api.identity import caller
from hexi.portal.api.slices import Page, Slice, page_of, sliced
from hexi.portal.core.models import Event, Unit
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.roles import GRANTS, Permission
from hexi.portal.core.scope import require
from hexi.portal.plans.api.shapes import IndicatorOut, UnitOut
from hexi.portal.plans.queries.glossary import indicator_list, indicator_record
from hexi.portal.plans.queries.pack import current_pack

__all__ = ["router"]

router = Router()


class Me(Schema):
    """Who calls, and what the role allows."""

    signed_in: bool
    name: str
    role: str
    units: list[str]
    permissions: list[str]


class IndicatorFilter(Slice):
    q: str = ""
    kind: str = ""


class IndicatorList(Schema):
    page: Page
    items: list[IndicatorOut]


class IndicatorDetail(Schema):
    """An indicator in full."""

    id: str
    name: str
    name_en: str
    kind: str
    unit: str
    units: list[str]
    aliases: list[str]
    near: list[str]
    direction: str
    formula: str
    definition: str
    note: str
    source: str


class EventOut(Schema):
    """One act."""

    id: int
    at: datetime
    who_name: str
    act: str
    object_type: str
    object_id: str
    object_name: str
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str


class EventFilter(Slice):
    act: str = ""


class EventList(Schema):
    page: Page
    items: list[EventOut]


@router.get("/me", response={200: Me, **ERRORS}, summary="本人 / Who calls")
def me(request: HttpRequest) -> dict[str, Any]:
    person = caller(request)
    return {
        "signed_in": person is not None,
        "name": person.name if person else "",
        "role": person.role if person else "",
        "units": [unit.code for unit in person.scope_units()] if person else [],
        "permissions": sorted(GRANTS[person.role]) if person else [],
    }


@router.get("/indicators", response={200: IndicatorList, **ERRORS}, summary="指标 / Indicators")
def indicators(request: HttpRequest, asked: Annotated[IndicatorFilter, Query()]) -> dict[str, Any]:
    lines = indicator_list(caller(request), asked.q, asked.kind)
    return {"page": page_of(len(lines), asked), "items": sliced(lines, asked)}


@router.get(
    "/indicators/{indicator_id}",
    response={200: IndicatorDetail, **ERRORS},
    summary="一个指标 / One indicator",
)
def indicator(request: HttpRequest, indicator_id: str) -> dict[str, Any]:
    found = current_pack().catalogue.indicator(indicator_id)
    if found is None:
        raise NotFound
    return indicator_record(found)


@router.get("/units", response={200: list[UnitOut], **ERRORS}, summary="责任主体 / Units")
def units(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {
            "code": unit.code,
            "name": unit.name,
            "name_en": unit.name_en,
            "kind": unit.kind,
            "level": unit.level,
            "region": unit.region,
            "parent": unit.parent.code if unit.parent else "",
            "path": unit.path,
        }
        for unit in Unit.objects.select_related("parent").order_by("order")
    ]


@router.get("/events", response={200: EventList, **ERRORS}, summary="事件 / Events")
def events(request: HttpRequest, asked: Annotated[EventFilter, Query()]) -> dict[str, Any]:
    require(caller(request), Permission.SEE_EVENTS)
    rows = Event.objects.all()
    if asked.act:
        rows = rows.filter(act=asked.act)
    return {"page": page_of(rows.count(), asked), "items": list(sliced(rows, asked))}
