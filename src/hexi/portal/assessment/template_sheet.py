"""The sheet of a scheme to fill in (考核数据表样): units down, indicators across, all empty.

Beside it a sheet for cases of bonus, penalty and veto, and one for the conditions that rules of
what follows ask of every unit.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter  # type: ignore[import-untyped]

from hexi.assessment.data.collecting import Candidate
from hexi.assessment.data.side_sheets import FACT_HEADS
from hexi.assessment.data.unit_facts import AskedFact
from hexi.assessment.scheme.nouns import Achievement, LevelAndGrowth, Scheme
from hexi.reports.legal_text import legal

__all__ = ["template_sheet"]

_ATTRIBUTES = {
    "region": "区域",
    "zone_type": "类型",
    "level": "级别",
    "since": "设立年份",
    "province": "省份",
    "area": "片区",
}


def template_sheet(
    scheme: Scheme,
    units: Sequence[Candidate],
    year: int,
    *,
    asked: Sequence[AskedFact] = (),
    at: datetime,
) -> bytes:
    """Heads in Chinese with their units, as the loader reads them."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    # the same sheet gives the same bytes
    book.set_properties({"created": at.replace(tzinfo=None)})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1})
    page = book.add_worksheet("数据")
    attributes = tuple(units[0].attributes) if units else ()
    heads = ["主体", "名称", "年份", *(_ATTRIBUTES.get(name, name) for name in attributes)]
    for item in scheme.items():
        measured = f"（{item.unit}）" if item.unit else ""
        heads.append(f"{item.name.zh}{measured}")
        if isinstance(item.scoring, Achievement):
            heads.append(f"{item.name.zh}目标{measured}")
    for column, text in enumerate(heads):
        page.write_string(0, column, legal(text), head)
        page.set_column(column, column, 16 if column > 1 else 22)
    page.set_row(0, 48)
    page.freeze_panes(1, 3)
    row = 0
    for one in _years(scheme, year):
        for unit in units:
            row += 1
            page.write_string(row, 0, unit.id)
            page.write_string(row, 1, unit.name)
            page.write_number(row, 2, one)
            for place, name in enumerate(attributes, 3):
                page.write_string(row, place, legal(unit.attributes[name]))
    _cases(book, scheme, head)
    _facts(book, asked, units, head)
    book.close()
    return buffer.getvalue()


def _years(scheme: Scheme, year: int) -> tuple[int, ...]:
    """The year before too, where growth is scored or gaps are filled from own years."""
    rules = {one.missing.rule for one in scheme.items() if one.missing} | {scheme.missing.rule}
    growth = any(isinstance(one.scoring, LevelAndGrowth) for one in scheme.items())
    return (year - 1, year) if growth or rules & {"latest", "linear"} else (year,)


def _cases(book: xlsxwriter.Workbook, scheme: Scheme, head: xlsxwriter.format.Format) -> None:
    matters = [one.name.zh for some in (scheme.points, scheme.vetoes) for one in some]
    if not matters:
        return
    page = book.add_worksheet("加减分和否决")
    for column, text in enumerate(("主体", "事项", "依据", "次数")):
        page.write_string(0, column, text, head)
        page.set_column(column, column, 28)
    page.data_validation(1, 1, 500, 1, {"validate": "list", "source": matters})


def _facts(
    book: xlsxwriter.Workbook,
    asked: Sequence[AskedFact],
    units: Sequence[Candidate],
    head: xlsxwriter.format.Format,
) -> None:
    """A row a unit and condition; what is not known stays empty."""
    if not asked:
        return
    page = book.add_worksheet("动态管理条件")
    for column, text in enumerate(FACT_HEADS):
        page.write_string(0, column, text, head)
        page.set_column(column, column, (22, 28, 30, 12, 40)[column])
    page.freeze_panes(1, 0)
    row = 0
    for unit in units:
        for one in asked:
            row += 1
            page.write_string(row, 0, unit.id)
            page.write_string(row, 1, legal(unit.name))
            page.write_string(row, 2, legal(one.head))
