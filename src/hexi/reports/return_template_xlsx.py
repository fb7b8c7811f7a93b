"""The workbook that a return is filled in on (报表 Excel 模板): protected, with choices and checks.

Only the cells that are asked for can be written; each checks what is written into it. Last
period's figures stand beside. A hidden sheet carries form, edition, reporter and period with a
seal, so that a file cannot be taken for another's.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]

from hexi.reports.legal_text import legal
from hexi.reports.return_template_layout import (
    COVER,
    COVER_COLUMN,
    HEAD_ROW,
    ITEMS,
    LISTS,
    MARKER,
    PRIOR_COLUMN,
    ROWS_FIRST,
    ROWS_UNIT,
    UNIT_COLUMN,
    VALUE_COLUMN,
    Layout,
    a1,
)
from hexi.statistics.forms import Form, Item, Section

__all__ = ["Template", "render"]

#: digits that a spreadsheet keeps of a number; a longer one is written as text
_DIGITS: Final = 15
_MOST: Final = 10**14
#: a figure so many times the last one is marked: 万元 for 元, perhaps
_FAR: Final = 1000


@dataclass(frozen=True)
class Template:
    """What a template shows: a form, a reporter, a period, and the figures so far."""

    form: Form
    reporter: str
    period: str
    last_period: str
    year_period: str
    due: date
    #: cells and cover fields, by name
    values: Mapping[str, str] = field(default_factory=dict)
    cover: Mapping[str, str] = field(default_factory=dict)
    last: Mapping[str, str] = field(default_factory=dict)
    year_ago: Mapping[str, str] = field(default_factory=dict)
    #: dynamic section to row number to name
    rows: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    #: key and value of the hidden sheet
    marker: Mapping[str, str] = field(default_factory=dict)


def render(template: Template) -> bytes:
    """The workbook."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties(
        {"title": template.form.name, "author": "Hexi", "created": datetime(2000, 1, 1)}
    )
    writer = _Writer(book, template)
    writer.cover()
    writer.items()
    for section in template.form.sections:
        if section.dynamic:
            writer.rows(section)
    writer.lists()
    writer.marker()
    book.close()
    return buffer.getvalue()


class _Writer:
    def __init__(self, book: Any, template: Template) -> None:
        self.book, self.template = book, template
        self.form, self.layout = template.form, Layout(template.form)
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.missing = self.style(bg_color="#FBF1D9")
        self.far = self.style(bg_color="#FBEAE7")

    def style(self, **given: Any) -> Any:
        """A format, made once."""
        key = tuple(sorted(given.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({"valign": "vcenter", **given})
        return self._formats[key]

    def number_style(self, item: Item, *, open_: bool) -> Any:
        pattern = "#,##0" + ("." + "0" * item.decimals if item.decimals else "")
        colours = {"border": 1, "border_color": "#8B8980"} if open_ else {"font_color": "#62686E"}
        return self.style(num_format=pattern, locked=not open_, **colours)

    def sheet(self, name: str, title: str) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.protect("", {"select_locked_cells": True, "format_columns": True})
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_row(0, 26)
        sheet.write_string(0, 0, legal(title), self.style(bold=True, font_size=15))
        return sheet

    # --- cover page
    def cover(self) -> None:
        t = self.template
        sheet = self.sheet(COVER, t.form.name)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 42)
        facts = [("表号", t.form.number), ("报告期", t.period), ("填报单位", t.reporter),
                 ("截止日期", t.due.isoformat())]  # fmt: skip
        for row, (label, text) in enumerate(facts, 1):
            sheet.write_string(row, 0, label)
            sheet.write_string(row, 1, legal(text))
        open_ = self.style(locked=False, border=1, border_color="#8B8980", num_format="@")
        for entry in self.form.cover:
            row = self.layout.cover_rows[entry.code]
            mark = " *" if entry.required else ""
            sheet.write_string(row, 0, f"{entry.name}{mark}")
            style = self.style(font_color="#62686E") if entry.register else open_
            sheet.write_string(row, COVER_COLUMN, legal(t.cover.get(entry.code, "")), style)
            if entry.choices:
                sheet.data_validation(
                    row, COVER_COLUMN, row, COVER_COLUMN,
                    {"validate": "list", "source": list(entry.choices)},
                )  # fmt: skip
        last = max(self.layout.cover_rows.values(), default=HEAD_ROW)
        notes = (
            "在有边框的单元格内填写；带 * 的必填。未发生的填 0，不掌握的留空。",
            "请勿增删、隐藏、合并行列，也不要填公式：从其他表粘贴时请选“粘贴为数值”。",
            "计量单位有下拉箭头的，可改选后按所选单位填写。",
        )
        for number, note in enumerate(notes, last + 2):
            sheet.write_string(number, 0, note, self.style(font_color="#494F55"))

    # --- items
    def items(self) -> None:
        t = self.template
        sheet = self.sheet(ITEMS, f"{t.form.name}　{t.period}")
        sheet.write_string(1, 0, legal(f"填报单位：{t.reporter}"))
        head = self.style(bold=True, text_wrap=True, bottom=1, bg_color="#EEF2F6")
        now, last, year = t.period, t.last_period, t.year_period
        heads = ("代码", "指标", "计量单位", f"本期\n{now}", "上年同期\n（本表填报）",
                 f"上期\n{last}", f"上年同期已报\n{year}", "指标解释")  # fmt: skip
        for column, (label, width) in enumerate(
            zip(heads, (20, 34, 11, 16, 16, 16, 16, 60), strict=True)
        ):
            sheet.set_column(column, column, width)
            sheet.write_string(HEAD_ROW, column, label, head)
        sheet.set_row(HEAD_ROW, 32)
        sheet.freeze_panes(HEAD_ROW + 1, 2)
        sheet.repeat_rows(HEAD_ROW)
        sheet.set_landscape()
        # on paper the figures; what an item means is read on the screen
        sheet.print_area(0, 0, max(self.layout.item_rows.values()), PRIOR_COLUMN + 2)
        for section in self.form.sections:
            if section.dynamic:
                continue
            row = self.layout.section_rows[section.code]
            sheet.write_string(row, 1, section.name, self.style(bold=True))
            for item in section.items:
                self.item(sheet, item)

    def item(self, sheet: Any, item: Item) -> None:
        row, t = self.layout.item_rows[item.code], self.template
        grey = self.style(font_color="#62686E")
        sheet.write_string(row, 0, item.code, grey)
        sheet.write_string(row, 1, f"{item.name}{' *' if item.required else ''}")
        sheet.write_string(row, 7, item.definition, grey)
        self.unit(sheet, row, UNIT_COLUMN, item)
        self.entry(sheet, row, VALUE_COLUMN, item, t.values.get(item.code, ""))
        if item.prior:
            self.entry(sheet, row, PRIOR_COLUMN, item, t.values.get(f"{item.code}@prior", ""))
        closed = self.number_style(item, open_=False)
        for column, values in ((PRIOR_COLUMN + 1, t.last), (PRIOR_COLUMN + 2, t.year_ago)):
            self.number(sheet, row, column, values.get(item.code, ""), closed)
        value, last = a1(row, VALUE_COLUMN), a1(row, PRIOR_COLUMN + 1)
        if item.required:
            sheet.conditional_format(value, {"type": "blanks", "format": self.missing})
        far = (
            f"AND(ISNUMBER({value}),ISNUMBER({last}),{value}<>0,{last}<>0,"
            f"OR(ABS({value}/{last})>={_FAR},ABS({last}/{value})>={_FAR}))"
        )
        sheet.conditional_format(
            value, {"type": "formula", "criteria": f"={far}", "format": self.far}
        )

    def unit(self, sheet: Any, row: int, column: int, item: Item) -> None:
        """The unit of measure; a drop-down where there is a choice."""
        if not item.entry_units:
            sheet.write_string(row, column, item.unit, self.style(font_color="#62686E"))
            return
        style = self.style(locked=False, border=1, border_color="#DFDCD3")
        sheet.write_string(row, column, item.unit, style)
        choice = {"validate": "list", "source": [item.unit, *item.entry_units],
                  "error_title": "计量单位", "error_message": "请从下拉列表中选择。"}  # fmt: skip
        sheet.data_validation(row, column, row, column, choice)

    def entry(self, sheet: Any, row: int, column: int, item: Item, text: str) -> None:
        """A cell that is filled in, with its check."""
        self.number(sheet, row, column, text, self.number_style(item, open_=True), blank=True)
        sheet.data_validation(row, column, row, column, _check_of(item))

    def number(
        self, sheet: Any, row: int, column: int, text: str, style: Any, *, blank: bool = False
    ) -> None:
        if not text:
            if blank:
                sheet.write_blank(row, column, None, style)
            return
        if len(Decimal(text).normalize().as_tuple().digits) > _DIGITS:
            sheet.write_string(row, column, text, style)
        else:
            sheet.write_number(row, column, float(text), style)

    # --- dynamic rows
    def rows(self, section: Section) -> None:
        t, known = self.template, self.template.rows.get(section.code, {})
        sheet = self.sheet(self.layout.row_sheets[section.code], f"{section.name}　{t.period}")
        sheet.write_string(1, 0, legal(f"填报单位：{t.reporter}"))
        head = self.style(bold=True, text_wrap=True, bottom=1, bg_color="#EEF2F6")
        width = len(section.items)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 2 * width, 16)
        sheet.write_string(ROWS_UNIT - 1, 0, "代码和名称（下拉选择）", head)
        sheet.write_string(ROWS_UNIT, 0, "计量单位")
        for column, item in enumerate(section.items, 1):
            sheet.write_string(ROWS_UNIT - 1, column, item.name, head)
            self.unit(sheet, ROWS_UNIT, column, item)
            label = f"{item.name}\n上期 {t.last_period}"
            sheet.write_string(ROWS_UNIT - 1, column + width, label, head)
        sheet.set_row(ROWS_UNIT - 1, 32)
        sheet.freeze_panes(ROWS_FIRST, 1)
        facets = _facets(section, t.values, t.last, known)
        count = self.layout.rows_of(section, len(facets))
        style = self.style(locked=False, border=1, border_color="#8B8980", num_format="@")
        for number in range(count):
            row = ROWS_FIRST + number
            facet = facets[number] if number < len(facets) else 0
            title = f"{facet} {known.get(facet, '')}" if facet else ""
            sheet.write_string(row, 0, title, style)
            self.row(sheet, row, section, facet)
        last = ROWS_FIRST + count - 1
        choice = {"validate": "list", "source": f"={LISTS}!{self._list(section)}",
                  "error_title": "代码和名称", "error_message": "请从下拉列表中选择。"}  # fmt: skip
        sheet.data_validation(ROWS_FIRST, 0, last, 0, choice)
        for column, item in enumerate(section.items, 1):
            sheet.data_validation(ROWS_FIRST, column, last, column, _check_of(item))

    def row(self, sheet: Any, row: int, section: Section, facet: int) -> None:
        width = len(section.items)
        for column, item in enumerate(section.items, 1):
            name = f"{section.code}/{facet}/{item.code}" if facet else ""
            text = self.template.values.get(name, "")
            self.number(sheet, row, column, text, self.number_style(item, open_=True), blank=True)
            before = self.template.last.get(name, "")
            self.number(sheet, row, column + width, before, self.number_style(item, open_=False))

    def _list(self, section: Section) -> str:
        column = list(self.layout.row_sheets).index(section.code)
        letter = a1(0, column).rstrip("1")
        return f"${letter}$1:${letter}${len(self.template.rows.get(section.code, {})) or 1}"

    # --- hidden sheets
    def lists(self) -> None:
        if not self.layout.row_sheets:
            return
        sheet = self.book.add_worksheet(LISTS)
        sheet.very_hidden()
        for column, section in enumerate(self.layout.row_sheets):
            for row, (facet, name) in enumerate(self.template.rows.get(section, {}).items()):
                sheet.write_string(row, column, legal(f"{facet} {name}"))

    def marker(self) -> None:
        sheet = self.book.add_worksheet(MARKER)
        sheet.very_hidden()
        for row, (key, text) in enumerate(self.template.marker.items()):
            sheet.write_string(row, 0, key)
            sheet.write_string(row, 1, legal(text))


def _check_of(item: Item) -> dict[str, Any]:
    """What may be written into a cell of this item."""
    least = -_MOST if item.negative else 0
    says = f"请填数字，单位为所选计量单位，{item.name}"
    says += "可以为负。" if item.negative else "不能为负。"
    return {
        "validate": "integer" if item.decimals == 0 and not item.entry_units else "decimal",
        "criteria": "between",
        "minimum": least,
        "maximum": _MOST,
        "error_title": item.name[:32],
        "error_message": says[:255],
    }


def _facets(
    section: Section, values: Mapping[str, str], last: Mapping[str, str], known: Mapping[int, str]
) -> list[int]:
    start = f"{section.code}/"
    found = {
        int(name.split("/")[1]) for given in (values, last) for name in given
        if name.startswith(start)
    }  # fmt: skip
    order = {facet: number for number, facet in enumerate(known)}
    return sorted(found, key=lambda facet: order.get(facet, len(order)))
