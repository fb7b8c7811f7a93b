"""A release as it is kept (公布内容的保存): figures, code lists and words, enough to show it again
without the warehouse."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from hexi.portal.figures.books.nouns import Cell, Key, Measure
from hexi.portal.figures.forest import Forest, Node
from hexi.portal.figures.knowledge import definitions
from hexi.portal.figures.reach import JURISDICTION
from hexi.portal.figures.release.claims import Claim
from hexi.portal.figures.release.draft import Draft, Part
from hexi.portal.figures.release.plan import month_of
from hexi.portal.figures.release.windows import Window

__all__ = ["Content", "pack", "unpack"]


@dataclass(frozen=True)
class Content:
    """What a release holds."""

    period: str
    #: by tree: units by jurisdiction, and classes where tables are of them
    forests: Mapping[str, Forest]
    measures: tuple[Measure, ...]
    #: names of indicators in both languages
    names: Mapping[str, tuple[str, str]]
    cells: Mapping[Key, Cell]
    #: cells of items of enterprises that it showed: what a later release cannot take back
    shown: frozenset[Claim]

    @property
    def forest(self) -> Forest:
        """Its units by jurisdiction, and after them the classes of other trees."""
        forests = [self.forests[JURISDICTION], *self.forests.values()]
        nodes = {code: node for one in forests for code, node in one.nodes.items()}
        parents = {code: up for one in reversed(forests) for code, up in one.parent.items()}
        return Forest.of(nodes.values(), parents.items())


def pack(draft: Draft) -> bytes:
    """The content of a draft, with nothing of what it hides."""
    indicators = definitions().indicators
    measures = draft.measures
    said: dict[str, Any] = {
        "period": draft.period,
        "trees": {part.tree: _units(part) for part in draft.parts},
        "measures": [asdict(measure) for measure in measures],
        "names": {
            name: [indicators[name].name, indicators[name].name_en]
            for name in dict.fromkeys(measure.indicator for measure in measures)
        },
        "cells": [
            [*key[:3], None if cell.value is None else str(cell.value), cell.status]
            for key, cell in draft.cells.items()
        ],
        "shown": [[claim.unit, claim.item, claim.window.code] for claim in sorted(draft.open)],
    }
    return zlib.compress(json.dumps(said, ensure_ascii=False).encode(), 6)


def _units(part: Part) -> list[list[str]]:
    """Units with a figure, each with the nearest such unit above it."""
    own, forest = {code for code, _depth in part.units}, part.forest
    return [
        [
            *_node(forest.nodes[code]),
            next((up for up in reversed(forest.way(code)[:-1]) if up in own), ""),
        ]
        for code, _depth in part.units
    ]


def _node(node: Node) -> list[str]:
    return [node.code, node.name, node.kind, node.name_en]


def unpack(stored: bytes | memoryview) -> Content:
    """The content of a release."""
    said = json.loads(zlib.decompress(bytes(stored)))
    period = said["period"]
    return Content(
        period,
        {tree: _forest(rows) for tree, rows in _trees(said).items()},
        tuple(Measure(**one) for one in said["measures"]),
        {name: (zh, en) for name, (zh, en) in said["names"].items()},
        {
            (unit, indicator, view, period): Cell(None if value is None else Decimal(value), status)
            for unit, indicator, view, value, status in said["cells"]
        },
        frozenset(Claim(unit, item, Window.read(code)) for unit, item, code in _shown(said)),
    )


def _forest(rows: Sequence[Sequence[str]]) -> Forest:
    nodes = [Node(code, name, kind, name_en) for code, name, kind, name_en, _up in rows]
    return Forest.of(nodes, [(row[0], row[4]) for row in rows if row[4]])


def _trees(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """Releases of before there were tables of other trees have units alone."""
    trees: Mapping[str, Any] = said.get("trees") or {JURISDICTION: said["units"]}
    return trees


def _shown(said: Mapping[str, Any]) -> list[list[str]]:
    """They told of items of their own span alone."""
    if "shown" in said:
        rows: list[list[str]] = said["shown"]
        return rows
    yearly = "-" not in said["period"]
    code = Window.of(month_of(said["period"]), since_january=yearly).code
    return [[unit, item, code] for unit, item in said["items"]]
