"""The yearly plan as a workbook (年度计划工作簿): targets, quarters, parts, duties, what is open.

Figures are numbers with the decimals they were settled with, so that an office can add them up.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from hexi.reports.legal_text import legal
from hexi.reports.yearly_plan import NO_FIGURE, YearlyPlan

__all__ = ["render"]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet before it is written: name, columns as (head, width), rows of text or figures."""

    name: str
    columns: Sequence[tuple[str, int]]
    rows: list[list[str | Decimal]]


def render(plan: YearlyPlan, *, at: datetime | None = None) -> bytes:
    """The workbook; ``at`` is the date written into the file."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties(
        {"title": legal(plan.title)[:255], "author": "Hexi", "created": at or datetime(2000, 1, 1)}
    )
    styles = _Styles(book)
    for sheet in (_targets(plan), _quarters(plan), _parts(plan), _duties(plan), _open(plan)):
        if sheet.rows:
            _write(book.add_worksheet(sheet.name), sheet, plan, styles)
    if not book.worksheets():
        _write(book.add_worksheet(_targets(plan).name), _targets(plan), plan, styles)
    book.close()
    return buffer.getvalue()


class _Styles:
    """Formats of the workbook, one for each number of decimals."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.note = book.add_format({"font_color": "#555555"})
        self.head = book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "vcenter",
                "bottom": 1,
                "bg_color": "#EEF2F6",
            }
        )
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self._decimals: dict[int, Any] = {}

    def number(self, value: Decimal) -> Any:
        """The format that shows a figure with its own decimals."""
        exponent = value.as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
        if decimals not in self._decimals:
            pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
            self._decimals[decimals] = self._book.add_format(
                {"num_format": pattern, "valign": "top"}
            )
        return self._decimals[decimals]


def _figure(text: str) -> str | Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text or NO_FIGURE


def _targets(plan: YearlyPlan) -> _Sheet:
    w = plan.words
    columns = [
        (w("序号", "No."), 6),
        (w("指标", "Indicator"), 32),
        (w("计量单位", "Unit"), 12),
        (w("属性", "Nature"), 10),
        (w("基期", "Base year"), 10),
        (w("基期值", "Base"), 12),
        (w(f"{plan.year - 1}年实际", f"{plan.year - 1} actual"), 14),
        (w("界限", "Bound"), 8),
        (w(f"{plan.year}年目标", f"{plan.year} target"), 14),
        (w("规划末年", "Plan's year"), 12),
        (w("规划目标", "Plan target"), 12),
        (w("责任单位", "Body"), 24),
        (w("责任人", "Person"), 12),
        (w("说明", "Remark"), 40),
        (w("出处", "Source"), 40),
    ]
    bounds = {"ge": "≥", "le": "≤", "approx": w("左右", "about")}
    rows: list[list[str | Decimal]] = [
        [
            Decimal(number),
            duty.indicator,
            duty.measure_unit,
            plan.nature(duty),
            duty.base_period,
            _figure(duty.base),
            _figure(duty.last),
            bounds.get(duty.bound, ""),
            _figure(duty.value),
            duty.final_period,
            _figure(duty.final),
            duty.body,
            duty.person,
            duty.reason,
            duty.source,
        ]
        for number, duty in enumerate(plan.duties, 1)
    ]
    return _Sheet(w("年度目标", "Targets"), columns, rows)


def _quarters(plan: YearlyPlan) -> _Sheet:
    w = plan.words
    columns = [
        (w("指标", "Indicator"), 32),
        (w("计量单位", "Unit"), 12),
        (w("口径", "Counted"), 16),
        *((w(f"{name}季度末", f"End of Q{n}"), 14) for n, name in enumerate("一二三四", 1)),
    ]
    rows: list[list[str | Decimal]] = [
        [
            duty.indicator,
            duty.measure_unit,
            w("年初累计", "year to date") if duty.cumulative else w("期末", "at the end"),
            *map(_figure, duty.quarters),
        ]
        for duty in plan.duties
        if duty.quarters
    ]
    return _Sheet(w("季度进度", "Quarters"), columns, rows)


def _parts(plan: YearlyPlan) -> _Sheet:
    w = plan.words
    columns = [
        (w("指标", "Indicator"), 32),
        (w("计量单位", "Unit"), 12),
        (w("单位", "Unit below"), 32),
        (w(f"{plan.year}年指标值", f"Figure of {plan.year}"), 16),
        (w("状态", "State"), 16),
        (w("核对", "Check"), 48),
    ]
    rows: list[list[str | Decimal]] = [
        [
            duty.indicator,
            duty.measure_unit,
            part.unit,
            _figure(part.value),
            part.state,
            duty.parts_check if first else "",
        ]
        for duty in plan.duties
        for first, part in ((place == 0, part) for place, part in enumerate(duty.parts))
    ]
    return _Sheet(w("分解", "Parts"), columns, rows)


def _duties(plan: YearlyPlan) -> _Sheet:
    w = plan.words
    columns = [
        (w("指标", "Indicator"), 32),
        (w("责任单位", "Body"), 24),
        (w("责任人", "Person"), 12),
        (w("进度要求", "Requirement"), 40),
        (w("措施", "Measures"), 48),
        (w("项目", "Projects"), 48),
    ]
    rows: list[list[str | Decimal]] = [
        [
            duty.indicator,
            duty.body,
            duty.person,
            duty.requirement,
            "\n".join(duty.measures),
            "\n".join(duty.projects),
        ]
        for duty in plan.duties
        if duty.body or duty.person or duty.requirement or duty.measures or duty.projects
    ]
    return _Sheet(w("责任与措施", "Duties"), columns, rows)


def _open(plan: YearlyPlan) -> _Sheet:
    w = plan.words
    columns = [(w("指标", "Indicator"), 32), (w("说明", "What is open"), 72)]
    rows: list[list[str | Decimal]] = [[line.indicator, line.words] for line in plan.open]
    return _Sheet(w("未定事项", "Not settled"), columns, rows)


def _write(page: Any, sheet: _Sheet, plan: YearlyPlan, styles: _Styles) -> None:
    page.write_string(0, 0, legal(plan.title), styles.title)
    page.write_string(1, 0, legal(plan.summary), styles.note)
    for column, (head, width) in enumerate(sheet.columns):
        page.set_column(column, column, width)
        page.write_string(3, column, legal(head), styles.head)
    for line, row in enumerate(sheet.rows, 4):
        for column, cell in enumerate(row):
            if isinstance(cell, Decimal):
                page.write_number(line, column, float(cell), styles.number(cell))
            else:
                page.write_string(line, column, legal(cell), styles.text)
    page.freeze_panes(4, 1)
    page.repeat_rows(3)
    page.autofilter(3, 0, 3 + max(1, len(sheet.rows)), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
