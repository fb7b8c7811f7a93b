"""A release as it is kept (公布内容的保存): figures, code lists and words, enough to show it again
without the warehouse."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from hexi.portal.figures.books.nouns import Cell, Key, Measure
from hexi.portal.figures.forest import Forest, Node
from hexi.portal.figures.knowledge import definitions
from hexi.portal.figures.release.draft import Draft

__all__ = ["Content", "pack", "unpack"]


@dataclass(frozen=True)
class Content:
    """What a release holds."""

    period: str
    forest: Forest
    measures: tuple[Measure, ...]
    #: names of indicators in both languages
    names: Mapping[str, tuple[str, str]]
    cells: Mapping[Key, Cell]
    #: items of enterprises that it showed, by unit: what a later release cannot take back
    items: frozenset[tuple[str, str]]


def pack(draft: Draft) -> bytes:
    """The content of a draft, with nothing of what it hides."""
    indicators = definitions().indicators
    forest = draft.forest
    own = {code for code, _depth in draft.units}
    parents = {
        code: next((up for up in reversed(forest.way(code)[:-1]) if up in own), "") for code in own
    }
    said: dict[str, Any] = {
        "period": draft.period,
        "units": [[*_node(forest.nodes[code]), parents[code]] for code, _depth in draft.units],
        "measures": [asdict(one.measure) for one in draft.asked],
        "names": {
            name: [indicators[name].name, indicators[name].name_en]
            for name in dict.fromkeys(one.measure.indicator for one in draft.asked)
        },
        "cells": [
            [*key[:3], None if cell.value is None else str(cell.value), cell.status]
            for key, cell in draft.cells.items()
        ],
        "items": _open_items(draft),
    }
    return zlib.compress(json.dumps(said, ensure_ascii=False).encode(), 6)


def _node(node: Node) -> list[str]:
    return [node.code, node.name, node.kind, node.name_en]


def _open_items(draft: Draft) -> list[list[str]]:
    """Cells of items that a reader now has, or can work out of what he has."""
    if draft.protected is None:
        return []
    decision = draft.protected.decision
    units, items, times = decision.axes
    now = times.place("now")
    shown = decision.published & ~decision.hidden & ~decision.primary
    return [
        [code, name]
        for code, _depth in draft.units
        for place, name in enumerate(items.nodes)
        if shown[units.place(code), place, now]
    ]


def unpack(stored: bytes | memoryview) -> Content:
    """The content of a release."""
    said = json.loads(zlib.decompress(bytes(stored)))
    period = said["period"]
    nodes = [Node(code, name, kind, name_en) for code, name, kind, name_en, _up in said["units"]]
    edges = [(row[0], row[4]) for row in said["units"] if row[4]]
    return Content(
        period,
        Forest.of(nodes, edges),
        tuple(Measure(**one) for one in said["measures"]),
        {name: (zh, en) for name, (zh, en) in said["names"].items()},
        {
            (unit, indicator, view, period): Cell(None if value is None else Decimal(value), status)
            for unit, indicator, view, value, status in said["cells"]
        },
        frozenset((unit, item) for unit, item in said["items"]),
    )
