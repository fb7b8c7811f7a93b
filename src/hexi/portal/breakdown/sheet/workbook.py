"""The sheet as a workbook (分解表文件): to be filled in outside and read back, with errors by cell.

Unit codes stand in the first column and the names of columns in the third row, both hidden; a
hidden sheet says whose sheet it is and which of its versions the file was made from.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from python_calamine import CalamineError, CalamineWorkbook

from hexi.plans.documents import DocumentError, Limits
from hexi.plans.documents.packages import Package
from hexi.portal.breakdown.models import Breakdown, Part
from hexi.portal.breakdown.queries.labels import kind_label
from hexi.portal.breakdown.sheet.balancing import text_in
from hexi.portal.breakdown.sheet.cells import BASE, CAPACITY, KINDS, WEIGHT, cell_name
from hexi.portal.breakdown.sheet.course import Course
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import Refusal
from hexi.reports.legal_text import legal

__all__ = ["Filled", "read_workbook", "write_workbook"]

LIMITS: Final = Limits(
    file_bytes=4_000_000, unpacked_bytes=20_000_000, xml_bytes=10_000_000, expansion=200
)
_MARK, _FORMAT = "_hexi", "hexi-breakdown-1"
_NAMES_ROW, _HEAD_ROW, _FIRST_ROW = 2, 3, 4
_FIRST_COLUMN = 2


@dataclass(slots=True)
class Filled:
    """What a file says."""

    target: int
    #: count of changes at which the file was made
    edit: int
    #: cell to what was written; an empty text empties the cell
    cells: dict[str, str] = field(default_factory=dict)
    #: cell to its place in the file, for whoever has to find it
    places: dict[str, str] = field(default_factory=dict)


def write_workbook(
    sheet: Breakdown, lines: Sequence[Part], course: Course, *, at: datetime
) -> bytes:
    """The sheet with all of its years; lines that lie with their units are locked."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    title = f"{sheet.whole.indicator}（{sheet.whole.measure_unit}）"
    made = at.replace(tzinfo=None)
    book.set_properties({"title": legal(title)[:255], "author": "Hexi", "created": made})
    page = book.add_worksheet(_("Breakdown")[:31])
    _head(book, page, legal(title), course)
    _body(book, page, lines, course)
    mark = book.add_worksheet(_MARK)
    for row, (key, value) in enumerate(
        (("format", _FORMAT), ("target", str(sheet.whole_id)), ("edit", str(sheet.edit)))
    ):
        mark.write_string(row, 0, key)
        mark.write_string(row, 1, value)
    mark.very_hidden()
    book.close()
    return buffer.getvalue()


def _names(course: Course) -> list[str]:
    return [BASE, CAPACITY, WEIGHT, *(f"{y}.{kind}" for y in course.years for kind in KINDS)]


def _head(book: Any, page: Any, title: str, course: Course) -> None:
    bold = book.add_format({"bold": True, "font_size": 14})
    note = book.add_format({"font_color": "#555555"})
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1, "bg_color": "#EEF2F6"}
    )
    page.write_string(0, 1, title, bold)
    page.write_string(
        1, 1, _("Fill in figures only; do not move rows or columns. Grey rows are settled."), note
    )
    page.write_string(_HEAD_ROW, 1, _("Unit"), head)
    for place, name in enumerate(_names(course), _FIRST_COLUMN):
        year, _dot, kind = name.rpartition(".")
        label = f"{course.labels[int(year)]} {kind_label(kind)}" if year else kind_label(kind)
        page.write_string(_NAMES_ROW, place, name)
        page.write_string(_HEAD_ROW, place, label, head)
    page.set_row(_NAMES_ROW, None, None, {"hidden": True})
    page.set_column(0, 0, 4, None, {"hidden": True})
    page.set_column(1, 1, 30)
    page.set_column(_FIRST_COLUMN, _FIRST_COLUMN + len(_names(course)), 14)
    page.freeze_panes(_FIRST_ROW, _FIRST_COLUMN)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _body(book: Any, page: Any, lines: Sequence[Part], course: Course) -> None:
    pattern = "#,##0" + ("." + "0" * course.decimals if course.decimals else "")
    open_ = book.add_format({"num_format": pattern, "locked": False, "border": 1})
    free = book.add_format({"num_format": "General", "locked": False, "border": 1})
    shut = book.add_format({"num_format": pattern, "border": 1, "bg_color": "#EFEEEA"})
    for row, line in enumerate(lines, _FIRST_ROW):
        page.write_string(row, 0, line.unit.code)
        page.write_string(row, 1, legal(name_of(line.unit)))
        for place, name in enumerate(_names(course), _FIRST_COLUMN):
            text = text_in(line, course, name)
            style = shut if not line.is_open else free if name in (CAPACITY, WEIGHT) else open_
            if text:
                page.write_number(row, place, float(text), style)
            else:
                page.write_blank(row, place, None, style)
    page.protect("", {"format_columns": True})


def read_workbook(data: bytes, name: str) -> Filled:
    """The cells of a filled file.

    Raises:
        Refusal: where it is no workbook of ours, or broken.
    """
    try:
        Package(data, name, LIMITS)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        grids = {sheet: book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
                 for sheet in book.sheet_names}  # fmt: skip
    except (DocumentError, CalamineError, zipfile.BadZipFile, ValueError, KeyError, OSError) as e:
        raise Refusal(
            "broken_file",
            lazy("The file cannot be read as a workbook."),
            lazy("Download the sheet anew, fill it in and save it as xlsx."),
            file=name,
        ) from e
    mark = {str(row[0]): str(row[1]) for row in grids.get(_MARK, ()) if len(row) > 1}
    if mark.get("format") != _FORMAT or not mark.get("target", "").isdecimal():
        raise Refusal(
            "not_ours",
            lazy("The file is no sheet of a breakdown."),
            lazy("Download the sheet, fill it in, and upload that file."),
            file=name,
        )
    edit = mark.get("edit", "0")
    filled = Filled(int(mark["target"]), int(edit) if edit.isdecimal() else 0)
    title = next((sheet for sheet in book.sheet_names if sheet != _MARK), "")
    _read(filled, grids.get(title, []), title)
    return filled


def _read(filled: Filled, grid: list[list[Any]], title: str) -> None:
    names = [str(cell) for cell in grid[_NAMES_ROW]] if len(grid) > _NAMES_ROW else []
    for number, row in enumerate(grid[_FIRST_ROW:], _FIRST_ROW):
        code = str(row[0]).strip() if row else ""
        if not code:
            continue
        for place in range(_FIRST_COLUMN, min(len(row), len(names))):
            if names[place]:
                cell = cell_name(code, names[place])
                filled.cells[cell] = _as_text(row[place])
                filled.places[cell] = f"{title}!{_letters(place)}{number + 1}"


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        # a spreadsheet keeps binary fractions: what it shows is the shortest decimal
        return format(value, ".15g") if "e" in repr(value) else repr(value).removesuffix(".0")
    return str(value).strip()


def _letters(column: int) -> str:
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found
