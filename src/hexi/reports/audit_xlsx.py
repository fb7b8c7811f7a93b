"""The audit report as a workbook (核算报告工作簿): findings, their evidence, and what was right."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from hexi.reports.audit_report import AuditReport, Item, Quote
from hexi.reports.legal_text import legal

__all__ = ["render"]

#: what a cell of a workbook can hold
_MOST_TEXT = 32_767


def render(report: AuditReport, *, everything: bool = False, at: datetime | None = None) -> bytes:
    """Three sheets: findings, evidence, and (always: it is an annex) what was right.

    Text that begins with ``=`` stays text; ``at`` is the date written into the file.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties(
        {
            "title": legal(report.title)[:255],
            "author": "Hexi",
            "created": at or datetime(2000, 1, 1),
        }
    )
    styles = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "vcenter",
                "bottom": 1,
                "bg_color": "#EEF2F6",
            }
        ),
        "cell": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    for sheet in (_findings(report), _evidence(report), _right(report)):
        _write(book, styles, sheet)
    book.close()
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet before it is written: its name, the lines above its table, columns and rows."""

    name: str
    heading: tuple[str, str]
    #: (head, width in characters)
    columns: Sequence[tuple[str, int]]
    rows: list[list[Any]]


def _findings(report: AuditReport) -> _Sheet:
    w = report.words
    columns = [
        (w("序号", "No."), 6),
        (w("核算", "Check"), 8),
        (w("名称", "Name"), 18),
        (w("结论", "Verdict"), 10),
        (w("类别", "Rank"), 12),
        (w("问题", "Finding"), 44),
        (w("算式", "Sum"), 40),
        (w("应为", "Expected"), 24),
        (w("可能", "Perhaps"), 30),
        (w("位置", "Place"), 16),
        (w("原文", "Sentence"), 60),
    ]
    rows = [_fault_row(number, item) for number, item in enumerate(report.faults, 1)]
    return _Sheet(w("问题", "Findings"), (report.title, report.summary), columns, rows)


def _evidence(report: AuditReport) -> _Sheet:
    w = report.words
    columns = [
        (w("问题序号", "Finding"), 10),
        (w("核算", "Check"), 8),
        (w("文件", "Document"), 18),
        (w("起", "Start"), 10),
        (w("章节", "Section"), 36),
        (w("数字", "Figure"), 16),
        (w("原文", "Sentence"), 80),
    ]
    rows = [
        _quote_row(number, item, quote)
        for number, item in enumerate(report.faults, 1)
        for quote in item.quotes
    ]
    return _Sheet(w("证据", "Evidence"), (w("证据", "Evidence"), ""), columns, rows)


def _right(report: AuditReport) -> _Sheet:
    w = report.words
    columns = [
        (w("核算", "Check"), 8),
        (w("名称", "Name"), 24),
        (w("结论", "Verdict"), 14),
        (w("内容", "What"), 50),
        (w("算式", "Sum"), 50),
        (w("位置", "Place"), 16),
    ]
    rows: list[list[Any]] = [
        [i.finding.check, i.name, i.verdict, i.title, i.finding.arithmetic, _place(i)]
        for i in report.right
    ]
    return _Sheet(w("已核无误", "Right"), (w("已核无误", "Checked and right"), ""), columns, rows)


def _fault_row(number: int, item: Item) -> list[Any]:
    finding = item.finding
    return [
        number,
        finding.check,
        item.name,
        item.verdict,
        item.rank,
        item.title,
        finding.arithmetic,
        finding.expected,
        item.hypothesis,
        _place(item),
        "\n".join(quote.marked for quote in item.quotes),
    ]


def _quote_row(number: int, item: Item, quote: Quote) -> list[Any]:
    section, figures = " / ".join(quote.section), "、".join(quote.figures)
    return [number, item.finding.check, quote.doc, quote.start, section, figures, quote.sentence]


def _place(item: Item) -> str:
    return f"{item.quotes[0].doc}:{item.quotes[0].start}" if item.quotes else ""


def _write(book: Any, styles: dict[str, Any], sheet: _Sheet) -> None:
    page = book.add_worksheet(sheet.name)
    page.write_string(0, 0, legal(sheet.heading[0]), styles["title"])
    if sheet.heading[1]:
        page.write_string(1, 0, sheet.heading[1])
    for index, (head, wide) in enumerate(sheet.columns):
        page.set_column(index, index, wide)
        page.write_string(2, index, head, styles["head"])
    for line, row in enumerate(sheet.rows, 3):
        for index, value in enumerate(row):
            if isinstance(value, int):
                page.write_number(line, index, value, styles["cell"])
            else:
                page.write_string(line, index, legal(value)[:_MOST_TEXT], styles["cell"])
    page.freeze_panes(3, 0)
    if sheet.rows:
        page.autofilter(2, 0, 2 + len(sheet.rows), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(2)
