"""A statistical yearbook as a workbook (统计年鉴): contents with links, one sheet a table.

Figures are numbers with the decimals they were printed with; marks of empty cells stay text and
are explained under each table.
"""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from hexi.reports.bulletin_docx import MARKS
from hexi.reports.legal_text import legal
from hexi.statistics.publication.composing import Composed, Sheet

__all__ = ["render"]

_NAME_WIDE, _FIGURE_WIDE = 28, 16


def render(composed: Composed, *, at: datetime | None = None) -> bytes:
    """The yearbook as xlsx; ``at`` is the date written into the file."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties(
        {"title": composed.title[:255], "author": "Hexi", "created": at or datetime(2000, 1, 1)}
    )
    styles = _Styles(book)
    contents = book.add_worksheet("目录")
    contents.set_column(0, 0, 8)
    contents.set_column(1, 1, 70)
    contents.write_string(0, 1, legal(composed.title), styles.title)
    contents.write_string(1, 1, legal(composed.publisher), styles.note)
    line = 3
    number = 0
    for part in composed.parts:
        contents.write_string(line, 1, legal(part.title), styles.head)
        line += 1
        for sheet in part.sheets:
            number += 1
            name = f"表{number}"
            _sheet(book.add_worksheet(name), sheet, styles, name)
            contents.write_string(line, 0, name)
            contents.write_url(line, 1, f"internal:'{name}'!A1", string=legal(sheet.title))
            line += 1
    for note in composed.notes:
        contents.write_string(line + 1, 1, legal(note), styles.note)
        line += 1
    book.close()
    return buffer.getvalue()


class _Styles:
    """Formats of the workbook, one for each number of decimals."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1}
        )
        self.note = book.add_format({"font_color": "#555555", "text_wrap": True})
        self.mark = book.add_format({"align": "right", "border": 1})
        self._names: dict[int, Any] = {}
        self._decimals: dict[int, Any] = {}

    def name(self, depth: int) -> Any:
        """The format of a unit's name at a depth of the tree."""
        if depth not in self._names:
            self._names[depth] = self._book.add_format({"indent": min(depth, 15), "border": 1})
        return self._names[depth]

    def number(self, value: Decimal) -> Any:
        """The format that shows a figure with its printed decimals."""
        exponent = value.as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
        if decimals not in self._decimals:
            pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
            self._decimals[decimals] = self._book.add_format({"num_format": pattern, "border": 1})
        return self._decimals[decimals]


def _sheet(page: Any, sheet: Sheet, styles: _Styles, name: str) -> None:
    page.set_column(0, 0, _NAME_WIDE)
    page.set_column(1, max(len(sheet.head) - 1, 1), _FIGURE_WIDE)
    page.write_string(0, 0, legal(f"{name}　{sheet.title}"), styles.title)
    page.write_url(1, 0, "internal:'目录'!A1", string="返回目录")
    for column, said in enumerate(sheet.head):
        page.write_string(2, column, legal(said), styles.head)
    for line, row in enumerate(sheet.rows, 3):
        page.write_string(line, 0, legal(row.name), styles.name(row.depth))
        for column, cell in enumerate(row.cells, 1):
            if isinstance(cell, str):
                page.write_string(line, column, cell, styles.mark)
            else:
                page.write_number(line, column, float(cell), styles.number(cell))
    page.write_string(len(sheet.rows) + 4, 0, MARKS, styles.note)
    page.freeze_panes(3, 1)
    page.repeat_rows(2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
