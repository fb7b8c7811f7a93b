"""From raw data to scores, a sheet a step (考核计算表：数据、参数、采用值、权重、指标得分)."""

from __future__ import annotations

from typing import Any

import numpy as np
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell  # type: ignore[import-untyped]

from hexi.assessment.scheme.nouns import Group, Item, LevelAndGrowth, Logarithm, MinMax
from hexi.assessment.scoring.table import used_values
from hexi.reports.assessment_formulas import Cells, growth, method_name, scored
from hexi.reports.assessment_layout import LEFT, SHEETS, TOP, Layout

__all__ = ["Inputs"]

#: rows of the parameters
METHOD, DIRECTION, LOW, HIGH, FLOOR, CEILING, CLASSES = 3, 4, 5, 6, 7, 8, 10
STILL = ("given", "equal")


class Inputs(Layout):
    """The sheets up to the scores of the items."""

    def inputs(self) -> None:
        """Write them."""
        self._raw()
        self._parameters()
        self._beside()
        self._used()
        self._weights()
        self._scores()

    def _raw(self) -> None:
        self.table("raw", self.result.matrix.chosen(self.result.items)[-1])

    def _beside(self) -> None:
        """Own targets, the year before, growth, denominators: where the scheme asks for them."""
        matrix = self.result.matrix
        ids = self.result.items
        if "targets" in self.sheets:
            targets = np.full((self.units, len(ids)), np.nan)
            for place, item in enumerate(ids):
                if matrix.targets is not None and item in matrix.items:
                    targets[:, place] = matrix.targets[:, matrix.items.index(item)]
            self.table("targets", targets)
        if "below" in self.sheets:
            below = [matrix.chosen([item.per])[-1][:, 0] for item in self.items if item.per]
            found = np.full((self.units, len(ids)), np.nan)
            found[:, [place for place, item in enumerate(self.items) if item.per]] = np.array(
                below
            ).T
            self.table("below", found)
        if "growth" in self.sheets:
            self._growth()

    def _growth(self) -> None:
        matrix = self.result.matrix
        before = np.full((self.units, len(self.items)), np.nan)
        if len(matrix.years) > 1 and matrix.years[-2] == matrix.years[-1] - 1:
            for place, item in enumerate(self.items):
                if isinstance(item.scoring, LevelAndGrowth):
                    before[:, place] = used_values(matrix, item)[-2]
        self.table("before", before)
        sheet = self.frame("growth")
        now = self.result.treated
        with np.errstate(divide="ignore", invalid="ignore"):
            grown = np.where(before != 0, (now - before) / np.abs(before), np.nan)
        for place, item in enumerate(self.items):
            if not isinstance(item.scoring, LevelAndGrowth):
                continue
            for row in range(self.units):
                at = (TOP + row, LEFT + place)
                text = growth(self.cell("used", *at), self.cell("before", *at))
                self.formula(sheet, *at, text, float(grown[row, place]))

    def _parameters(self) -> None:
        sheet = self.frame("parameters", groups=True)
        for row, zh, en in (
            (METHOD, "评分方法", "Method"),
            (DIRECTION, "方向（1越大越好，-1越小越好）", "Direction (1 more, -1 less is better)"),
            (LOW, "下界", "Low end"),
            (HIGH, "上界", "High end"),
            (FLOOR, "最低分", "Lowest score"),
            (CEILING, "最高分", "Highest score"),
            (CLASSES - 1, "权重（本级内）", "Weights inside the parent"),
        ):
            sheet.write_string(row, 1, self.words(zh, en), self.head)
        for place, item in enumerate(self.items):
            column = LEFT + place
            sheet.write_string(METHOD, column, self.words(*method_name(item)))
            sheet.write_number(DIRECTION, column, item.direction)
            self._ends(sheet, place, item)
            sheet.write_number(FLOOR, column, getattr(item.scoring, "floor", 0.0))
            sheet.write_number(CEILING, column, getattr(item.scoring, "ceiling", 100.0))
        for number, name in enumerate(self.classes):
            row = CLASSES + number
            sheet.write_string(row, 1, name or self.words("全部", "all"))
            sheet.write_string(row, 2, name)
            for group in self.groups:
                if group.weighting != "given":
                    continue
                for member in group.members:
                    weight = member.by_class.get(name, member.weight)
                    sheet.write_number(row, self.columns[member.id], weight, self.figure)

    def _ends(self, sheet: Any, place: int, item: Item) -> None:
        """Goalposts: the scheme's own, or the least and the most of the data."""
        column = LEFT + place
        known = self.result.treated[:, place]
        known = known[~np.isnan(known)]
        if not known.size:
            # nobody reported it: there are no ends
            return
        by = item.scoring
        for row, ordinal, own, found in (
            (LOW, "MIN", by.low if isinstance(by, MinMax) else None, known.min()),
            (HIGH, "MAX", by.high if isinstance(by, MinMax) else None, known.max()),
        ):
            if own is not None:
                sheet.write_number(row, column, own, self.figure)
            elif isinstance(by, Logarithm) and known.min() <= 0:
                kept = known[known > 0]
                end = float(getattr(kept, ordinal.lower())()) if kept.size else 1.0
                sheet.write_number(row, column, end, self.shaded)
            else:
                text = f"={ordinal}({self.range('used', column)})"
                self.formula(sheet, row, column, text, float(found))

    def _used(self) -> None:
        """After denominators; what was put in or drawn in stands as a value."""
        sheet = self.frame("used")
        put = False
        for place, item in enumerate(self.items):
            for row in range(self.units):
                at = (TOP + row, LEFT + place)
                value, plain = float(self.result.treated[row, place]), float(self.used[row, place])
                if not (value == plain or (np.isnan(value) and np.isnan(plain))):
                    put = True
                    if np.isnan(value):
                        sheet.write_string(*at, "", self.shaded)
                    else:
                        sheet.write_number(*at, value, self.shaded)
                    continue
                raw = self.cell("raw", *at)
                if item.per:
                    under = self.cell("below", *at)
                    text = f'=IF(AND(ISNUMBER({raw}),N({under})>0),{raw}/{under},"")'
                else:
                    text = f'=IF(ISNUMBER({raw}),{raw},"")'
                self.formula(sheet, *at, text, value)
        if put:
            self.notes.append(
                self.words(
                    "“采用值”中加底色的单元格是按办法补入的缺失值或收拢、变换后的极端值，为数值。",
                    "Shaded cells of “Used values” are values put in for missing ones, or outliers"
                    " drawn in or transformed, as the scheme has it; they are values.",
                )
            )

    def _weights(self) -> None:
        """The weight of each member inside its parent, by the class of the unit."""
        sheet = self.frame("weights", groups=True)
        names = xl_range_abs(CLASSES, 2, CLASSES + len(self.classes) - 1, 2)
        parameters = self.words(*SHEETS["parameters"])
        classes = self.class_of_units()
        for group in self.groups:
            for member in group.members:
                column = self.columns[member.id]
                taken = xl_range_abs(CLASSES, column, CLASSES + len(self.classes) - 1, column)
                for row in range(self.units):
                    at = (TOP + row, column)
                    if group.weighting == "given":
                        own = xl_rowcol_to_cell(TOP + row, 2, col_abs=True)
                        place = f"MATCH({own},'{parameters}'!{names},0)"
                        if len(self.classes) == 1:
                            place = "1"
                        text = f"=INDEX('{parameters}'!{taken},{place})"
                        weight = member.by_class.get(classes[row], member.weight)
                        self.formula(sheet, *at, text, weight)
                    elif group.weighting == "equal":
                        sheet.write_number(*at, 1.0, self.figure)
                    else:
                        sheet.write_number(*at, self.found_weight(group, member, row), self.shaded)
        found = [group for group in self.groups if group.weighting not in STILL]
        for group in found:
            self.notes.append(
                self.words(
                    f"“{group.name.zh}”内的权重由数据或判断矩阵得出（{group.weighting}），无简单公式，为数值。",
                    f"Weights inside “{group.name.en}” come from the data or from judgements"
                    f" ({group.weighting}): they have no plain formula and are values.",
                )
            )

    def found_weight(self, group: Group, member: Group | Item, row: int) -> float:
        """A member's share of its group, from the weights in the whole."""
        whole = self.share(group, row)
        return self.share(member, row) / whole if whole else 0.0

    def share(self, noun: Group | Item, row: int) -> float:
        if isinstance(noun, Item):
            return float(self.result.weights[row, self.columns[noun.id] - LEFT])
        return sum(self.share(member, row) for member in noun.members)

    def _scores(self) -> None:
        sheet = self.frame("scores")
        for place, item in enumerate(self.items):
            column = LEFT + place
            rule = (item.missing or self.result.scheme.missing).rule
            grown = "growth" in self.sheets and isinstance(item.scoring, LevelAndGrowth)
            for row in range(self.units):
                at = (TOP + row, column)
                cells = Cells(
                    v=self.cell("used", *at),
                    column=self.range("used", column),
                    low=self.fixed("parameters", LOW, column),
                    high=self.fixed("parameters", HIGH, column),
                    floor=self.fixed("parameters", FLOOR, column),
                    ceiling=self.fixed("parameters", CEILING, column),
                    target=self.cell("targets", *at) if "targets" in self.sheets else "",
                    grown=self.cell("growth", *at) if grown else "",
                    growths=self.range("growth", column) if grown else "",
                )
                text = scored(item, cells, empty="0" if rule == "zero" else '""')
                self.formula(sheet, *at, text, float(self.result.normalised[row, place]))
