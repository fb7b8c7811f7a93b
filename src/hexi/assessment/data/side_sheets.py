"""Sheets beside the data (附表): cases of bonus, penalty and veto, and what units report.

Each row names who it is about and what proves it; every fault is told with its cell.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import Final

from hexi.assessment.data.cells import (
    UNIT_HEADS,
    Laid,
    columns_of,
    laid_sheet,
    number_in,
    plain,
    texts_of,
)
from hexi.assessment.data.matrix import Case
from hexi.assessment.data.unit_facts import AskedFact, UnitFact
from hexi.assessment.faults import Fault
from hexi.assessment.scheme.nouns import Scheme
from hexi.warehouse.loading.sheet import Sheet

__all__ = ["FACT_HEADS", "cases_in", "facts_in", "is_cases", "is_facts"]

_CASES: Final = {
    "unit": UNIT_HEADS,
    "matter": ("matter", "事项", "加减分事项"),
    "evidence": ("evidence", "依据", "佐证"),
    "count": ("count", "次数", "件数"),
}
_FACTS: Final = {
    "unit": UNIT_HEADS,
    "fact": ("condition", "fact", "条件", "申报条件"),
    "value": ("value", "数值", "申报值"),
    "evidence": ("evidence", "依据", "佐证"),
}
#: heads of the sheet of conditions as it is handed out
FACT_HEADS: Final = ("主体", "名称", "条件", "数值", "依据")


def is_cases(header: Sequence[str]) -> bool:
    """Is it a sheet of cases?"""
    return "matter" in columns_of(header, _CASES)


def is_facts(header: Sequence[str]) -> bool:
    """Is it a sheet of what units report?"""
    return "fact" in columns_of(header, _FACTS)


def cases_in(
    sheet: Sheet, scheme: Scheme, units: Collection[str], faults: list[Fault]
) -> tuple[Case, ...]:
    """Cases (加减分) of a sheet; ``units``: those in the data."""
    matters = {
        word: one.id
        for some in (scheme.points, scheme.vetoes)
        for one in some
        for word in (one.id, one.name.zh, one.name.en)
    }
    rows, found = _Rows(laid_sheet(sheet), _CASES, faults), []
    for row in range(rows.laid.rows):
        unit, matter = rows.at(row, "unit"), matters.get(rows.at(row, "matter"))
        count = number_in(rows.at(row, "count") or "1")
        if matter is None:
            said = rows.at(row, "matter")
            rows.fault(row, "matter", f"办法中没有“{said}”", f"no “{said}” in the scheme")
        elif unit not in units:
            rows.fault_of_unit(row)
        elif not rows.at(row, "evidence"):
            rows.fault(row, "evidence", "缺少依据", "no evidence")
        elif count is None or not count > 0:
            rows.fault(row, "count", "次数应为正数", "a count above zero is needed")
        else:
            found.append(Case(unit, matter, rows.at(row, "evidence"), count))
    return tuple(found)


def facts_in(
    sheet: Sheet, asked: Sequence[AskedFact], units: Collection[str], faults: list[Fault]
) -> tuple[UnitFact, ...]:
    """What units report (申报条件); a row without a value is not reported."""
    words = {
        plain(word): one
        for one in asked
        for word in (one.id, one.name.zh, one.name.en, one.head)
    }  # fmt: skip
    rows = _Rows(laid_sheet(sheet), _FACTS, faults)
    found: dict[tuple[str, str], tuple[int, UnitFact]] = {}
    for row in range(rows.laid.rows):
        unit, said, text = (rows.at(row, role) for role in ("unit", "fact", "value"))
        one, value = words.get(plain(said)), number_in(text)
        if value is not None and math.isnan(value) and not rows.at(row, "evidence"):
            continue
        if one is None:
            known = "、".join(each.name.zh for each in asked) or "无"
            known_en = ", ".join(each.name.en for each in asked) or "none"
            rows.fault(
                row, "fact", f"规则没有问“{said}”；要申报的条件：{known}",
                f"no rule asks for “{said}”; asked for: {known_en}",
            )  # fmt: skip
        elif unit not in units:
            rows.fault_of_unit(row)
        elif value is None or math.isnan(value):
            rows.fault(row, "value", f"应为数字，现为“{text}”", f"a number is needed, not “{text}”")
        elif not _within(one, value):
            rows.fault(row, "value", *_bounds(one, value))
        elif not rows.at(row, "evidence"):
            rows.fault(row, "evidence", "缺少依据", "no evidence")
        elif (unit, one.id) in found:
            first = rows.place(found[unit, one.id][0], "fact")
            rows.fault(row, "fact", f"已见于{first}", f"stands already at {first}")
        else:
            fact = UnitFact(unit, one.id, value, rows.at(row, "evidence"))
            found[unit, one.id] = row, fact
    return tuple(fact for _row, fact in found.values())


def _within(asked: AskedFact, value: float) -> bool:
    low = asked.least is None or value >= asked.least
    return low and (asked.most is None or value <= asked.most)


def _bounds(asked: AskedFact, value: float) -> tuple[str, str]:
    low = "" if asked.least is None else f"不小于{asked.least:g}"
    high = "" if asked.most is None else f"不大于{asked.most:g}"
    low_en = "" if asked.least is None else f"at least {asked.least:g}"
    high_en = "" if asked.most is None else f"at most {asked.most:g}"
    zh = "、".join(filter(None, (low, high)))
    en = " and ".join(filter(None, (low_en, high_en)))
    return (
        f"“{asked.name.zh}”应{zh}，现为{value:g}",
        f"“{asked.name.en}” must be {en}, not {value:g}",
    )


class _Rows:
    """Cells of a sheet by what their columns mean, and where a fault of one stands."""

    def __init__(self, laid: Laid, said: dict[str, tuple[str, ...]], faults: list[Fault]) -> None:
        self.laid, self._faults = laid, faults
        self._columns = columns_of(laid.heads, said)
        self._texts = {
            role: texts_of(laid.columns[column]) for role, column in self._columns.items()
        }

    def at(self, row: int, role: str) -> str:
        """Text of a cell; empty where the sheet has no such column."""
        return self._texts[role][row] if role in self._texts else ""

    def place(self, row: int, role: str) -> str:
        """What a reader calls the cell; the first one of the row where there is no such column."""
        return self.laid.place(row, self._columns.get(role, 0))

    def fault(self, row: int, role: str, zh: str, en: str) -> None:
        self._faults.append(Fault(self.place(row, role), zh, en))

    def fault_of_unit(self, row: int) -> None:
        unit = self.at(row, "unit")
        if unit:
            self.fault(row, "unit", f"“{unit}”不在被考核之列", f"“{unit}” is not assessed")
        else:
            self.fault(row, "unit", "缺少主体", "no unit")
