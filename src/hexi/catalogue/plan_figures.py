"""Figures of plan documents as a pack keeps them (规划数字): facts with their place, no sentences.

A plan's text belongs to its issuer; what it says in numbers is fact. Each row is one figure: whose
it is, of what, of when, how sure, and where it stands, with the other figures that were said in
the same breath, so that sums and shares can still be held against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hexi.catalogue.evidence import BOUNDS, MEASURES, Figure
from hexi.catalogue.faults import Fault
from hexi.catalogue.tables import Column, Row, Table
from hexi.quantities import units

__all__ = ["FIGURES", "ROLES", "PlanFigure", "check_figures"]

#: what a figure is to the figure ``of``, or to its neighbours of the same sentence
ROLES = (
    "part",  # 其中: a part of it
    "kind",  # a part named in brackets right behind it
    "pair",  # the same value in another unit
    "share",  # its share of something
    "case",  # one case among those it totals
    "split",  # one share of a whole that is divided without rest; ``row`` names the whole
    "zone",  # the area of one zone of the whole that ``row`` names
    "working",  # a second, working aim beside it
)
_BOUND_ROLES = ("part", "kind", "pair", "share", "case", "working")
MODALITIES = ("actual", "target", "threshold", "other")
#: where the period comes from: said in the text, inferred nearby, taken from the plan's frame
DATINGS = ("said", "inferred", "taken")
MARKS = (
    "lost_point",
    "ocr",
    "implied_numeral",
    "implied_unit",
    "class_criterion",
    "range",
    "bracketed",
    "subset",
)
#: longer than any name; a name has no full stop either
_LONGEST = 60
_NAMES = ("place", "about", "row", "column", "subject", "indicator")

FIGURES = Table(
    "figures.csv",
    (
        Column("plan", "id", required=True),
        Column("number", "count", required=True),
        Column("place", required=True),
        Column("about"),
        Column("passage", "count", required=True),
        Column("sentence", "count", required=True),
        Column("role", choices=ROLES),
        Column("of", "count"),
        Column("row"),
        Column("column"),
        Column("subject", required=True),
        Column("indicator", required=True),
        Column("facets", "many"),
        Column("measure", required=True, choices=MEASURES),
        Column("value", "figure", required=True, field="figure"),
        Column("measure_unit", required=True),
        Column("period", "period"),
        Column("dating", required=True, choices=DATINGS),
        Column("modality", required=True, choices=MODALITIES),
        Column("bound", required=True, choices=BOUNDS),
        Column("marks", "many"),
    ),
    optional=True,
)


@dataclass(frozen=True, slots=True)
class PlanFigure:
    """One figure of a plan document (规划数字)."""

    plan: str
    #: reading order, from 1
    number: int
    #: our own short reference to the section, box or table: 第三章第二节, 一（一）, 专栏2
    place: str
    #: whose or what the place is about, where that matters to its figures
    about: str
    #: paragraph or table, and sentence in it
    passage: int
    sentence: int
    role: str
    #: number of the figure that the role refers to
    of: int | None
    #: table: row and column heads
    row: str
    column: str
    subject: str
    indicator: str
    facets: tuple[str, ...]
    measure: str
    figure: Figure
    measure_unit: str
    period: str
    dating: str
    modality: str
    bound: str
    marks: tuple[str, ...]

    @property
    def in_table(self) -> bool:
        """It stands in a table."""
        return bool(self.column)


def check_figures(rows: Sequence[Row], plans: set[str]) -> list[Fault]:
    """Plans exist, units parse, numbers rise, roles point at a figure of the same passage."""
    faults: list[Fault] = []
    passages: dict[tuple[str, int], int] = {}
    last: dict[str, int] = {}
    for row in rows:
        cells = row.cells
        plan, number = cells["plan"], cells["number"]
        if plan and plan not in plans:
            _fault(faults, row, "plan", "已登记的规划", f"“{plan}”", "a known plan")
        if isinstance(number, int):
            if number <= last.get(plan, 0):
                after = last[plan]
                _fault(
                    faults,
                    row,
                    "number",
                    f"大于 {after} 的序号",
                    str(number),
                    f"a number above {after}",
                )
            last[plan] = max(number, last.get(plan, 0))
            passages[plan, number] = cells["passage"] or 0
        if row.whole:
            _names(row, faults)
            unit = cells["measure_unit"]
            if not units.is_unit(unit):
                _fault(faults, row, "measure_unit", "计量单位", f"“{unit}”", "a known unit")
            for mark in cells["marks"]:
                if mark not in MARKS:
                    listed = ", ".join(MARKS)
                    _fault(faults, row, "marks", f"{listed} 之一", f"“{mark}”", f"one of {listed}")
    for row in rows:
        if row.whole:
            _role(row, passages, faults)
    return faults


def _names(row: Row, faults: list[Fault]) -> None:
    for key in _NAMES:
        text = row.cells[key]
        if len(text) > _LONGEST or "。" in text or "\n" in text:
            _fault(
                faults,
                row,
                key,
                f"不超过 {_LONGEST} 字、不含句号的名称",
                f"“{text[:20]}…”（{len(text)} 字）",
                f"a name of at most {_LONGEST} characters, no sentence",
            )
    if row.cells["column"] and not row.cells["row"]:
        _fault(faults, row, "row", "表格数字的行名", "空白", "the row head of a figure in a table")


def _role(row: Row, passages: dict[tuple[str, int], int], faults: list[Fault]) -> None:
    role, of, plan = row.cells["role"], row.cells["of"], row.cells["plan"]
    if role not in _BOUND_ROLES:
        if of is not None:
            _fault(faults, row, "of", "空白", str(of), "nothing, as the role refers to no figure")
        return
    if of is None:
        _fault(faults, row, "of", "所属数字的序号", "空白", "the number of another figure")
    elif of >= row.cells["number"] or passages.get((plan, of)) != row.cells["passage"]:
        zh, en = "同一段落中在前的数字的序号", "the number of an earlier figure of the passage"
        _fault(faults, row, "of", zh, str(of), en)


def _fault(faults: list[Fault], row: Row, key: str, zh: str, found: str, en: str) -> None:
    faults.append(Fault(FIGURES.file, row.line, key, zh, found, en))
