"""Workbooks (xlsx, xls): every sheet is a table under its name."""

from __future__ import annotations

import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from hexi.plans.documents.building import Builder, TableCell
from hexi.plans.documents.document import Document
from hexi.plans.documents.errors import DocumentError
from hexi.plans.documents.limits import Deadline, Limits
from hexi.plans.documents.packages import Package

__all__ = ["read_workbook"]


def _written(value: Any) -> str:
    """A cell's value as a person reads it: no float noise, no trailing .0."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return ""
        # a spreadsheet keeps 15 significant digits; more of them is noise
        plain = Decimal(f"{value:.15g}")
        return f"{plain:f}" if plain != plain.to_integral_value() else f"{plain.to_integral():f}"
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)


def read_workbook(data: bytes, name: str, digest: str, form: str, limits: Limits) -> Document:
    """Read all sheets that hold something."""
    if form == "xlsx":
        package = Package(data, name, limits)
        if "[Content_Types].xml" in package.names and b"macroEnabled" in package.read(
            "[Content_Types].xml"
        ):
            raise DocumentError("macros", name, "[Content_Types].xml")
    deadline = Deadline(limits, name)
    builder = Builder(name, form, digest)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        for sheet_name in workbook.sheet_names:
            deadline.check(sheet_name)
            _sheet(workbook.get_sheet_by_name(sheet_name), sheet_name, builder, limits)
    except PasswordError as error:
        raise DocumentError("encrypted", name) from error
    except (CalamineError, ValueError, OSError) as error:
        raise DocumentError("broken", name) from error
    return builder.finish()


def _sheet(sheet: Any, title: str, builder: Builder, limits: Limits) -> None:
    rows = sheet.to_python(skip_empty_area=True)
    if sum(len(row) for row in rows) > limits.cells:
        raise DocumentError("too_large", builder.name, title)
    texts = [[_written(value).strip() for value in row] for row in rows]
    if not any(any(row) for row in texts):
        return
    merged = _merged(sheet)
    builder.paragraph(title, level=1)
    # lines above the table with one filled cell are its title and unit lines
    first = 0
    while first < len(texts) - 1 and sum(1 for text in texts[first] if text) <= 1:
        line = next((text for text in texts[first] if text), "")
        if line:
            builder.paragraph(line, kind="note")
        first += 1
    cells: list[TableCell] = []
    for at, row in enumerate(texts[first:]):
        for column, text in enumerate(row):
            if text:
                height, width = merged.get((at + first, column), (1, 1))
                cells.append(TableCell(text.split("\n"), at, column, height, width))
    builder.table(cells)


def _merged(sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:
    """Spans of merged cells by their first cell, counted from the first used cell."""
    try:
        ranges = sheet.merged_cell_ranges or []
    except AttributeError:
        return {}
    top, left = sheet.start or (0, 0)
    return {
        (first[0] - top, first[1] - left): (last[0] - first[0] + 1, last[1] - first[1] + 1)
        for first, last in ranges
    }
