"""The letter of an office (公文要素): red head, addressee, signature, day, as papers end and begin.

After the layout rule for official documents of party and state organs (GB/T 9704): the issuer's
name in red over a red line, the number of the document above the line, the addressee flush left,
issuer and day at the right; text in three-hao (16 points), 22 lines on a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from hexi.reports.legal_text import legal
from hexi.reports.official_page import new_page, paragraph, table

__all__ = ["addressed", "chinese_day", "flush", "letter_page", "letter_table", "red_head", "signed"]

_RED = RGBColor(0xD7, 0x00, 0x0F)


def chinese_day(day: date) -> str:
    """2026年11月21日."""
    return f"{day.year}年{day.month}月{day.day}日"


def letter_page(subject: str) -> Document:
    """An empty page of a paper that an office sends: 22 lines of 28 characters in three-hao."""
    page = new_page(subject)
    normal = page.styles["Normal"]
    normal.font.size = Pt(16)
    normal.paragraph_format.line_spacing = Pt(29)
    for level in (1, 2):
        style = page.styles[f"Heading {level}"]
        style.font.size, style.font.bold = Pt(16), False
        form = style.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.first_line_indent = Pt(32)
    return page


def flush(page: Document, text: str) -> Paragraph:
    """A paragraph that begins at the margin."""
    place = paragraph(page, text)
    place.paragraph_format.first_line_indent = Pt(0)
    return place


def addressed(page: Document, to: str) -> None:
    """Whom it goes to (主送机关)."""
    flush(page, f"{to}：")


def signed(page: Document, issuer: str, day: date) -> None:
    """Issuer and day at the right, as official letters end."""
    # they never stand alone on a page
    page.paragraphs[-1].paragraph_format.keep_with_next = True
    page.add_paragraph().paragraph_format.keep_with_next = True
    for text in (issuer, chinese_day(day)):
        place = page.add_paragraph(legal(text))
        place.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        place.paragraph_format.keep_with_next = text == issuer
        place.paragraph_format.right_indent = Pt(2 * page.styles["Normal"].font.size.pt)


def letter_table(page: Document, widths: Sequence[float], head: Sequence[str] = ()) -> Table:
    """A ruled table as letters have it, with a little air above and below the text of its cells."""
    grid = table(page, widths, head)
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "bottom"):
        air = OxmlElement(f"w:{side}")
        air.set(qn("w:w"), "50")
        air.set(qn("w:type"), "dxa")
        margins.append(air)
    grid._tbl.tblPr.append(margins)
    return grid


def red_head(page: Document, issuer: str, number: str) -> None:
    """The issuer's name in red, the number under it, and the red line (红头)."""
    head = page.add_paragraph()
    # the name is larger than a line of the text
    head.paragraph_format.line_spacing = 1.0
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = head.add_run(legal(issuer))
    # long names of offices still stand on one line of 156 mm
    run.font.size = Pt(max(22, min(44, 420 // max(1, len(issuer)))))
    run.font.bold, run.font.color.rgb = True, _RED
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    line = page.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.space_after = Pt(18)
    line.add_run(legal(number))
    border = OxmlElement("w:pBdr")
    rule = OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "18"), ("space", "6"), ("color", "D7000F")):
        rule.set(qn(f"w:{key}"), value)
    border.append(rule)
    line._element.get_or_add_pPr().append(border)
