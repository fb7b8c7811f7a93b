"""Chains in the API (产业链接口): chains of an area, one chain, a node, fit, relatedness."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from hexi.portal.api.errors import ERRORS
from hexi.portal.api.identity import caller
from hexi.portal.chains.book import one_chain, one_node
from hexi.portal.chains.queries.areas import area_of
from hexi.portal.chains.queries.chain_map import (
    SEEN_STATES,
    chain_lines,
    map_lines,
    placed_chains,
)
from hexi.portal.chains.queries.fit_page import Asked, fit_lines, fits_for, taken_codes
from hexi.portal.chains.queries.nearness import candidate_lines, place_lines, place_name
from hexi.portal.chains.queries.node_page import node_facts
from hexi.portal.chains.queries.standing import place_on, standing_in
from hexi.portal.chains.queries.tables import LevelError, found_in, source_of, sources_of
from hexi.portal.core.refusal import NotFound
from hexi.reports import chain_graph

__all__ = ["router"]

router = Router()


class AreaFilter(Schema):
    #: code of a unit; the caller's own first unit, or the province
    area: str = Field("", max_length=64)


class ChainCounts(Schema):
    """A chain: how many of its nodes stand how; ``withheld`` where too few firms may be told."""

    id: str
    title: str
    nodes: int
    counts: dict[str, int]
    firms: int | None
    projects: int


class ChainList(Schema):
    area: str
    whole: bool
    items: list[ChainCounts]


class FitAsk(Schema):
    #: a product in words, or codes of GB/T 4754
    what: str = Field(max_length=200)
    #: mu, tonnes of standard coal a year, 万元
    land: float | None = Field(None, ge=0, le=1e9)
    energy: float | None = Field(None, ge=0, le=1e9)
    investment: float | None = Field(None, ge=0, le=1e9)
    near: str = Field("", max_length=64)
    table: str = Field("", max_length=20)


class FitTerm(Schema):
    """One reason; no value: not known."""

    id: str
    value: float | None
    weight: str
    why: str


class FitZone(Schema):
    id: str
    name: str
    #: 0 to 1; the band in 0 to 100
    score: float | None
    low: float
    high: float
    barred: bool
    terms: list[FitTerm]


class FitAnswer(Schema):
    codes: list[str]
    zones: list[FitZone]


class TableOut(Schema):
    id: int
    title: str
    source: str
    date: str
    measure: str
    unit: str
    published: bool


class PlaceOut(Schema):
    """A place of a table; its row is its address. No figure: it cannot be told."""

    place: str
    row: int
    unit: str
    diversity: int
    eci: float | None
    coi: float | None


class Carried(Schema):
    name: str
    proximity: str
    share: str


class CandidateOut(Schema):
    code: str
    name: str
    density: float
    complexity: float | None
    because: list[Carried]


@router.get("/chains", response={200: ChainList, **ERRORS}, summary="产业链 / Industry chains")
def list_chains(request: HttpRequest, asked: Annotated[AreaFilter, Query()]) -> dict[str, Any]:
    """Chains with the counts of an area."""
    person = caller(request)
    area = area_of(person, asked.area)
    _standing, placed = placed_chains(area, person, timezone.localdate())
    keys = ("id", "title", "nodes", "counts", "firms", "projects")
    return {
        "area": area.unit.code,
        "whole": area.whole,
        "items": [{key: line[key] for key in keys} for line in chain_lines(placed, area)],
    }


@router.get("/chains/fit", response={200: FitAnswer, **ERRORS}, summary="选址匹配 / Zones by fit")
def read_fit(request: HttpRequest, asked: Annotated[FitAsk, Query()]) -> dict[str, Any]:
    """Zones for a firm, the best first; an unknown word has no codes and no zones."""
    codes, _others = taken_codes(asked.what)
    question = Asked(codes, "", asked.land, asked.energy, asked.investment, asked.near, asked.table)
    fits = fits_for(question, caller(request), timezone.localdate()) if codes else ()
    return {"codes": list(codes), "zones": fit_lines(fits)}


@router.get(
    "/chains/{chain_id}",
    response={200: dict[str, Any], **ERRORS},
    summary="一条产业链 / One chain",
)
def read_chain(
    request: HttpRequest, chain_id: str, asked: Annotated[AreaFilter, Query()]
) -> dict[str, Any]:
    """Nodes with their states in an area, and what feeds what."""
    person = caller(request)
    chain = one_chain(chain_id)
    area = area_of(person, asked.area)
    placed = place_on(chain, standing_in(area, person, timezone.localdate()))
    on_node = {
        line["id"]: {key: line[key] for key in ("state", "firms", "projects")}
        for line in map_lines(placed, area)
    }
    states = {state: 0 for state in SEEN_STATES}
    for told in on_node.values():
        states[str(told["state"])] += 1
    return {
        "area": area.unit.code,
        "whole": area.whole,
        "counts": states,
        **chain_graph.as_record(chain, on_node),
    }


@router.get(
    "/chains/{chain_id}/nodes/{node_id}",
    response={200: dict[str, Any], **ERRORS},
    summary="产业链环节 / One node",
)
def read_chain_node(
    request: HttpRequest, chain_id: str, node_id: str, asked: Annotated[AreaFilter, Query()]
) -> dict[str, Any]:
    """Firms and projects on a node, what is beside it, who from elsewhere makes it."""
    person = caller(request)
    chain = one_chain(chain_id)
    one_node(chain, node_id)
    area = area_of(person, asked.area)
    standing = standing_in(area, person, timezone.localdate(), elsewhere=True)
    facts = node_facts(place_on(chain, standing), node_id, standing)
    return {"area": area.unit.code, "whole": area.whole, **facts}


@router.get(
    "/location-tables",
    response={200: list[TableOut], **ERRORS},
    summary="区位数据 / Location tables",
)
def list_location_tables(request: HttpRequest) -> list[dict[str, Any]]:
    """Tables that the caller may see."""
    return [
        {"id": row.pk, "title": row.title, "source": row.source, "date": row.date,
         "measure": row.measure, "unit": row.unit.code, "published": row.published}
        for row in sources_of(caller(request))
    ]  # fmt: skip


@router.get(
    "/location-tables/{table_id}/places",
    response={200: list[PlaceOut], **ERRORS},
    summary="地区的多样性和复杂度 / Places of a table",
)
def list_table_places(request: HttpRequest, table_id: str) -> list[dict[str, Any]]:
    """Diversity, complexity and outlook of each place; ``register``: the register, counted."""
    source = source_of(table_id, caller(request), timezone.localdate())
    rows = {place: row for row, place in enumerate(source.locations.places)}
    return [
        {
            "place": line["place"],
            "row": rows[line["place"]],
            "unit": line["unit"],
            "diversity": line["diversity"],
            "eci": _finite(line["eci"]),
            "coi": _finite(line["coi"]),
        }
        for line in place_lines(source, _found(source))
    ]


@router.get(
    "/location-tables/{table_id}/places/{row}",
    response={200: list[CandidateOut], **ERRORS},
    summary="邻近而尚未具备的产业 / Near industries",
)
def list_near_industries(
    request: HttpRequest, table_id: str, row: Annotated[int, Field(ge=0, lt=2**31)]
) -> list[dict[str, Any]]:
    """The nearest industries that a place does not have, and what carries each."""
    source = source_of(table_id, caller(request), timezone.localdate())
    place_name(source, row)
    return candidate_lines(source, _found(source), row)


def _found(source: Any) -> Any:
    try:
        return found_in(source)
    except LevelError as error:
        raise NotFound from error


def _finite(value: float) -> float | None:
    return value if value == value else None
