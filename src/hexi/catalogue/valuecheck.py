"""Values of a pack against each other (数值检查): order of dates, contradictions, units, ranges."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from hexi.catalogue.crosscheck import Sheets
from hexi.catalogue.faults import Fault
from hexi.catalogue.tables import Row
from hexi.quantities import units

__all__ = ["valuecheck"]

_GROWTH = ("growth_annual", "growth_yoy", "growth_total", "growth_average")


def valuecheck(sheets: Sheets) -> list[Fault]:
    """Every fault of dates, units and values."""
    faults: list[Fault] = []
    _order(sheets, faults)
    _contradictions(sheets, faults)
    _measures(sheets, faults)
    _links(sheets, faults)
    return faults


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


def _links(sheets: Sheets, faults: list[Fault]) -> None:
    """A factor across a change of definition is a positive number that somebody declared."""
    for row in sheets.breaks:
        link = row.cells["link"]
        if not row.whole or not link:
            continue
        try:
            positive = Decimal(link).is_finite() and Decimal(link) > 0
        except InvalidOperation:
            positive = False
        if not positive:
            faults.append(
                Fault("breaks.toml", row.line, "link", "大于零的数", link, "a number above zero")
            )
        elif not row.cells["link_source"]:
            said = ("规定该系数的文件", "空白", "who laid the factor down")
            faults.append(Fault("breaks.toml", row.line, "link_source", *said))


def _measures(sheets: Sheets, faults: list[Fault]) -> None:
    """Shares within 0-100 and units that the indicator knows."""
    allowed: dict[str, set[str]] = {}
    for row in sheets.indicators:
        if not row.whole:
            continue
        own = {row.cells["unit"], *row.cells["alt_units"]}
        allowed[row.cells["id"]] = own
        for unit in sorted(own):
            if unit and not units.is_unit(unit):
                key = "unit" if unit == row.cells["unit"] else "alt_units"
                faults.append(
                    Fault("indicators.csv", row.line, key, "计量单位", f"“{unit}”", "a known unit")
                )
    for row in sheets.targets:
        if row.whole:
            _measure("targets.csv", row, row.cells["measure"], allowed, faults)
    for row in sheets.observations:
        if row.whole:
            _measure("observations.csv", row, row.cells["basis"], allowed, faults)


def _measure(
    file: str, row: Row, measure: str, allowed: dict[str, set[str]], faults: list[Fault]
) -> None:
    figure, unit = row.cells["figure"], row.cells["measure_unit"]
    if measure == "share" and not 0 <= figure.value <= 100:
        faults.append(
            Fault(
                file,
                row.line,
                "value",
                "0 至 100 之间的比重",
                figure.printed,
                "a share between 0 and 100",
            )
        )
    known = allowed.get(row.cells["indicator"])
    if measure in _GROWTH or known is None or unit in known:
        return
    listed = "、".join(sorted(name or "(无)" for name in known))
    faults.append(
        Fault(
            file,
            row.line,
            "measure_unit",
            f"该指标的计量单位（{listed}）",
            unit or "空白",
            f"a unit of the indicator ({listed})",
        )
    )
