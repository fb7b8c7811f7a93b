"""Data of an assessment from a table or a sheet (考核数据采集): wide, a row a unit and year.

Any Arrow, Polars or pandas table will do, and any xlsx or csv file. Heads are the ids or the names
of the scheme's items, in either language and with or without the unit in brackets; a head ending in
目标 or target holds the unit's own target. A cell that is no number is a fault with its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from hexi.assessment.data.cells import (
    UNIT_HEADS,
    Laid,
    columns_of,
    laid_sheet,
    number_in,
    plain,
    texts_of,
)
from hexi.assessment.data.matrix import Case, Matrix
from hexi.assessment.data.side_sheets import cases_in, facts_in, is_cases, is_facts
from hexi.assessment.data.unit_facts import AskedFact, UnitFact
from hexi.assessment.faults import AssessmentError, Fault
from hexi.assessment.scheme.nouns import Scheme
from hexi.warehouse.loading.delimited import read_delimited
from hexi.warehouse.loading.sheet import Unreadable
from hexi.warehouse.loading.workbook import read_workbook

__all__ = ["matrix_of", "read_matrix"]

_BRACKETS: Final = re.compile(r"[（(\[].*?[）)\]]")
_ROLES: Final = {
    "unit": UNIT_HEADS,
    "name": ("name", "名称", "主体名称", "单位名称", "园区名称", "开发区名称", "部门名称"),
    "year": ("year", "年", "年份", "年度"),
}
_ATTRIBUTES: Final = {
    "region": ("region", "区域", "地区"),
    "zone_type": ("zone_type", "类型", "开发区类型", "type"),
    "level": ("level", "级别"),
    "province": ("province", "省份", "所在省份"),
    "area": ("area", "片区"),
    "since": ("since", "设立年份", "成立年份", "获批年份"),
}
_TARGET: Final = re.compile(r"(?:[._ ]target|目标值?)$")


@dataclass
class _Reading:
    """A table on its way into a matrix."""

    laid: Laid
    scheme: Scheme
    faults: list[Fault] = field(default_factory=list)
    roles: dict[str, int] = field(default_factory=dict)
    attributes: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    targets: dict[str, int] = field(default_factory=dict)

    def fault(self, row: int, column: int, zh: str, en: str) -> None:
        self.faults.append(Fault(self.laid.place(row, column), zh, en))


def matrix_of(
    table: Any, scheme: Scheme, *, year: int | None = None, cases: Sequence[Case] = (),
    facts: Sequence[UnitFact] = (), vintage: str = "",
) -> Matrix:  # fmt: skip
    """The matrix of an Arrow, Polars or pandas table, assessed in ``year`` (else its last year).

    `AssessmentError` with every fault: heads, cells, a unit twice in a year."""
    arrow = table if isinstance(table, pa.Table) else pa.table(table)
    laid = Laid(
        tuple(arrow.column_names),
        tuple(arrow.columns),
        lambda row, column: (
            f"第{row + 1}行“{arrow.column_names[column]}”"
            if row >= 0
            else f"“{arrow.column_names[column]}”"
        ),
        arrow.num_rows,
    )
    return replace(_matrix(laid, scheme, year, vintage), cases=tuple(cases), facts=tuple(facts))


def read_matrix(
    source: str | Path | bytes, scheme: Scheme, *, name: str = "", year: int | None = None,
    asked: Sequence[AskedFact] = (),
) -> Matrix:  # fmt: skip
    """The matrix of an xlsx or csv file: its first sheet of data, its sheets of cases and of what
    units report besides.

    ``source``: a path, or the content of a file called ``name``; ``asked``: conditions that rules
    of what follows ask for. `AssessmentError` names each fault by sheet and cell."""
    content = source if isinstance(source, bytes) else Path(source).read_bytes()
    name = name or (Path(source).name if not isinstance(source, bytes) else "")
    try:
        if content[:2] == b"PK":
            sheets = read_workbook(name, content, _is_header)
        else:
            sheets = [read_delimited(name, content)]
    except Unreadable as error:
        fault = error.fault
        raise AssessmentError(
            [Fault(name or "file", fault.sentence("zh"), fault.sentence("en"))]
        ) from error
    data = [one for one in sheets if not is_cases(one.header) and not is_facts(one.header)]
    if not data:
        raise AssessmentError(
            [Fault(name, "没有以“主体”为表头的数据表", "no sheet with a head “unit”")]
        )
    faults = [
        Fault(name, fault.sentence("zh"), fault.sentence("en"))
        for sheet in sheets
        for fault in sheet.faults
    ]
    if faults:
        raise AssessmentError(faults)
    laid = laid_sheet(data[0])
    matrix, units = None, set(_said_units(laid))
    try:
        matrix = _matrix(laid, scheme, year, name)
        units = set(matrix.units)
    except AssessmentError as error:
        faults += error.faults
    cases, facts = list[Case](), list[UnitFact]()
    for sheet in sheets:
        if is_cases(sheet.header):
            cases += cases_in(sheet, scheme, units, faults)
        elif is_facts(sheet.header):
            facts += facts_in(sheet, asked, units, faults)
    if faults or matrix is None:
        raise AssessmentError(faults)
    return replace(matrix, cases=tuple(cases), facts=tuple(facts))


def _said_units(laid: Laid) -> list[str]:
    column = columns_of(laid.heads, {"unit": UNIT_HEADS}).get("unit")
    return [] if column is None else texts_of(laid.columns[column])


def _is_header(cells: Sequence[str]) -> bool:
    return "unit" in columns_of(cells, {"unit": UNIT_HEADS})


def _without_unit(text: str) -> str:
    return _BRACKETS.sub("", text).strip()


def _matrix(laid: Laid, scheme: Scheme, year: int | None, vintage: str) -> Matrix:
    reading = _Reading(laid, scheme)
    _place_heads(reading)
    if "unit" not in reading.roles:
        raise AssessmentError(
            [*reading.faults, Fault("unit", "没有主体列（unit、主体）", "no column of units")]
        )
    _check_classes(reading)
    keys = texts_of(laid.columns[reading.roles["unit"]])
    years = _years(reading, year)
    places = _rows(reading, keys, years)
    units = tuple(dict.fromkeys(key for key in keys if key))
    spans = tuple(sorted({one for one in years if one}))
    if year is not None:
        spans = tuple(one for one in spans if one <= year)
        if year not in spans:
            reading.faults.append(Fault("year", f"没有{year}年的数据", f"no data of {year}"))
    if not units or not spans:
        reading.faults.append(Fault("rows", "没有数据行", "no row of data"))
    values = _values(reading, reading.items, places, units, spans)
    aims = _values(reading, reading.targets, places, units, spans)
    if reading.faults:
        raise AssessmentError(reading.faults)
    targets = None
    if reading.targets:
        targets = np.full(values.shape[1:], np.nan)
        for index, item in enumerate(reading.targets):
            targets[:, list(reading.items).index(item)] = aims[-1][:, index]
    return _finished(reading, units, spans, values, targets, places, vintage)


def _finished(
    reading: _Reading, units: tuple[str, ...], spans: tuple[int, ...],
    values: NDArray[np.float64], targets: NDArray[np.float64] | None,
    places: dict[tuple[str, int], int], vintage: str,
) -> Matrix:  # fmt: skip
    last = [places.get((unit, spans[-1]), -1) for unit in units]
    before = [places.get((unit, spans[-1] - 1), -1) for unit in units]
    # a unit without a row in the year assessed is not assessed
    here = [index for index, row in enumerate(last) if row >= 0]
    held = {name: texts_of(reading.laid.columns[at]) for name, at in reading.attributes.items()}
    names = (
        texts_of(reading.laid.columns[reading.roles["name"]]) if "name" in reading.roles else None
    )
    return Matrix(
        units=tuple(units[index] for index in here),
        names=tuple((names[last[index]] if names else "") or units[index] for index in here),
        items=tuple(reading.items),
        years=spans,
        values=values[:, here],
        attributes={
            name: tuple(texts[last[index]] for index in here) for name, texts in held.items()
        },
        attributes_before={
            name: tuple(texts[before[index]] if before[index] >= 0 else "" for index in here)
            for name, texts in held.items()
        },
        targets=None if targets is None else targets[here],
        grain=_grain(values),
        vintage=vintage,
    )


def _place_heads(reading: _Reading) -> None:
    """Every head gets its meaning; one without any, or a second one of the same, is a fault."""
    words = {plain(word): ("roles", role) for role, said in _ROLES.items() for word in said}
    words |= {
        plain(word): ("attributes", one) for one, said in _ATTRIBUTES.items() for word in said
    }
    for grouping in reading.scheme.groupings:
        words.setdefault(plain(grouping.attribute), ("attributes", grouping.attribute))
    if reading.scheme.class_by:
        words.setdefault(plain(reading.scheme.class_by), ("attributes", reading.scheme.class_by))
    for item in reading.scheme.items():
        for word in (item.id, item.name.zh, item.name.en):
            words[plain(word)] = ("items", item.id)
        if item.per:
            words.setdefault(plain(item.per), ("items", item.per))
    for column, head in enumerate(reading.laid.heads):
        bare = plain(_without_unit(head))
        found = words.get(plain(head)) or words.get(bare)
        if found is None and _TARGET.search(bare):
            found = words.get(_TARGET.sub("", bare).strip("_"))
            found = ("targets", found[1]) if found and found[0] == "items" else None
        if found is None:
            reading.fault(
                -1, column, f"“{head}”不是本办法的指标", f"“{head}” is no item of the scheme"
            )
            continue
        kind, meaning = found
        known: dict[str, int] = getattr(reading, kind)
        if meaning in known:
            reading.fault(-1, column, f"“{head}”重复", f"“{head}” stands twice")
            continue
        known[meaning] = column
    for target in set(reading.targets) - set(reading.items):
        reading.fault(
            -1,
            reading.targets[target],
            "有目标而无实绩列",
            "a column of targets without one of facts",
        )


def _check_classes(reading: _Reading) -> None:
    """An attribute that units are ranked by says one of the scheme's classes, or nothing."""
    for grouping in reading.scheme.groupings:
        column = reading.attributes.get(grouping.attribute)
        if column is None or not grouping.classes:
            continue
        for row, text in enumerate(texts_of(reading.laid.columns[column])):
            if text and text not in grouping.allowed:
                listed = "、".join(grouping.allowed)
                reading.fault(
                    row, column, f"{grouping.name.zh}应为{listed}之一，现为“{text}”",
                    f"{grouping.name.en} must be one of {listed}, not “{text}”",
                )  # fmt: skip


def _years(reading: _Reading, year: int | None) -> list[int]:
    """Year of every row; without a column of years all rows are of the year asked for."""
    if "year" not in reading.roles:
        if year is None:
            reading.faults.append(
                Fault("year", "没有年份列，也未指明年度", "no column of years and no year given")
            )
        return [year or 0] * reading.laid.rows
    column = reading.roles["year"]
    found = []
    for row, text in enumerate(texts_of(reading.laid.columns[column])):
        digits = text.removesuffix("年").removesuffix(".0")
        if not (digits.isdecimal() and 1900 <= int(digits) <= 2200):
            reading.fault(row, column, f"“{text}”不是年份", f"“{text}” is no year")
            found.append(0)
        else:
            found.append(int(digits))
    return found


def _rows(
    reading: _Reading, keys: Sequence[str], years: Sequence[int]
) -> dict[tuple[str, int], int]:
    """Row of a unit and year; a second row, and another class in the same year, are told."""
    column = reading.roles["unit"]
    found: dict[tuple[str, int], int] = {}
    held = {name: texts_of(reading.laid.columns[at]) for name, at in reading.attributes.items()}
    for row, (key, one) in enumerate(zip(keys, years, strict=True)):
        if not key:
            reading.fault(row, column, "缺少主体", "no unit")
        elif (key, one) in found:
            first = found[key, one]
            changed = [name for name, texts in held.items() if texts[first] != texts[row]]
            for name in changed:
                was, now = held[name][first], held[name][row]
                reading.fault(
                    row, reading.attributes[name],
                    f"“{key}”{one}年内由“{was}”变为“{now}”：请按年末一类合并为一行",
                    f"“{key}” changed from “{was}” to “{now}” within {one}: "
                    "merge the rows under its class at the end of the year",
                )  # fmt: skip
            if not changed:
                where = reading.laid.place(first, column)
                reading.fault(
                    row, column, f"“{key}”{one}年已见于{where}",
                    f"“{key}” stands already at {where} for {one}",
                )  # fmt: skip
        else:
            found[key, one] = row
    return found


def _values(
    reading: _Reading, columns: dict[str, int], places: dict[tuple[str, int], int],
    units: Sequence[str], years: Sequence[int],
) -> NDArray[np.float64]:  # fmt: skip
    """(years, units, columns); NaN where a unit has no row."""
    read = [_numbers(reading, column) for column in columns.values()]
    raw = np.column_stack(read) if read else np.zeros((reading.laid.rows, 0))
    found = np.full((len(years), len(units), len(columns)), np.nan)
    rows = {unit: index for index, unit in enumerate(units)}
    order = {year: index for index, year in enumerate(years)}
    kept = [(order[year], rows[unit], row) for (unit, year), row in places.items() if year in order]
    if kept:
        at_year, at_unit, row = np.array(kept).T
        found[at_year, at_unit] = raw[row]
    return found


def _numbers(reading: _Reading, column: int) -> NDArray[np.float64]:
    """Numbers of a column, NaN for what was not reported; anything else is a fault."""
    values = reading.laid.columns[column]
    kind = values.type
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        found = np.asarray(
            pc.fill_null(pc.cast(values, pa.float64()), float("nan")), dtype=np.float64
        )
    else:
        found = np.full(reading.laid.rows, np.nan)
        for row, text in enumerate(texts_of(values)):
            number = number_in(text)
            if number is None:
                reading.fault(row, column, f"“{text}”不是数字", f"“{text}” is no number")
            else:
                found[row] = number
    for row in np.flatnonzero(np.isinf(found)).tolist():
        reading.fault(row, column, "数值为无穷大", "an infinite value")
    return found


def _grain(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Half of the last digit that a column is printed with; 0 where it is not rounded."""
    found = np.zeros(values.shape[-1])
    for index in range(values.shape[-1]):
        known = values[..., index]
        known = known[~np.isnan(known)]
        for decimals in range(7):
            if known.size and np.abs(known - known.round(decimals)).max() <= 1e-9 * max(
                1.0, float(np.abs(known).max())
            ):
                found[index] = 0.5 * 10.0**-decimals
                break
    return found
