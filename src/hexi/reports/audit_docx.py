"""The audit report as an official A4 document (核算报告), ready to be sent round.

Title and answer first; then the documents that were audited, the findings in a table, each
finding with its sum, its range, its likely cause and its sentences; the annex lists what was
checked and right.
"""

from __future__ import annotations

from datetime import date, datetime

from docx.document import Document

from hexi.reports.audit_report import AuditReport, Item
from hexi.reports.official_numbering import numeral
from hexi.reports.official_page import (
    add_row,
    cell_pieces,
    cell_text,
    date_line,
    heading,
    new_page,
    page_break,
    paragraph,
    save,
    table,
    title,
)

__all__ = ["render"]


def render(report: AuditReport, *, everything: bool = False, at: datetime | None = None) -> bytes:
    """The report as docx; the annex lists every right line, or with few words their number."""
    w = report.words
    page = new_page(report.title)
    title(page, report.title)
    made = w("河西核算", "Audited by Hexi")
    date_line(page, f"{_date(at.date(), report)}　{made}" if at else made)
    heading(page, w("一、结论", "1. Answer"))
    paragraph(page, report.summary)
    _scope(page, report)
    _findings(page, report)
    _annex(page, report, everything=everything)
    return save(page, at)


def _date(day: date, report: AuditReport) -> str:
    return report.words(f"{day.year}年{day.month}月{day.day}日", day.isoformat())


def _scope(page: Document, report: AuditReport) -> None:
    w = report.words
    heading(page, w("二、核算范围", "2. Documents"))
    grid = table(
        page, (34, 92, 30), (w("文件", "Document"), w("标题", "Title"), w("数字（个）", "Figures"))
    )
    for name, full, count in report.documents:
        add_row(grid, name, full or "—", str(count))


def _findings(page: Document, report: AuditReport) -> None:
    w = report.words
    heading(page, w("三、待核问题", "3. Findings"))
    if not report.faults:
        paragraph(page, w("未发现不符。", "No fault was found."))
        return
    head = (w("序号", "No."), w("问题", "Finding"), w("类别", "Rank"), w("结论", "Verdict"))
    grid = table(page, (14, 88, 30, 24), head)
    for number, item in enumerate(report.faults, 1):
        add_row(grid, str(number), item.title, item.rank, item.verdict)
    for number, item in enumerate(report.faults, 1):
        _detail(page, report, number, item)


def _detail(page: Document, report: AuditReport, number: int, item: Item) -> None:
    w = report.words
    heading(page, w(f"（{numeral(number)}）{item.title}", f"3.{number} {item.title}"), 3)
    grid = table(page, (24, 132))
    finding = item.finding
    for label, value in (
        (w("核算", "Check"), f"{finding.check} {item.name}"),
        (w("算式", "Sum"), finding.arithmetic),
        (w("应为", "Expected"), finding.expected),
        (w("可能", "Perhaps"), item.hypothesis),
    ):
        if value:
            cells = add_row(grid)
            cell_text(cells[0], label, bold=True)
            cell_text(cells[1], value)
    if not item.quotes:
        return
    cells = add_row(grid)
    cell_text(cells[0], w("原文", "Sentence"), bold=True)
    for quote in item.quotes:
        where = "，".join((*quote.section[-1:], f"{quote.doc}:{quote.start}"))
        cell_pieces(cells[1], (*quote.pieces, (f"（{where}）", False)))


def _annex(page: Document, report: AuditReport, *, everything: bool) -> None:
    w = report.words
    page_break(page)
    heading(page, w("附件　已核无误的各项", "Annex: checked and right"))
    groups = report.right_by_check()
    if not groups:
        paragraph(page, w("没有可核算的其他数字。", "There were no other figures to check."))
        return
    paragraph(
        page,
        w(
            f"以下 {len(report.right)} 项经核算无误，或在舍入、界限词允许的范围内。",
            f"These {len(report.right)} checks are right, or within rounding and bound words.",
        ),
    )
    if not everything:
        grid = table(
            page, (20, 100, 36), (w("核算", "Check"), w("名称", "Name"), w("项数", "Lines"))
        )
        for check, name, items in groups:
            add_row(grid, check, name, str(len(items)))
        return
    head = (w("核算", "Check"), w("内容", "What"), w("算式", "Sum"), w("结论", "Verdict"))
    grid = table(page, (16, 60, 58, 22), head)
    for check, _, items in groups:
        for item in items:
            add_row(grid, check, item.title, item.finding.arithmetic, item.verdict)
