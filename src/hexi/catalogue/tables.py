"""Reading the tables of a pack (数据表): CSV whose every cell is checked against its column.

A row keeps the line it starts on, so that a fault found much later, in a cross-reference, still
points at the line the clerk has to mend.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from hexi.catalogue.evidence import Figure
from hexi.catalogue.faults import Fault

__all__ = ["Column", "Row", "Table", "read_table"]

_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")
_PERIOD = re.compile(r"(\d{4})(?:-(\d{4})|-(0[1-9]|1[0-2])|-Q([1-4]))?")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


class _Wrong(Exception):
    """What a cell should have been, in Chinese and English."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what may stand in its cells and which field of the noun it fills."""

    name: str
    #: text, id, period, date, figure, count, many
    kind: str = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    field: str = ""

    @property
    def target(self) -> str:
        """Name of the field of the dataclass."""
        return self.field or self.name


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a pack: file name and columns; `optional` tables may be absent."""

    file: str
    columns: tuple[Column, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A checked row; `whole` is false where some cell was refused."""

    line: int
    cells: dict[str, Any] = field(default_factory=dict)
    whole: bool = True


def _id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise _Wrong("小写字母、数字和连字符组成的标识", "an id of small letters, digits, hyphens")
    return text


def _period(text: str) -> str:
    match = _PERIOD.fullmatch(text)
    if not match:
        raise _Wrong(
            "期间，如 2020、2016-2020、2015-12、2023-Q1",
            "a period such as 2020, 2016-2020, 2015-12, 2023-Q1",
        )
    if match[2] and match[2] <= match[1]:
        raise _Wrong("止年晚于起年的期间", "a range whose last year is after its first")
    return text


def _date(text: str) -> str:
    if not _DATE.fullmatch(text):
        raise _Wrong("日期，如 2016-08-30、2016-08 或 2016", "a date such as 2016-08-30 or 2016")
    return text


def _figure(text: str) -> Figure:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise _Wrong("数值，如 80.1", "a number such as 80.1") from None
    if not value.is_finite():
        raise _Wrong("有限的数值", "a finite number")
    return Figure(value, text)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) < 1:
        raise _Wrong("正整数", "a whole number from 1")
    return int(text)


def _many(text: str) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in text.split("|"))
    if not all(parts):
        raise _Wrong("以竖线分隔且不空的各项", "items parted by | and none empty")
    if len(set(parts)) < len(parts):
        raise _Wrong("互不重复的各项", "items that do not repeat")
    return parts


_PARSERS: dict[str, Callable[[str], Any]] = {
    "id": _id,
    "period": _period,
    "date": _date,
    "figure": _figure,
    "count": _count,
    "many": _many,
    "text": str,
}
_EMPTY: dict[str, Any] = {"many": (), "figure": None, "count": None}


def _cell(column: Column, text: str) -> Any:
    if not text:
        if column.required:
            raise _Wrong("必填内容", "a value")
        return _EMPTY.get(column.kind, "")
    if column.choices and text not in column.choices:
        listed = "、".join(column.choices)
        raise _Wrong(f"{listed} 之一", f"one of {', '.join(column.choices)}")
    return _PARSERS[column.kind](text)


def _decoded(root: Path, file: str, faults: list[Fault]) -> str | None:
    """Text of a file of the pack, or None with a fault."""
    path = root / file
    if not path.resolve().is_relative_to(root.resolve()):
        faults.append(
            Fault(file, 0, "", "数据包目录内的文件", "目录之外的路径", "a file inside the pack")
        )
        return None
    if not path.is_file():
        faults.append(Fault(file, 0, "", "文件存在", "缺少此文件", "the file"))
        return None
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        faults.append(Fault(file, line, "", "UTF-8 编码的文本", "其他编码的字节", "UTF-8 text"))
        return None


def _header(table: Table, found: list[str], faults: list[Fault]) -> dict[str, int]:
    """Positions of the table's columns in the file."""
    wanted = [column.name for column in table.columns]
    for name in wanted:
        if name not in found:
            faults.append(
                Fault(table.file, 1, name, "表头含有此列", "没有此列", "this column in the header")
            )
    for name in found:
        if name not in wanted or found.count(name) > 1:
            faults.append(
                Fault(
                    table.file,
                    1,
                    name or "(空)",
                    "表头只含规定的列且不重复",
                    "多余或重复的列",
                    "only known columns, each once",
                )
            )
    return {name: found.index(name) for name in wanted if name in found}


def _row(table: Table, at: dict[str, int], cells: list[str], line: int, faults: list[Fault]) -> Row:
    values: dict[str, Any] = {}
    whole = len(at) == len(table.columns)
    for column in table.columns:
        text = cells[at[column.name]].strip() if column.name in at else ""
        try:
            values[column.target] = _cell(column, text)
        except _Wrong as wrong:
            zh, en = wrong.args
            found = f"“{text}”" if text else "空白"
            faults.append(Fault(table.file, line, column.name, zh, found, en))
            values[column.target] = text if column.kind in ("id", "text") else None
            whole = False
    return Row(line, values, whole)


def read_table(root: Path, table: Table, faults: list[Fault]) -> list[Row]:
    """All rows of a table, faults appended; an optional table that is absent has no rows."""
    if table.optional and not (root / table.file).exists():
        return []
    text = _decoded(root, table.file, faults)
    if text is None:
        return []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    try:
        head = [name.strip() for name in next(reader, [])]
        at = _header(table, head, faults)
        width, line = len(head), reader.line_num
        for cells in reader:
            start, line = line + 1, reader.line_num
            if not any(cells):
                continue
            if len(cells) < width or (len(cells) > width and any(cells[width:])):
                faults.append(
                    Fault(
                        table.file,
                        start,
                        "",
                        f"{width} 列",
                        f"{len(cells)} 列",
                        f"{width} columns",
                    )
                )
                continue
            rows.append(_row(table, at, cells, start, faults))
    except csv.Error as error:
        faults.append(
            Fault(table.file, reader.line_num, "", "合规的 CSV", str(error), "well-formed CSV")
        )
    return rows
