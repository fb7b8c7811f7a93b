"""Workbooks (xlsx, xls): every sheet is a table under its name."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from hexi.plans.documents.building import Builder, TableCell
from hexi.plans.documents.document import Document
from hexi.plans.documents.errors import DocumentError
from hexi.plans.documents.limits import Deadline, Limits
from hexi.plans.documents.packages import Package

__all__ = ["read_workbook"]

_REFERENCE: Final = re.compile(rb'<(?:\w+:)?c [^>]*?r=["\']([A-Z]{1,3})(\d{1,7})')
#: the grid from the sheet's first cell may be this much larger than its used part
_WIDEST: Final = 10


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
        for part in sorted(package.names):
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                _check_extent(package.read(part), name, part, limits)
    deadline = Deadline(limits, name)
    builder = Builder(name, form, digest, limits)
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


def _check_extent(data: bytes, name: str, part: str, limits: Limits) -> None:
    """Refuse a sheet whose few cells stand so far apart that its grid would fill the memory."""
    if b"<!DOCTYPE" in data[:4096]:
        raise DocumentError("entities", name, part)
    height = width = 1
    for column, row in set(_REFERENCE.findall(data)):
        height = max(height, int(row))
        place = 0
        for letter in column:
            place = place * 26 + letter - 64
        width = max(width, place)
    if height * width > _WIDEST * limits.cells:
        raise DocumentError("too_large", name, part)


def _sheet(sheet: Any, title: str, builder: Builder, limits: Limits) -> None:
    if sheet.height * sheet.width > limits.cells:
        raise DocumentError("too_large", builder.name, title)
    rows = sheet.to_python(skip_empty_area=True)
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
