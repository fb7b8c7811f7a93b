"""A screening as a workbook (筛查意见表): rules on one sheet, inputs and overrides on others."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from hexi.reports.admission_paper import Paper
from hexi.reports.legal_text import legal

__all__ = ["render"]

#: name, heads, widths, rows
_Sheet = tuple[str, Sequence[str], Sequence[int], Iterable[Sequence[str]]]


def render(paper: Paper, *, language: str = "zh", at: datetime | None = None) -> bytes:
    """The workbook as xlsx; ``at`` is the date written into the file."""
    zh = language == "zh"
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties(
        {
            "title": legal(f"{paper.number} {paper.name}")[:255],
            "author": "Hexi",
            "created": (at or datetime(2000, 1, 1)).replace(tzinfo=None),
        }
    )
    for sheet in (_result, _rules, _gaps, _overrides, _inputs):
        _sheet(book, *sheet(paper, zh))
    book.close()
    return buffer.getvalue()


def _result(paper: Paper, zh: bool) -> _Sheet:
    return (
        "结论" if zh else "Result",
        ("项目", "内容") if zh else ("What", "Is"),
        (30, 90),
        (
            ("编号" if zh else "Number", paper.number),
            ("项目" if zh else "Project", paper.name),
            ("拟入区域" if zh else "Zone or park", paper.unit),
            ("规则日期" if zh else "Rules of", paper.day.isoformat()),
            ("规则版本" if zh else "Edition of the rules", paper.edition),
            ("结论" if zh else "Result", paper.result_label),
            ("说明" if zh else "In words", paper.sentence),
            ("经办" if zh else "Screened by", paper.by),
            ("时间" if zh else "At", paper.kept_at),
            ("备注" if zh else "Note", paper.note),
        ),
    )


def _rules(paper: Paper, zh: bool) -> _Sheet:
    return (
        "规则" if zh else "Rules",
        ("规则", "性质", "结果", "情况", "数值", "可行的改动", "依据", "假定")
        if zh
        else ("Rule", "Weight", "Outcome", "What is so", "Values", "Ways out", "Law", "Assumed"),
        (30, 12, 12, 50, 34, 50, 50, 50),
        (
            (
                rule.title,
                rule.severity,
                rule.outcome_label,
                rule.sentence,
                rule.values,
                "\n".join(rule.ways),
                rule.law,
                rule.assumed,
            )
            for rule in paper.rules
        ),
    )


def _gaps(paper: Paper, zh: bool) -> _Sheet:
    return (
        "缺少的数据" if zh else "Missing",
        ("要素", "没有它不能判定的规则") if zh else ("Input", "Rules that lack it"),
        (34, 90),
        ((name, "、".join(rules) if zh else ", ".join(rules)) for name, rules in paper.gaps),
    )


def _overrides(paper: Paper, zh: bool) -> _Sheet:
    return (
        "破例" if zh else "Set aside",
        ("规则", "决定人", "日期", "理由", "文件", "撤销人", "撤销理由")
        if zh
        else ("Rule", "By", "On", "Reason", "Document", "Withdrawn by", "Why withdrawn"),
        (30, 16, 12, 50, 30, 16, 40),
        (
            (
                one.rule,
                one.by,
                one.day.isoformat(),
                one.reason,
                one.document,
                one.withdrawn_by,
                one.withdrawn_reason,
            )
            for one in paper.overrides
        ),
    )


def _inputs(paper: Paper, zh: bool) -> _Sheet:
    return (
        "录入的数据" if zh else "Inputs",
        ("要素", "数值", "单位", "来源") if zh else ("Input", "Value", "Unit", "From"),
        (40, 24, 14, 14),
        (
            (
                one.title,
                one.value,
                one.unit,
                ("项目库" if zh else "library") if one.taken else ("录入" if zh else "typed"),
            )
            for one in paper.inputs
        ),
    )


def _sheet(
    book: Any,
    name: str,
    heads: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[Sequence[str]],
) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for column, (head, wide) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, wide)
        sheet.write_string(0, column, head, bold)
    for line, row in enumerate(rows, 1):
        for column, text in enumerate(row):
            sheet.write_string(line, column, legal(text), wrap)
