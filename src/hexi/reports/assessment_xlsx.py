"""A whole assessment as a workbook with live formulas (考核计算表), that a person can check.

Sheets follow the steps: raw data, parameters, used values, weights, scores, groups, contributions,
points, result. Every step is a formula on the step before, so that changing a raw figure or a
weight carries through to the rank. What has no plain formula (weights from the data, outliers drawn
in, values put in, methods over all units at once) stands as a value on a shade, and the first sheet
says so. The values that the engine computed lie in the cells, for programs that do not calculate.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell  # type: ignore[import-untyped]

from hexi.assessment.result import Result
from hexi.assessment.scheme.nouns import Group, Item, Named
from hexi.reports.assessment_formulas import combined
from hexi.reports.assessment_inputs import Inputs
from hexi.reports.assessment_layout import LEFT, SHEETS, TOP, Language, PlainSheet
from hexi.reports.legal_text import legal

__all__ = ["render"]


def render(
    result: Result,
    *,
    notices: Sequence[Named] = (),
    language: Language = "zh",
    at: datetime | None = None,
) -> bytes:
    """The workbook as xlsx; ``at``: date written into the file; ``notices``: head of its notes."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    _Book(book, result, language).write(notices)
    title = result.scheme.title.en if language == "en" else result.scheme.title.zh
    book.set_properties(
        {"title": legal(title)[:255], "author": "Hexi", "created": at or datetime(2000, 1, 1)}
    )
    book.set_calc_mode("auto")
    book.close()
    return buffer.getvalue()


class _Book(Inputs):
    """The sheets from the groups to the result."""

    def write(self, notices: Sequence[Named] = ()) -> None:
        """All of them, in reading order."""
        self.notes += [self.words(one.zh, one.en) for one in notices]
        for key in SHEETS:
            if self.wanted(key):
                self.sheets[key] = self.book.add_worksheet(self.words(*SHEETS[key]), PlainSheet)
        self.inputs()
        self._groups()
        if self.exact:
            self._contributions()
        self._points()
        self._result()
        self._notes()
        self.sheets["result"].activate()

    def _groups(self) -> None:
        """Of each group its score, and its share of the whole among what has a score."""
        sheet = self.frame("groups", items=False)
        parents = {member.id: group for group in self.groups for member in group.members}
        for place, group in enumerate(self.groups):
            total, share, score = (LEFT + 3 * place + step for step in range(3))
            name = legal(self.words(group.name.zh, group.name.en))
            sheet.write_string(0, total, group.id)
            for column, zh, en in (
                (total, "参与合成的权数", "weights that count"),
                (share, "占总分比重", "share of the whole"),
                (score, "得分", "score"),
            ):
                sheet.write_string(1, column, name, self.head)
                sheet.write_string(2, column, self.words(zh, en))
            for row in range(self.units):
                self._group_row(sheet, row, group, parents.get(group.id))
        if any(combined([("A1", "A1")], group.aggregation, "A1") is None for group in self.groups):
            self.notes.append(
                self.words(
                    "用 TOPSIS、VIKOR 或 Copeland 合成的组没有逐格的简单公式，得分为数值。",
                    "Groups put together by TOPSIS, VIKOR or Copeland have no plain formula a cell:"
                    " their scores are values.",
                )
            )

    def _group_row(self, sheet: Any, row: int, group: Group, parent: Group | None) -> None:
        line = TOP + row
        total = self._group_cells(group, line)[0]
        score = self._group_cells(group, line)[2]
        members = [
            (self._score_cell(member, line), self.cell("weights", line, self.columns[member.id]))
            for member in group.members
        ]
        place = self.groups.index(group)
        inside = float(self.share(group, row))
        counted = "+".join(f"IF(ISNUMBER({s}),{w},0)" for s, w in members)
        weights = [
            self._own_weight(group, member, row)
            for member in group.members
            if not np.isnan(self._score_of(member, row))
        ]
        column = LEFT + 3 * place
        self.formula(sheet, line, column, f"={counted}", float(sum(weights)))
        if parent is None:
            sheet.write_number(line, column + 1, 1.0, self.figure)
        else:
            over, outer, _ = self._group_cells(parent, line)
            own = self.cell("weights", line, self.columns[group.id])
            text = f"=IF(AND(ISNUMBER({score}),{over}>0),{own}/{over}*{outer},0)"
            self.formula(sheet, line, column + 1, text, inside)
        value = float(self.result.groups[row, self.result.nodes.index(group.id)])
        plain = combined(members, group.aggregation, total)
        if plain is not None:
            self.formula(sheet, line, column + 2, plain, value)
        elif not np.isnan(value):
            sheet.write_number(line, column + 2, value, self.shaded)

    def _group_cells(self, group: Group, line: int) -> tuple[str, str, str]:
        """Weights that count, share of the whole, score."""
        first = LEFT + 3 * self.groups.index(group)
        total, share, score = (self.cell("groups", line, first + step) for step in range(3))
        return total, share, score

    def _score_cell(self, member: Group | Item, line: int) -> str:
        if isinstance(member, Group):
            return self._group_cells(member, line)[2]
        return self.cell("scores", line, self.columns[member.id])

    def _score_of(self, member: Group | Item, row: int) -> float:
        if isinstance(member, Group):
            return float(self.result.groups[row, self.result.nodes.index(member.id)])
        return float(self.result.normalised[row, self.columns[member.id] - LEFT])

    def _own_weight(self, group: Group, member: Group | Item, row: int) -> float:
        if group.weighting == "given":
            return member.by_class.get(self.class_of_units()[row], member.weight)
        return 1.0 if group.weighting == "equal" else self.found_weight(group, member, row)

    def _contributions(self) -> None:
        """Score × weight in the whole, and their sum."""
        sheet = self.frame("contributions")
        sum_column = LEFT + len(self.items)
        sheet.write_string(1, sum_column, self.words("合计", "Sum"), self.head)
        parents = {member.id: group for group in self.groups for member in group.members}
        for row in range(self.units):
            line = TOP + row
            for place, item in enumerate(self.items):
                score = self._score_cell(item, line)
                over, outer, _ = self._group_cells(parents[item.id], line)
                own = self.cell("weights", line, self.columns[item.id])
                text = f"=IF(AND(ISNUMBER({score}),{over}>0),{score}*{own}/{over}*{outer},0)"
                value = float(self.result.contributions[row, place])
                self.formula(sheet, line, LEFT + place, text, value)
            first = xl_rowcol_to_cell(line, LEFT)
            end = xl_rowcol_to_cell(line, sum_column - 1)
            value = float(self.result.contributions[row].sum())
            self.formula(sheet, line, sum_column, f"=SUM({first}:{end})", value)

    def _points(self) -> None:
        """Cases of bonus and penalty with their caps, and vetoes, each with its evidence."""
        sheet = self.sheets["points"]
        heads = (
            ("代码", "Id"), ("名称", "Name"), ("事项", "Matter"), ("每件分值", "Points each"),
            ("件数", "Cases"), ("上限", "Cap"), ("分值", "Points"), ("依据", "Evidence"),
        )  # fmt: skip
        for column, head in enumerate(heads):
            sheet.write_string(1, column, self.words(*head), self.head)
        worth = {one.id: one for one in self.result.scheme.points}
        vetoes = {one.id: one for one in self.result.scheme.vetoes}
        names = dict(zip(self.result.matrix.units, self.result.matrix.names, strict=True))
        for number, given in enumerate(self.result.points):
            line = TOP + number
            sheet.write_string(line, 0, legal(given.unit))
            sheet.write_string(line, 1, legal(names[given.unit]))
            name = (worth | vetoes)[given.matter].name
            sheet.write_string(line, 2, legal(self.words(name.zh, name.en)))
            if given.matter in worth:
                rule = worth[given.matter]
                count = sum(
                    case.count
                    for case in self.result.matrix.cases
                    if (case.unit, case.matter) == (given.unit, given.matter)
                )
                sheet.write_number(line, 3, rule.each)
                sheet.write_number(line, 4, count)
                text = f"D{line + 1}*E{line + 1}"
                if rule.cap is not None:
                    sheet.write_number(line, 5, rule.cap)
                    text = f"MAX(-F{line + 1},MIN(F{line + 1},{text}))"
                self.formula(sheet, line, 6, f"={text}", given.points)
            else:
                sheet.write_string(line, 6, self.words("否决", "veto"))
            sheet.write_string(line, 7, legal("；".join(given.evidence)))
        sheet.set_column(1, 2, 22)
        sheet.set_column(7, 7, 40)

    def _result(self) -> None:
        """Base, points, score, rank of all and by class, grade."""
        sheet = self.frame("result", items=False)
        groupings = self.result.scheme.groupings
        heads = [
            ("合成得分", "Base score"), ("加减分", "Points"), ("否决后最高", "Most after veto"),
            ("评定（1是0否）", "Rated (1 yes, 0 no)"), ("总分", "Score"), ("名次", "Rank"),
            ("等次", "Grade"),
        ]  # fmt: skip
        for one in groupings:
            heads += [(one.name.zh, one.name.en), (f"{one.name.zh}名次", f"Rank, {one.name.en}")]
        for column, head in enumerate(heads):
            sheet.write_string(1, LEFT + column, legal(self.words(*head)), self.head)
        caps = self._caps()
        given: dict[str, float] = {}
        for entry in self.result.points:
            given[entry.unit] = given.get(entry.unit, 0.0) + entry.points
        points = self.words(*SHEETS["points"])
        end = TOP + max(len(self.result.points), 1) - 1
        names, worth = xl_range_abs(TOP, 0, end, 0), xl_range_abs(TOP, 6, end, 6)
        for row, unit in enumerate(self.result.matrix.units):
            line = TOP + row
            base, extra, cap, rated, score = (
                xl_rowcol_to_cell(line, LEFT + step, col_abs=True) for step in range(5)
            )
            root = self._group_cells(self.result.scheme.root, line)[2]
            self.formula(sheet, line, LEFT, f"={root}", float(self.result.base[row]))
            own = xl_rowcol_to_cell(line, 0, col_abs=True)
            text = f"=SUMIF('{points}'!{names},{own},'{points}'!{worth})"
            self.formula(sheet, line, LEFT + 1, text, given.get(unit, 0.0))
            if unit in caps:
                sheet.write_number(line, LEFT + 2, caps[unit], self.shaded)
            sheet.write_number(line, LEFT + 3, float(self.result.rated[row]))
            most = f"IF(ISNUMBER({cap}),MIN({cap},{base}+{extra}),{base}+{extra})"
            digits = self.result.scheme.decimals
            text = f'=IF(AND({rated}=1,ISNUMBER({base})),ROUND({most},{digits}),"")'
            self.formula(sheet, line, LEFT + 4, text, float(self.result.scores[row]))
            scores = xl_range_abs(TOP, LEFT + 4, self.last, LEFT + 4)
            text = f'=IF(ISNUMBER({score}),RANK({score},{scores},0),"")'
            self.formula(sheet, line, LEFT + 5, text, _rank(self.result.ranks[row]), self.place)
            sheet.write_formula(line, LEFT + 6, self._grade(score), None, self.result.grades[row])
            for number, one in enumerate(groupings):
                self._class_rank(sheet, row, number, one.attribute, score, scores)

    def _class_rank(
        self, sheet: Any, row: int, number: int, attribute: str, score: str, scores: str
    ) -> None:
        line, column = TOP + row, LEFT + 7 + 2 * number
        sheet.write_string(line, column, legal(self.result.matrix.classes(attribute)[row]))
        names = xl_range_abs(TOP, column, self.last, column)
        own = xl_rowcol_to_cell(line, column, col_abs=True)
        # products rather than COUNTIFS: a criterion made of text would cut digits off a score
        ahead = f"SUMPRODUCT(({names}={own})*ISNUMBER({scores})*({scores}>{score}))"
        ranks = self.result.class_ranks[attribute]
        text = f'=IF(ISNUMBER({score}),{ahead}+1,"")'
        self.formula(sheet, line, column + 1, text, _rank(ranks[row]), self.place)

    def _caps(self) -> dict[str, float]:
        """The most that a unit may score because of a veto."""
        scheme = self.result.scheme
        lowest = scheme.grades[-1][1] if scheme.grades else 0.0
        vetoes = {one.id: one for one in scheme.vetoes}
        found: dict[str, float] = {}
        for given in self.result.points:
            veto = vetoes.get(given.matter)
            if veto is None or veto.effect == "unrated":
                continue
            cap = lowest if veto.effect == "lowest" else veto.cap
            if cap is not None:
                found[given.unit] = min(cap, found.get(given.unit, cap))
        return found

    def _grade(self, score: str) -> str:
        text = '""'
        for name, least in reversed(self.result.scheme.grades):
            text = f'IF({score}>={least!r},"{name.zh}",{text})'
        return f'=IF(ISNUMBER({score}),{text},"")'

    def _notes(self) -> None:
        sheet, scheme = self.sheets["notes"], self.result.scheme
        source = " ".join(p for p in (scheme.source.title, scheme.source.number) if p)
        lines = [
            self.words(scheme.title.zh, scheme.title.en),
            self.words(f"{self.result.year}年度", f"Year {self.result.year}"),
            self.words(f"依据：{source}", f"Source: {source}"),
            *(
                self.words(f"本系统假定：{zh}", f"Assumption of this system: {en}")
                for zh, en in zip(scheme.assumed, scheme.assumed_en, strict=True)
            ),
            self.words(
                f"数据校验码：{self.result.matrix.digest()}",
                f"Checksum of the data: {self.result.matrix.digest()}",
            ),
            self.words(
                "各表逐步相扣：改动“原始数据”或“参数”中的数，名次随之变化。是否评定为运行结论，是数值。",
                "Every sheet is a formula on the one before: a change to the raw data or the"
                " parameters carries through to the rank. Whether a unit is rated is a value.",
            ),
            *self.notes,
            *(self._remark(one.text if self.language == "zh" else one.text_en, one.unit, one.item)
              for one in self.result.remarks),
        ]  # fmt: skip
        sheet.set_column(0, 0, 110)
        for row, line in enumerate(lines):
            sheet.write_string(row, 0, legal(line), self.text)

    def _remark(self, text: str, unit: str, item: str) -> str:
        names = dict(zip(self.result.matrix.units, self.result.matrix.names, strict=True))
        items = {one.id: self.words(one.name.zh, one.name.en) for one in self.items}
        where = [names.get(unit, unit), items.get(item, item)]
        place = self.words("，", ", ").join(one for one in where if one)
        return f"{place}{self.words('：', ': ')}{text}" if place else text


def _rank(rank: np.int64) -> float:
    return float(rank) if rank else float("nan")
