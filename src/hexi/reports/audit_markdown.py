"""The audit report in Markdown (核算报告): for a wiki, a ticket or a mail."""

from __future__ import annotations

import re

from hexi.reports.audit_report import AuditReport

__all__ = ["render"]


def render(report: AuditReport, *, everything: bool = False) -> str:
    """A heading, the summary, a section for each finding, and a table of what was right."""
    w = report.words
    lines = [f"# {_escape(report.title)}", "", report.summary, ""]
    for number, item in enumerate(report.faults, 1):
        finding = item.finding
        lines += [f"## {number}. {_escape(item.title)}", ""]
        lines.append(f"- {finding.check} {item.name}，{item.verdict}，{item.rank}")
        for label, value in (
            (w("算式", "Sum"), finding.arithmetic),
            (w("应为", "Expected"), finding.expected),
            (w("可能", "Perhaps"), item.hypothesis),
        ):
            if value:
                lines.append(f"- {label}{w('：', ': ')}{_escape(value)}")
        lines.append("")
        for quote in item.quotes:
            marked = "".join(
                f"**{_escape(text)}**" if figure else _escape(text) for text, figure in quote.pieces
            )
            lines += [f"> {quote.doc}:{quote.start} {marked}", ">"]
        if item.quotes:
            lines.pop()
        lines.append("")
    if everything and report.right:
        lines += [f"## {w('已核无误', 'Checked and right')}", ""]
        head = [w("核算", "Check"), w("结论", "Verdict"), w("内容", "What"), w("算式", "Sum")]
        lines += ["| " + " | ".join(head) + " |", "|---|---|---|---|"]
        for check, name, items in report.right_by_check():
            for item in items:
                cells = [f"{check} {name}", item.verdict, item.title, item.finding.arithmetic]
                lines.append("| " + " | ".join(_escape(cell) for cell in cells) + " |")
        lines.append("")
    return "\n".join(lines)


def _escape(text: str) -> str:
    return re.sub(r"([\\`*_|<>\[\]#])", r"\\\1", " ".join(text.split()))
