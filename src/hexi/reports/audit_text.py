"""The audit report for a terminal (核算结果): findings with sum, range and sentences."""

from __future__ import annotations

from collections.abc import Iterator

from hexi.reports.audit_report import AuditReport, Item
from hexi.reports.legal_text import legal

__all__ = ["render"]


def render(report: AuditReport, *, everything: bool = False) -> str:
    """Plain text; ``everything`` lists what was checked and right too."""
    lines = [report.summary, ""]
    for number, item in enumerate(report.faults, 1):
        lines += [*_item_lines(report, number, item), ""]
    if everything and report.right:
        lines += [*_right_lines(report), ""]
    return legal("\n".join(lines))


def _item_lines(report: AuditReport, number: int, item: Item) -> Iterator[str]:
    w = report.words
    finding = item.finding
    yield f"{number}. [{finding.check} {item.name}｜{item.verdict}｜{item.rank}] {item.title}"
    for label, value in (
        (w("算式", "sum"), finding.arithmetic),
        (w("应为", "expected"), finding.expected),
        (w("可能", "perhaps"), item.hypothesis),
    ):
        if value:
            yield f"   {label}{w('：', ': ')}{value}"
    for quote in item.quotes:
        yield f"   {quote.doc}:{quote.start}  {quote.marked}"


def _right_lines(report: AuditReport) -> Iterator[str]:
    yield report.words("已核无误", "Checked and right")
    for check, name, items in report.right_by_check():
        yield f"{check} {name}（{len(items)}）"
        for item in items:
            first = item.quotes[0] if item.quotes else None
            place = f"{first.doc}:{first.start}  " if first else ""
            arithmetic = f"{report.words('：', ': ')}{item.finding.arithmetic}"
            yield f"   {place}[{item.verdict}] {item.title}{arithmetic}"
