"""The letter of an office (公文要素): red head, addressee, signature, day, as papers end and begin.

After the layout rule for official documents of party and state organs (GB/T 9704): the issuer's
name in red over a red line, the number of the document above the line, the addressee flush left,
issuer and day at the right.
"""

from __future__ import annotations

from datetime import date

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from hexi.reports.legal_text import legal
from hexi.reports.official_page import paragraph

__all__ = ["addressed", "chinese_day", "flush", "red_head", "signed"]

_RED = RGBColor(0xD7, 0x00, 0x0F)


def chinese_day(day: date) -> str:
    """2026年11月21日."""
    return f"{day.year}年{day.month}月{day.day}日"


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
    page.add_paragraph()
    for text in (issuer, chinese_day(day)):
        place = page.add_paragraph(legal(text))
        place.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        place.paragraph_format.right_indent = Pt(24)


def red_head(page: Document, issuer: str, number: str) -> None:
    """The issuer's name in red, the number under it, and the red line (红头)."""
    head = page.add_paragraph()
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
