"""Cross-references of a pack (勾稽检查): names must exist, trees have no loops, dates are in order.

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
_GROWTH = ("growth_annual", "growth_yoy", "growth_total")


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
    _order(sheets, faults)
    _contradictions(sheets, faults)
    _measures(sheets, faults)
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
    for _head, file, items in sheets.classifications:
        codes = {str(item.cells["code"]) for item in items}
        for item in items:
            parent = item.cells.get("parent")
            if parent and parent not in codes:
                faults.append(
                    Fault(file, item.line, "parent", "本表中的代码", f"“{parent}”", "a known code")
                )
    if region and region not in known["unit"]:
        faults.append(
            Fault("pack.toml", 0, "pack.region", words["unit"][0], f"“{region}”", "a known unit")
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


def _late(file: str, row: Row, key: str, first: str, then: str, faults: list[Fault]) -> None:
    faults.append(
        Fault(file, row.line, key, f"晚于 {first} 的日期", f"{then}", f"a date after {first}")
    )


def _order(sheets: Sheets, faults: list[Fault]) -> None:
    """Dates that must follow each other."""
    dated = [("memberships.csv", sheets.memberships)]
    dated += [(file, items) for _head, file, items in sheets.classifications]
    for file, rows in dated:
        for row in rows:
            since, until = row.cells.get("since"), row.cells.get("until")
            if since and until and not since < until:
                _late(file, row, "until", since, until, faults)
    horizons: dict[str, tuple[int, int]] = {}
    for row in sheets.plans:
        base, start, end = (row.cells[key] for key in ("base", "start", "end"))
        horizons[row.cells["id"]] = (base, end)
        if row.whole and start > end:
            _late("plans.toml", row, "end", str(start - 1), str(end), faults)
        if row.whole and base > start:
            faults.append(
                Fault(
                    "plans.toml",
                    row.line,
                    "base",
                    f"不晚于首年 {start} 的基年",
                    str(base),
                    f"a base year not after {start}",
                )
            )
    for row in sheets.targets:
        _target_order(row, horizons.get(row.cells["plan"]), faults)


def _target_order(row: Row, horizon: tuple[int, int] | None, faults: list[Fault]) -> None:
    period, base_period = row.cells.get("period"), row.cells.get("base_period")
    if not row.whole or not period:
        return
    years = [int(year) for year in re.findall(r"\d{4}", period)]
    if horizon and not (horizon[0] <= years[0] and years[-1] <= horizon[1]):
        faults.append(
            Fault(
                "targets.csv",
                row.line,
                "period",
                f"规划期内的期间（{horizon[0]}–{horizon[1]}）",
                period,
                f"a period within {horizon[0]}-{horizon[1]}",
            )
        )
    if base_period and int(base_period[:4]) >= years[-1]:
        _late("targets.csv", row, "period", base_period, period, faults)


def _contradictions(sheets: Sheets, faults: list[Fault]) -> None:
    """Two rows that say different things of the same."""
    for file, rows, keys in (
        (
            "targets.csv",
            sheets.targets,
            ("plan", "unit", "indicator", "facets", "measure", "measure_unit", "period", "bound"),
        ),
        (
            "observations.csv",
            sheets.observations,
            (
                "unit",
                "indicator",
                "facets",
                "period",
                "basis",
                "measure_unit",
                "source",
                "vintage",
                "definition",
            ),
        ),
    ):
        first: dict[tuple[Any, ...], Row] = {}
        for row in rows:
            if not row.whole:
                continue
            same = first.setdefault(tuple(row.cells[key] for key in keys), row)
            if same is not row:
                one, two = same.cells["figure"].printed, row.cells["figure"].printed
                faults.append(
                    Fault(
                        file,
                        row.line,
                        "value",
                        f"与第 {same.line} 行（{one}）不是同一事项",
                        f"同一事项写作 {two}",
                        f"something other than line {same.line} ({one})",
                    )
                )


def _measures(sheets: Sheets, faults: list[Fault]) -> None:
    """Shares within 0-100 and units that the indicator knows."""
    units = {
        row.cells["id"]: {row.cells.get("unit"), *(row.cells.get("alt_units") or ())}
        for row in sheets.indicators
        if row.whole
    }
    for row in sheets.targets:
        if not row.whole:
            continue
        cells = row.cells
        if cells["measure"] == "share" and not 0 <= cells["figure"].value <= 100:
            faults.append(
                Fault(
                    "targets.csv",
                    row.line,
                    "value",
                    "0 至 100 之间的比重",
                    cells["figure"].printed,
                    "a share between 0 and 100",
                )
            )
        allowed = units.get(cells["indicator"])
        if cells["measure"] in _GROWTH or allowed is None:
            continue
        if cells["measure_unit"] not in allowed:
            listed = "、".join(sorted(unit or "(无)" for unit in allowed))
            faults.append(
                Fault(
                    "targets.csv",
                    row.line,
                    "measure_unit",
                    f"该指标的计量单位（{listed}）",
                    cells["measure_unit"] or "空白",
                    "a unit of the indicator",
                )
            )
