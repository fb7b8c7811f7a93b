"""The audit report as a workbook (核算报告工作簿): findings, their evidence, and what was right."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from hexi.reports.audit_report import AuditReport, Item, Quote

__all__ = ["render"]


def render(report: AuditReport, *, everything: bool = False, at: datetime | None = None) -> bytes:
    """Three sheets: findings, evidence, and (always: it is an annex) what was right.

    Text that begins with ``=`` stays text; ``at`` is the date written into the file.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    w = report.words
    book.set_properties(
        {"title": report.title, "author": "Hexi", "created": at or datetime(2000, 1, 1)}
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
    _sheet(
        book,
        styles,
        w("问题", "Findings"),
        (report.title, report.summary),
        [
            (w("序号", "No."), 6),
            (w("核算", "Check"), 8),
            (w("名称", "Name"), 18),
            (w("结论", "Verdict"), 10),
            (w("类别", "Rank"), 12),
            (w("问题", "What"), 44),
            (w("算式", "Sum"), 40),
            (w("应为", "Expected"), 24),
            (w("可能", "Perhaps"), 30),
            (w("位置", "Place"), 16),
            (w("原文", "Sentence"), 60),
        ],
        (_fault_row(n, item) for n, item in enumerate(report.faults, 1)),
    )
    _sheet(
        book,
        styles,
        w("证据", "Evidence"),
        (w("证据", "Evidence"), ""),
        [
            (w("问题序号", "Finding"), 10),
            (w("核算", "Check"), 8),
            (w("文件", "Document"), 18),
            (w("起", "Start"), 10),
            (w("章节", "Section"), 36),
            (w("数字", "Figure"), 16),
            (w("原文", "Sentence"), 80),
        ],
        (
            [
                n,
                item.finding.check,
                q.doc,
                q.start,
                " / ".join(q.section),
                "、".join(q.figures),
                q.sentence,
            ]
            for n, item in enumerate(report.faults, 1)
            for q in item.quotes
        ),
    )
    _sheet(
        book,
        styles,
        w("已核无误", "Right"),
        (w("已核无误", "Checked and right"), ""),
        [
            (w("核算", "Check"), 8),
            (w("名称", "Name"), 24),
            (w("结论", "Verdict"), 14),
            (w("内容", "What"), 50),
            (w("算式", "Sum"), 50),
            (w("位置", "Place"), 16),
        ],
        (
            [
                item.finding.check,
                item.name,
                item.verdict,
                item.title,
                item.finding.arithmetic,
                _place(item),
            ]
            for item in report.right
        ),
    )
    book.close()
    return buffer.getvalue()


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


def _sheet(
    book: Any,
    styles: dict[str, Any],
    name: str,
    heading: tuple[str, str],
    columns: Sequence[tuple[str, int]],
    rows: Iterable[list[Any]],
) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, heading[0], styles["title"])
    if heading[1]:
        sheet.write_string(1, 0, heading[1])
    for index, (head, wide) in enumerate(columns):
        sheet.set_column(index, index, wide)
        sheet.write_string(2, index, head, styles["head"])
    last = 2
    for last, row in enumerate(rows, 3):
        for index, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(last, index, value, styles["cell"])
            else:
                sheet.write_string(last, index, value, styles["cell"])
    sheet.freeze_panes(3, 0)
    if last > 2:
        sheet.autofilter(2, 0, last, len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
