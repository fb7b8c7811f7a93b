"""Figures for programs (数据接口): the pivot as the page has it, with vintages, and the releases.

``space=practice`` asks the practice data, and every answer of it says so. What a caller may not
see on the page is not in the answer either: it is the same book.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from hexi.portal.api.errors import ERRORS
from hexi.portal.api.identity import caller
from hexi.portal.api.slices import Page, Slice, page_of, sliced
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound
from hexi.portal.figures.knowledge import definitions
from hexi.portal.figures.queries.explorer import book_for, view_of
from hexi.portal.figures.queries.history import histories
from hexi.portal.figures.queries.releases import visible
from hexi.portal.figures.question import Question, asked
from hexi.portal.figures.space import MARK, PRACTICE, REAL, Space

__all__ = ["router"]

router = Router()


class PivotQuery(Schema):
    """A question to the explorer; the names are those of the page's address."""

    space: str = "figures"
    of: str = ""
    tree: str = ""
    unit: str = ""
    down: str = ""
    u: list[str] = Field(default_factory=list)
    i: list[str] = Field(default_factory=list)
    v: list[str] = Field(default_factory=list)
    p: list[str] = Field(default_factory=list)
    last: str = ""
    basis: str = ""
    bound: str = ""
    #: a day or the number of a snapshot: as it was known then
    asOf: str = ""
    includeHistory: bool = False


class VintageOut(Schema):
    """What was believed from a vintage on."""

    vintage: int
    at: datetime
    value: str | None


class CellOut(Schema):
    """A figure, or the reason why there is none: status A, M, Q, N, U or H."""

    unit: str
    indicator: str
    view: str
    period: str
    value: str | None
    unit_of_measure: str
    status: str
    n: int | None
    history: list[VintageOut] | None = None


class PivotOut(Schema):
    """The cells of a view."""

    notice: str
    of: str
    tree: str
    source: str
    cells: list[CellOut]


class NamedOut(Schema):
    """A code with its name."""

    code: str
    name: str
    parent: str = ""
    kind: str = ""
    unit_of_measure: str = ""


class StructureOut(Schema):
    """What can be asked for."""

    notice: str
    of: str
    trees: list[str]
    periods: list[str]
    indicators: list[NamedOut]
    units: list[NamedOut]


class ReleaseOut(Schema):
    """One release."""

    space: str
    publication: str
    period: str
    version: int
    title: str
    public_at: datetime
    cells: int
    url: str


class ReleaseList(Schema):
    page: Page
    items: list[ReleaseOut]


class ReleaseFilter(Slice):
    """Which releases."""

    space: str = "figures"


def _space(name: str) -> Space:
    for space in (REAL, PRACTICE):
        if space.id == name:
            return space
    raise NotFound


def _notice(space: Space) -> str:
    return MARK if space.practice else ""


def _question(sent: PivotQuery) -> Question:
    given = sent.dict()
    return asked({**given, "asof": given["asOf"]})


@router.get(
    "/figures/pivot", response={200: PivotOut, **ERRORS}, summary="数据透视 / A pivot of figures"
)
def pivot(request: HttpRequest, sent: Annotated[PivotQuery, Query()]) -> dict[str, Any]:
    """Cells by unit, indicator, view and period, as known now or then, with their vintages."""
    space, person, at = _space(sent.space), caller(request), timezone.now()
    book = book_for(_question(sent), space, person, at)
    if book is None or not book.periods:
        raise NotFound
    table = view_of(_question(sent), book)
    units = {(m.indicator, m.view): m.unit for m in table.measures}
    past = histories(table, book, space, person, at) if sent.includeHistory else {}
    cells = [
        {
            "unit": shown.key[0],
            "indicator": shown.key[1],
            "view": shown.key[2],
            "period": shown.key[3],
            "value": None if shown.cell.value is None else str(shown.cell.value),
            "unit_of_measure": units[shown.key[1], shown.key[2]],  # type: ignore[index]
            "status": shown.cell.status,
            "n": shown.cell.n,
            "history": past.get(shown.key) if sent.includeHistory else None,
        }
        for row in table.rows
        for shown in row.cells
    ]
    return {
        "notice": _notice(space),
        "of": book.of,
        "tree": table.question.tree,
        "source": book.source,
        "cells": cells,
    }


@router.get(
    "/figures/structure",
    response={200: StructureOut, **ERRORS},
    summary="可查询的内容 / What can be asked for",
)
def structure(request: HttpRequest, sent: Annotated[PivotQuery, Query()]) -> dict[str, Any]:
    """Indicators, units of a tree, periods."""
    space = _space(sent.space)
    book = book_for(_question(sent), space, caller(request), timezone.now())
    if book is None or not book.periods:
        raise NotFound
    table = view_of(_question(sent), book)
    forest, every = table.forest, definitions().indicators
    return {
        "notice": _notice(space),
        "of": book.of,
        "trees": list(book.trees),
        "periods": list(book.periods),
        "indicators": [
            {"code": code, "name": name, "unit_of_measure": every[code].unit}
            for code, name in book.indicators.items()
            if code in every
        ],
        "units": [
            {
                "code": code,
                "name": name_of(node),
                "kind": node.kind,
                "parent": forest.parent.get(code, ""),
            }
            for code, node in forest.nodes.items()
        ],
    }


@router.get("/releases", response={200: ReleaseList, **ERRORS}, summary="公布 / Releases")
def releases(request: HttpRequest, sent: Annotated[ReleaseFilter, Query()]) -> dict[str, Any]:
    """Releases that are public, the newest first; their files lie under ``url``."""
    space, at = _space(sent.space), timezone.now()
    rows = visible(space, caller(request), at).filter(public_at__lte=at).order_by("-public_at")
    return {
        "page": page_of(rows.count(), sent),
        "items": [
            {
                "space": row.space,
                "publication": row.publication,
                "period": row.period,
                "version": row.version,
                "title": row.title,
                "public_at": row.public_at,
                "cells": row.cells,
                "url": space.url("release", row.publication, row.period, row.version),
            }
            for row in sliced(rows, sent)
        ],
    }
