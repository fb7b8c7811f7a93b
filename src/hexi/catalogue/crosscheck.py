"""Cross-references of a pack (勾稽检查): what is named must exist, trees have no loops.

Works on checked rows rather than on nouns, so that every fault can say its line. A row that was
refused for another reason still counts as existing: one mistake is reported once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from hexi.catalogue.faults import Fault
from hexi.catalogue.lookup import name_key
from hexi.catalogue.tables import Row

__all__ = ["Sheets", "crosscheck"]

_PLAIN_ID = re.compile(r"[a-z0-9_.-]+")


@dataclass
class Sheets:
    """The rows of all tables of a pack."""

    methods: list[Row] = field(default_factory=list)
    indicators: list[Row] = field(default_factory=list)
    units: list[Row] = field(default_factory=list)
    memberships: list[Row] = field(default_factory=list)
    targets: list[Row] = field(default_factory=list)
    sources: list[Row] = field(default_factory=list)
    observations: list[Row] = field(default_factory=list)
    plans: list[Row] = field(default_factory=list)
    breaks: list[Row] = field(default_factory=list)
    #: head of the classification, its file, its items
    classifications: list[tuple[Row, str, list[Row]]] = field(default_factory=list)


def crosscheck(sheets: Sheets, region: str) -> list[Fault]:
    """Every fault between rows."""
    faults: list[Fault] = []
    _doubles(sheets, faults)
    _references(sheets, region, faults)
    _loops(sheets, faults)
    _names(sheets, faults)
    return faults


def _ids(rows: Iterable[Row]) -> set[str]:
    return {str(row.cells["id"]) for row in rows if row.cells.get("id")}


def _doubles(sheets: Sheets, faults: list[Fault]) -> None:
    """The same id given twice in one table."""
    tables = {
        "methods.csv": sheets.methods,
        "indicators.csv": sheets.indicators,
        "units.csv": sheets.units,
        "targets.csv": sheets.targets,
        "sources.csv": sheets.sources,
        "observations.csv": sheets.observations,
        "plans.toml": sheets.plans,
        "breaks.toml": sheets.breaks,
    }
    for file, rows in tables.items():
        _once(file, "id", rows, lambda row: row.cells.get("id"), faults)
    for _head, file, items in sheets.classifications:
        _once(file, "code", items, lambda row: (row.cells["code"], row.cells["since"]), faults)


def _once(
    file: str, key: str, rows: list[Row], of: Callable[[Row], Any], faults: list[Fault]
) -> None:
    first: dict[Any, int] = {}
    for row in rows:
        value = of(row)
        if not value:
            continue
        line = first.setdefault(value, row.line)
        if line != row.line:
            shown = value if isinstance(value, str) else value[0]
            faults.append(
                Fault(
                    file,
                    row.line,
                    key,
                    "不重复的标识",
                    f"“{shown}” 已见于第 {line} 行",
                    "an id not used before",
                )
            )


def _references(sheets: Sheets, region: str, faults: list[Fault]) -> None:
    known = {
        "method": _ids(sheets.methods),
        "indicator": _ids(sheets.indicators),
        "unit": _ids(sheets.units),
        "plan": _ids(sheets.plans),
        "source": _ids(sheets.sources),
    }
    words = {
        "method": ("已登记的方法来源", "a known method"),
        "indicator": ("已登记的指标", "a known indicator"),
        "unit": ("已登记的责任主体", "a known unit"),
        "plan": ("已登记的规划", "a known plan"),
        "source": ("已登记的来源", "a known source"),
    }

    def need(file: str, row: Row, key: str, what: str, value: str | None = None) -> None:
        value = row.cells.get(key) if value is None else value
        if value and value not in known[what]:
            zh, en = words[what]
            faults.append(Fault(file, row.line, key, zh, f"“{value}”", en))

    for row in sheets.indicators:
        need("indicators.csv", row, "method", "method")
        for key in ("part_of", "confused_with"):
            need("indicators.csv", row, key, "indicator")
        for key in ("numerator", "denominator"):
            if _PLAIN_ID.fullmatch(row.cells.get(key) or ""):
                need("indicators.csv", row, key, "indicator")
    for row in sheets.memberships:
        need("memberships.csv", row, "unit", "unit")
        need("memberships.csv", row, "parent", "unit")
    for row in sheets.plans:
        need("plans.toml", row, "owner", "unit")
        need("plans.toml", row, "reported_in", "plan")
        for upper in row.cells["upper"]:
            need("plans.toml", row, "upper", "plan", upper)
    for row in sheets.targets:
        for key in ("plan", "unit", "indicator"):
            need("targets.csv", row, key, key)
    for row in sheets.sources:
        need("sources.csv", row, "plan", "plan")
    for row in sheets.observations:
        for key in ("unit", "indicator", "source"):
            need("observations.csv", row, key, key)
    for row in sheets.breaks:
        need("breaks.toml", row, "indicator", "indicator")
        for unit in row.cells["units"]:
            need("breaks.toml", row, "units", "unit", unit)
    _classified(sheets, faults)
    if region and region not in known["unit"]:
        faults.append(
            Fault("pack.toml", 0, "pack.region", words["unit"][0], f"“{region}”", "a known unit")
        )


def _classified(sheets: Sheets, faults: list[Fault]) -> None:
    """Codes of classifications whose parent code is not in the same table."""
    for _head, file, items in sheets.classifications:
        codes = {str(item.cells["code"]) for item in items}
        for item in items:
            parent = item.cells.get("parent")
            if parent and parent not in codes:
                faults.append(
                    Fault(file, item.line, "parent", "本表中的代码", f"“{parent}”", "a known code")
                )


def _loops(sheets: Sheets, faults: list[Fault]) -> None:
    """Trees that come back to their start."""
    edges: list[tuple[str, str, str, int, str]] = []
    for row in sheets.memberships:
        edges.append(
            ("memberships.csv", row.cells["unit"], row.cells["parent"], row.line, "parent")
        )
    for row in sheets.indicators:
        if row.cells.get("part_of"):
            edges.append(
                ("indicators.csv", row.cells["id"], row.cells["part_of"], row.line, "part_of")
            )
    for row in sheets.plans:
        edges += [
            ("plans.toml", row.cells["id"], upper, row.line, "upper")
            for upper in row.cells["upper"]
        ]
    for _head, file, items in sheets.classifications:
        edges += [
            (file, item.cells["code"], item.cells["parent"], item.line, "parent")
            for item in items
            if item.cells.get("parent")
        ]
    for file in dict.fromkeys(edge[0] for edge in edges):
        _loops_of([edge for edge in edges if edge[0] == file], faults)


def _loops_of(edges: list[tuple[str, str, str, int, str]], faults: list[Fault]) -> None:
    """Takes leaves away until only loops are left: what remains lies on a loop or above one."""
    up: dict[str, set[str]] = {}
    for _file, low, high, _line, _key in edges:
        up.setdefault(low, set()).add(high)
    while True:
        free = [low for low, highs in up.items() if not any(high in up for high in highs)]
        if not free:
            break
        for low in free:
            del up[low]
    below = {high for highs in up.values() for high in highs}
    for file, low, high, line, key in edges:
        if low in up and high in up and low in below:
            faults.append(
                Fault(
                    file,
                    line,
                    key,
                    "不成环的上下级关系",
                    f"“{low}” 经 “{high}” 回到自身",
                    "a tree without a loop",
                )
            )


def _names(sheets: Sheets, faults: list[Fault]) -> None:
    """One name for two indicators or two units."""
    for file, rows, keys in (
        ("indicators.csv", sheets.indicators, ("aliases", "near")),
        ("units.csv", sheets.units, ("aliases",)),
    ):
        owner: dict[str, tuple[str, int]] = {}
        for row in rows:
            names = [("name", row.cells.get("name") or "")]
            names += [(key, name) for key in keys for name in row.cells.get(key) or ()]
            for key, name in names:
                if not name:
                    continue
                first = owner.setdefault(name_key(name), (row.cells["id"], row.line))
                if first[1] != row.line:
                    faults.append(
                        Fault(
                            file,
                            row.line,
                            key,
                            "只属于一项的名称",
                            f"“{name}” 已见于第 {first[1]} 行（{first[0]}）",
                            "a name that belongs to one row",
                        )
                    )
