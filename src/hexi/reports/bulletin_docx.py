"""A statistical bulletin as an official A4 document (统计公报): sentences first, tables after.

Layout as for every official report of the house; marks of empty cells are explained under the
tables, and what a missing figure kept out is listed for the clerk on a page of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from docx.document import Document

from hexi.reports.official_page import (
    add_row,
    date_line,
    heading,
    new_page,
    page_break,
    paragraph,
    save,
    table,
    title,
)
from hexi.statistics.publication.composing import CONFIDENTIAL, MISSING, Composed, Row, Sheet

__all__ = ["MARKS", "render"]

#: what the marks of empty cells mean
MARKS = f"“{MISSING}”表示无数据；“{CONFIDENTIAL}”表示按保密规定不予公布。"

_WIDE = 156.0
_NAME = 44.0
#: more columns than this are set as several tables
_MOST_COLUMNS = 5


def render(composed: Composed, *, at: datetime | None = None) -> bytes:
    """The bulletin as docx."""
    page = new_page(composed.title)
    title(page, composed.title)
    day = f"　{at.year}年{at.month}月{at.day}日" if at else ""
    date_line(page, f"{composed.publisher}{day}")
    for part in composed.parts:
        heading(page, part.title)
        for text in part.paragraphs:
            paragraph(page, text)
        for sheet in part.sheets:
            _sheet(page, sheet)
    _notes(page, composed)
    return save(page, at)


def _sheet(page: Document, sheet: Sheet) -> None:
    heading(page, sheet.title, 3)
    columns = sheet.head[1:]
    for first in range(0, max(len(columns), 1), _MOST_COLUMNS):
        if first:
            # two tables without a paragraph between are one table to a word processor
            paragraph(page, "续表")
        taken = slice(first, first + _MOST_COLUMNS)
        wide = (_WIDE - _NAME) / max(len(columns[taken]), 1)
        grid = table(page, (_NAME, *[wide] * len(columns[taken])), (sheet.head[0], *columns[taken]))
        for row in sheet.rows:
            add_row(grid, _named(row), *_cells(row.cells[taken]))


def _named(row: Row) -> str:
    return "　" * row.depth + row.name


def _cells(cells: Sequence[Decimal | str]) -> list[str]:
    return [cell if isinstance(cell, str) else f"{cell:,}" for cell in cells]


def _notes(page: Document, composed: Composed) -> None:
    notes = list(composed.notes)
    if any(part.sheets for part in composed.parts):
        notes.append(MARKS)
    if notes:
        heading(page, "注释")
        for number, note in enumerate(notes, 1):
            paragraph(page, f"{number}. {note}")
    if composed.left_out:
        page_break(page)
        heading(page, "附：因缺少数据未写入的内容（供核对，印发前删去）")
        for sentence in composed.left_out:
            paragraph(page, sentence)
