"""The page of an official document (公文版式): A4, its margins, typefaces, page numbers, tables.

Measures follow the layout rule for official documents of party and state organs (GB/T 9704): a
text area of 156 × 225 mm, title in two-hao. Reports are set in 12 points; ``official_letter`` sets
papers that an office sends in three-hao. Tables are smaller than the text.
Typefaces are named, not embedded, with ones that every Chinese office machine has.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from docx import Document as new_document
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from hexi.reports.legal_text import legal

__all__ = [
    "add_row",
    "cell_pieces",
    "cell_text",
    "date_line",
    "heading",
    "new_page",
    "page_break",
    "paragraph",
    "save",
    "table",
    "title",
]

_TEXT, _HEAD, _TITLE, _LATIN = "仿宋", "黑体", "宋体", "Times New Roman"
_EPOCH = datetime(2000, 1, 1)
#: tables against the running text: 10.5 points beside 12, 14 beside 16
_IN_TABLES = 0.875


def new_page(subject: str) -> Document:
    """An empty A4 document with the styles of an official report."""
    document = new_document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    _style(document, "Normal", _TEXT, 12)
    document.styles["Normal"].paragraph_format.space_after = Pt(0)
    document.styles["Normal"].paragraph_format.line_spacing = 1.5
    for level, size in ((1, 16), (2, 14), (3, 12)):
        _style(document, f"Heading {level}", _HEAD, size)
        _style(document, f"Heading {level} Char", _HEAD, size)
        form = document.styles[f"Heading {level}"].paragraph_format
        form.space_before, form.space_after, form.keep_with_next = Pt(10), Pt(4), True
    _page_number(section.footer.paragraphs[0])
    properties = document.core_properties
    properties.title, properties.author, properties.comments = legal(subject)[:255], "Hexi", ""
    return document


def title(document: Document, text: str) -> None:
    """The title, centred, in two-hao."""
    place = document.add_paragraph()
    place.alignment = WD_ALIGN_PARAGRAPH.CENTER
    place.paragraph_format.space_after = Pt(12)
    _face(place.add_run(legal(text)), _TITLE, 22, bold=True)


def date_line(document: Document, text: str) -> None:
    """The line under the title: date and the program that made it."""
    place = document.add_paragraph()
    place.alignment = WD_ALIGN_PARAGRAPH.CENTER
    place.paragraph_format.space_after = Pt(12)
    place.add_run(legal(text))


def heading(document: Document, text: str, level: int = 1) -> None:
    """A numbered heading as given (一、 / （一）)."""
    document.add_heading(legal(text), level)


def paragraph(document: Document, text: str) -> Paragraph:
    """Running text, first line indented by two characters."""
    place = document.add_paragraph(legal(text))
    place.paragraph_format.first_line_indent = Pt(2 * _text_size(document))
    return place


def table(document: Document, widths: Sequence[float], head: Sequence[str] = ()) -> Table:
    """A ruled table with column widths in millimetres; its head repeats on every page."""
    grid: Table = document.add_table(rows=1 if head else 0, cols=len(widths))
    grid.style = document.styles["Table Grid"]
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    for column, wide in zip(grid.columns, widths, strict=True):
        column.width = Mm(wide)
    if head:
        row = grid.rows[0]
        mark = OxmlElement("w:tblHeader")
        row._tr.get_or_add_trPr().append(mark)
        for cell, text, wide in zip(row.cells, head, widths, strict=True):
            cell.width = Mm(wide)
            cell_text(cell, text, bold=True)
    return grid


def add_row(grid: Table, *texts: str) -> tuple[_Cell, ...]:
    """A row at the end of the table, filled with the texts (fewer texts than cells are fine)."""
    row = cast(Any, grid).add_row()
    # a row is read as one: it moves to the next page whole
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    cells: tuple[_Cell, ...] = row.cells
    for cell, text in zip(cells, texts, strict=False):
        cell_text(cell, text)
    return cells


def page_break(document: Document) -> None:
    """What follows begins on a new page."""
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def cell_text(cell: _Cell, text: str, *, bold: bool = False) -> None:
    """Put text into a cell."""
    cell_pieces(cell, ((text, bold),))


def cell_pieces(cell: _Cell, pieces: Sequence[tuple[str, bool]]) -> None:
    """A paragraph of stretches, bold or not, at the end of a cell."""
    place = cell.paragraphs[0]
    if place.runs:
        place = cell.add_paragraph()
    place.paragraph_format.line_spacing = 1.15
    size = _IN_TABLES * _text_size(cast(Any, cell.part).document)
    for text, bold in pieces:
        _face(place.add_run(legal(text)), _HEAD if bold else _TEXT, size, bold=bold)


def save(document: Document, at: datetime | None = None) -> bytes:
    """The file's bytes; the same document and date give the same bytes."""
    properties = document.core_properties
    properties.created = properties.modified = at or _EPOCH
    properties.last_modified_by, properties.revision = "Hexi", 1
    raw = io.BytesIO()
    document.save(raw)
    packed = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = zipfile.ZipInfo(entry.filename, (2000, 1, 1, 0, 0, 0))
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(part, old.read(entry.filename))
    return packed.getvalue()


def _text_size(document: Any) -> float:
    """Size of the running text, in points."""
    size: float = document.styles["Normal"].font.size.pt
    return size


def _style(document: Document, name: str, face: str, size: float) -> None:
    style = document.styles[name]
    style.font.name, style.font.size = _LATIN, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    for colour in style.element.iter(qn("w:color")):
        # a theme's colour goes before the one that is named
        for name in [n for n in colour.attrib if "theme" in n]:
            del colour.attrib[name]
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), face)


def _face(run: Run, face: str, size: float, *, bold: bool = False) -> None:
    run.font.name, run.font.size, run.font.bold = _LATIN, Pt(size), bold
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def _page_number(place: Paragraph) -> None:
    place.alignment = WD_ALIGN_PARAGRAPH.CENTER
    place.add_run("— ")
    run = place.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = text
        run._element.append(mark)
    place.add_run(" —")
