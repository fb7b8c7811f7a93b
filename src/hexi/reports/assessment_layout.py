"""The sheets of an assessment's workbook (考核计算表的布局): an item has one column on all of them.

Three rows of heads (id, name, unit), three columns of names (id, name, class), figures from the
fourth row and column on. What a step needs of another sheet it asks for by address here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from hexi.assessment.explanation.gaps import adds_up
from hexi.assessment.result import Result
from hexi.assessment.scheme.nouns import Achievement, Group, Item, LevelAndGrowth
from hexi.assessment.scoring.table import used_values
from hexi.reports.legal_text import legal

__all__ = ["LEFT", "SHEETS", "TOP", "Language", "Layout", "PlainSheet", "Table"]

Language = Literal["zh", "en"]
Table = NDArray[np.float64]

#: sheets in reading order: key → (Chinese, English)
SHEETS: Mapping[str, tuple[str, str]] = {
    "notes": ("说明", "Notes"),
    "raw": ("原始数据", "Raw data"),
    "parameters": ("参数", "Parameters"),
    "targets": ("目标值", "Targets"),
    "before": ("上年值", "Year before"),
    "growth": ("增长", "Growth"),
    "below": ("分母", "Denominators"),
    "used": ("采用值", "Used values"),
    "weights": ("权重", "Weights"),
    "scores": ("指标得分", "Scores"),
    "groups": ("分组得分", "Groups"),
    "contributions": ("贡献", "Contributions"),
    "points": ("加减分", "Points"),
    "result": ("结果", "Result"),
}
#: rows of heads above the first unit, columns before the first item
TOP, LEFT = 3, 3


class PlainSheet(Worksheet):  # type: ignore[misc]
    """A sheet whose formulas are written as they are.

    The library rewrites every formula by thirty patterns, for functions that came after 2010; none
    of them stands in these sheets, and with fifteen thousand formulas it is most of the time."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class Layout:
    """The sheets of one result; an item has the same column on every sheet."""

    def __init__(self, book: Any, result: Result, language: Language) -> None:
        self.book, self.result, self.language = book, result, language
        self.items = tuple(result.scheme.items())
        self.groups = tuple(result.scheme.groups())
        self.units = len(result.matrix.units)
        self.last = TOP + self.units - 1
        self.exact = adds_up(result)
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.figure = book.add_format({"num_format": "#,##0.00####"})
        self.place = book.add_format({"num_format": "0"})
        self.shaded = book.add_format({"num_format": "#,##0.00####", "bg_color": "#F2E8C9"})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.columns = {item.id: LEFT + place for place, item in enumerate(self.items)}
        self.columns |= {
            group.id: LEFT + len(self.items) + place for place, group in enumerate(self.groups)
        }
        self.classes = tuple(dict.fromkeys(self.class_of_units()))
        self.used = np.column_stack([used_values(result.matrix, item)[-1] for item in self.items])
        self.sheets: dict[str, Any] = {}
        self.notes: list[str] = []

    def words(self, zh: str, en: str) -> str:
        return en if self.language == "en" else zh

    def wanted(self, key: str) -> bool:
        kinds = {type(item.scoring) for item in self.items}
        grown = LevelAndGrowth in kinds
        return {
            "targets": Achievement in kinds,
            "before": grown,
            "growth": grown,
            "below": any(item.per for item in self.items),
            "contributions": self.exact,
        }.get(key, True)

    def class_of_units(self) -> tuple[str, ...]:
        scheme, matrix = self.result.scheme, self.result.matrix
        return matrix.classes(scheme.class_by) if scheme.class_by else ("",) * self.units

    # --- addresses -------------------------------------------------------------------------------

    def cell(self, key: str, row: int, column: int) -> str:
        """A cell of another sheet; the row of a unit moves, the column stands still."""
        name = self.words(*SHEETS[key])
        return f"'{name}'!{xl_rowcol_to_cell(row, column, col_abs=True)}"

    def fixed(self, key: str, row: int, column: int) -> str:
        """A cell that stands still."""
        name = self.words(*SHEETS[key])
        return f"'{name}'!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"

    def range(self, key: str, column: int) -> str:
        """All units in a column."""
        name = self.words(*SHEETS[key])
        return f"'{name}'!{xl_range_abs(TOP, column, self.last, column)}"

    # --- pieces ----------------------------------------------------------------------------------

    def frame(self, key: str, *, groups: bool = False, items: bool = True) -> Any:
        """Heads and the units' names, alike on every sheet."""
        sheet = self.sheets[key]
        nouns: list[Item | Group] = [
            *(self.items if items else ()),
            *(self.groups if groups else ()),
        ]
        for column, zh, en in ((0, "代码", "Id"), (1, "名称", "Name"), (2, "分类", "Class")):
            sheet.write_string(1, column, self.words(zh, en), self.head)
        for noun in nouns:
            column = self.columns[noun.id]
            sheet.write_string(0, column, noun.id)
            sheet.write_string(1, column, legal(self.words(noun.name.zh, noun.name.en)), self.head)
            if isinstance(noun, Item):
                sheet.write_string(2, column, noun.unit)
        if key != "parameters":
            for place, (unit, name, of) in enumerate(
                zip(
                    self.result.matrix.units, self.result.matrix.names, self.class_of_units(),
                    strict=True,
                )
            ):  # fmt: skip
                sheet.write_string(TOP + place, 0, legal(unit))
                sheet.write_string(TOP + place, 1, legal(name))
                sheet.write_string(TOP + place, 2, legal(of))
        sheet.freeze_panes(TOP, LEFT)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, TOP - 1)
        sheet.set_column(0, 0, 10)
        sheet.set_column(1, 1, 22)
        sheet.set_column(LEFT, LEFT + len(self.columns), 13)
        return sheet

    def table(self, key: str, values: Table) -> None:
        """Plain figures, empty where missing."""
        sheet = self.frame(key)
        for row in range(self.units):
            for place in range(len(self.items)):
                if not np.isnan(values[row, place]):
                    sheet.write_number(
                        TOP + row, LEFT + place, float(values[row, place]), self.figure
                    )

    def formula(
        self, sheet: Any, row: int, column: int, text: str, value: float, form: Any = None
    ) -> None:
        """A formula with the value that the engine found."""
        shown: float | str = "" if np.isnan(value) else value
        sheet.write_formula(row, column, text, form or self.figure, shown)
