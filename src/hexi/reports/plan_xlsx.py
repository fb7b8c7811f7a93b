"""A registered plan as a workbook (规划登记工作簿): one sheet a table, figures as numbers.

Text that begins with ``=`` stays text: a plan comes from outside and must not run in somebody's
spreadsheet.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from hexi.plans.audit.finding import Finding
from hexi.plans.register import Plan
from hexi.plans.statements.statement import Statement
from hexi.reports.audit_report import Language
from hexi.reports.plan_tables import Table, Value, plan_tables

__all__ = ["render"]

#: what a cell of a workbook can hold
_MOST_TEXT = 32_767
#: characters that a workbook cannot hold: they become a space
_CONTROL = {code: " " for code in range(32) if code not in (9, 10, 13)}


def render(
    plan: Plan,
    statements: Sequence[Statement] = (),
    findings: Sequence[Finding] = (),
    *,
    language: Language = "zh",
    at: datetime | None = None,
) -> bytes:
    """The workbook; ``at`` is the date written into the file."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties(
        {"title": plan.title[:255], "author": "Hexi", "created": at or datetime(2000, 1, 1)}
    )
    styles = _Styles(book)
    for table in plan_tables(plan, statements, findings, language):
        _sheet(book, styles, table)
    book.close()
    return buffer.getvalue()


class _Styles:
    """Formats of the workbook, one for each number of decimals."""

    def __init__(self, book: Any) -> None:
        self._book = book
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
        self.whole = book.add_format({"valign": "top", "num_format": "0"})
        self._decimals: dict[int, Any] = {}

    def number(self, value: Decimal) -> Any:
        """The format that shows a figure with the decimals it was printed with."""
        exponent = value.as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
        style = self._decimals.get(decimals)
        if style is None:
            pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
            style = self._book.add_format({"valign": "top", "num_format": pattern})
            self._decimals[decimals] = style
        return style


def _sheet(book: Any, styles: _Styles, table: Table) -> None:
    sheet = book.add_worksheet(table.title)
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, column.width)
        sheet.write_string(0, index, column.head, styles.head)
    for number, row in enumerate(table.rows, 1):
        for index, value in enumerate(row):
            _write(sheet, styles, number, index, value)
    sheet.freeze_panes(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write(sheet: Any, styles: _Styles, row: int, column: int, value: Value) -> None:
    if value is None or value == "":
        return
    if isinstance(value, int):
        sheet.write_number(row, column, value, styles.whole)
    elif isinstance(value, Decimal):
        sheet.write_number(row, column, value, styles.number(value))
    else:
        text = value.translate(_CONTROL)
        if len(text) > _MOST_TEXT:
            text = text[: _MOST_TEXT - 1] + "…"
        sheet.write_string(row, column, text, styles.text)
