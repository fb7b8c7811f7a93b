"""The sample plan as a Word document (docx), set like an official plan."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document

from hexi.reports.official_page import (
    add_row,
    date_line,
    heading,
    new_page,
    paragraph,
    save,
    table,
    title,
)
from hexi.samples.source import Part

__all__ = ["column_widths", "write_docx"]

_TEXT_WIDTH = 156.0


def write_docx(parts: Sequence[Part]) -> bytes:
    """The parts as a docx; the same parts give the same bytes."""
    document = new_page(parts[0].text)
    for part in parts:
        if part.kind == "title":
            title(document, part.text)
        elif part.kind == "note":
            date_line(document, part.text)
        elif part.kind in ("chapter", "section"):
            heading(document, part.text, 1 if part.kind == "chapter" else 2)
        elif part.kind == "table":
            _table(document, part)
        else:
            paragraph(document, part.text)
    return save(document)


def _table(document: Document, part: Part) -> None:
    date_line(document, part.text)
    grid = table(document, column_widths(part.rows, _TEXT_WIDTH), part.rows[0])
    for row in part.rows[1:]:
        add_row(grid, *row)


def column_widths(rows: Sequence[Sequence[str]], whole: float) -> list[float]:
    """Widths that share the line among the columns by their longest cell."""
    longest = [min(13.0, max(_ems(row[i]) for row in rows)) + 1.2 for i in range(len(rows[0]))]
    return [whole * share / sum(longest) for share in longest]


def _ems(text: str) -> float:
    return sum(0.5 if char.isascii() else 1.0 for char in text)
