"""The audit report as a typeset pdf (核算报告 PDF), with the ``pdf`` extra.

The page is a typst template beside this module; it is given data and never text to be compiled, so
that nothing of a plan can run in it. Chinese typefaces come from the machine.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib import import_module
from importlib.resources import files
from typing import Any, Final

from hexi.reports.audit_report import AuditReport, Item
from hexi.reports.legal_text import legal

__all__ = ["MissingTypesetter", "render"]

_TEMPLATE: Final = "audit_report.typ"
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)


class MissingTypesetter(RuntimeError):
    """The ``pdf`` extra is not installed."""


def render(report: AuditReport, *, everything: bool = False, at: datetime | None = None) -> bytes:
    """The report as pdf; the annex lists every right line, or only how many there are of each.

    Raises:
        MissingTypesetter: where the ``pdf`` extra is not installed.
    """
    try:
        typst: Any = import_module("typst")
    except ImportError as error:
        raise MissingTypesetter("pip install hexi[pdf]") from error
    template = (files(__package__) / _TEMPLATE).read_bytes()
    said = json.dumps(_data(report, everything=everything, at=at), ensure_ascii=False)
    # the date that the file carries; without one, none is written that a clock would change
    made = (at or _EPOCH).astimezone(UTC).replace(microsecond=0)
    return bytes(typst.compile(template, format="pdf", sys_inputs={"report": said}, timestamp=made))


def _data(report: AuditReport, *, everything: bool, at: datetime | None) -> dict[str, Any]:
    w = report.words
    made = w("河西核算", "Audited by Hexi")
    day = w(f"{at.year}年{at.month}月{at.day}日", at.date().isoformat()) if at else ""
    return {
        "language": report.language,
        "title": legal(report.title),
        "date": f"{day}　{made}" if day else made,
        "summary": legal(report.summary),
        "heads": {
            "answer": w("一、结论", "1. Answer"),
            "documents": w("二、核算范围", "2. Documents"),
            "findings": w("三、待核问题", "3. Findings"),
            "annex": w("附件　已核无误的各项", "Annex: checked and right"),
        },
        "columns": {
            "documents": [w("文件", "Document"), w("标题", "Title"), w("数字（个）", "Figures")],
            "right": [
                w("核算", "Check"), w("内容", "What"), w("算式", "Sum"), w("结论", "Verdict"),
            ] if everything else [
                w("核算", "Check"), w("名称", "Name"), "", w("项数", "Lines"),
            ],
        },
        "documents": [[legal(n), legal(t) or "—", str(c)] for n, t, c in report.documents],
        "none": w("未发现不符。", "No fault was found."),
        "nothing": w("没有可核算的其他数字。", "There were no other figures to check."),
        "sentence": w("原文", "Sentence"),
        "findings": [_finding(report, item) for item in report.faults],
        "right": _right(report, everything=everything),
    }  # fmt: skip


def _finding(report: AuditReport, item: Item) -> dict[str, Any]:
    w, finding = report.words, item.finding
    rows = (
        (w("核算", "Check"), f"{finding.check} {item.name}（{item.rank}，{item.verdict}）"),
        (w("算式", "Sum"), finding.arithmetic),
        (w("应为", "Expected"), finding.expected),
        (w("可能", "Perhaps"), item.hypothesis),
    )
    return {
        "title": legal(item.title),
        "rows": [[label, legal(value)] for label, value in rows if value],
        "quotes": [
            {
                "pieces": [[legal(text), figure] for text, figure in quote.pieces],
                "place": legal("，".join((*quote.section[-1:], f"{quote.doc}:{quote.start}"))),
            }
            for quote in item.quotes
        ],
    }


def _right(report: AuditReport, *, everything: bool) -> list[list[str]]:
    groups = report.right_by_check()
    if not everything:
        return [[check, name, "", str(len(items))] for check, name, items in groups]
    return [
        [check, legal(item.title), legal(item.finding.arithmetic), item.verdict]
        for check, _, items in groups
        for item in items
    ]
