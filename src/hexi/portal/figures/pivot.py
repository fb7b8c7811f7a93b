"""The pivot (透视表): units, indicators and periods laid out as rows and columns.

One of the three goes down, the other two across. A cell without a figure has a mark, and says
beside it whether nobody reported, it is confidential, or it has no meaning there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from hexi.portal.core.names import name_of
from hexi.portal.figures import words
from hexi.portal.figures.books.nouns import NO_RETURN, Book, Cell, Key, Measure
from hexi.portal.figures.forest import Forest
from hexi.portal.figures.question import Question
from hexi.portal.figures.settle import MOST_CELLS, shown_units

__all__ = ["Column", "Pivot", "Row", "Shown", "pivot"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``group`` heads several neighbours."""

    group: str
    label: str
    unit: str
    #: measure and period of its cells, and unit where units go across
    place: tuple[str, Measure | None, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as the page shows it."""

    key: Key
    cell: Cell
    text: str

    @property
    def reason(self) -> str:
        """Why there is no figure, in words."""
        return str(words.REASONS.get(self.cell.status, ""))

    @property
    def provisional(self) -> bool:
        """Is it of a period that is not closed yet?"""
        return self.cell.status == "P"


@dataclass(frozen=True, slots=True)
class Row:
    """A row; ``code`` is that of its unit, where rows are units."""

    label: str
    unit: str
    depth: int
    code: str
    cells: tuple[Shown, ...]
    rank: int = 0
    children: bool = False
    total: bool = False


@dataclass(frozen=True)
class Pivot:
    """The table of a settled question."""

    question: Question
    forest: Forest
    measures: tuple[Measure, ...]
    corner: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    #: units that nobody reported for and that are not shown
    silent: int = 0
    #: True where periods were left out, since the page would be too long
    cut: bool = False
    #: shown periods that are not closed yet, or in revision; and which of the two
    open: Mapping[str, str] = field(default_factory=dict)

    @property
    def groups(self) -> list[tuple[str, int]]:
        """Heads over neighbouring columns with their width; none where there is one level."""
        found: list[tuple[str, int]] = []
        for column in self.columns:
            if found and found[-1][0] == column.group:
                found[-1] = (column.group, found[-1][1] + 1)
            else:
                found.append((column.group, 1))
        return found if any(name for name, _width in found) else []

    @property
    def statuses(self) -> list[str]:
        """Reasons that occur, for the key under the table."""
        seen = {shown.cell.status for row in self.rows for shown in row.cells}
        return [status for status in words.MARKS if status in seen]

    @property
    def provisional(self) -> bool:
        """Has it figures that rest on a period which is not closed yet?"""
        return any(shown.provisional for row in self.rows for shown in row.cells)


def pivot(question: Question, forest: Forest, book: Book) -> Pivot:
    """Lay a settled question out."""
    measures = book.measures(question)
    units = shown_units(question, forest)
    periods = list(question.p)
    most = max(1, MOST_CELLS // max(1, len(units) * len(measures)))
    cut = len(periods) > most
    if cut:
        periods = periods[-most:]
        question = Question(**{**_as_dict(question), "p": tuple(periods)})
    cells = book.cells(question, [code for code, _depth in units], measures)
    open_ = {p: kind for p, kind in book.provisional.items() if p in periods}
    lay = _Layout(question, forest, measures, periods, cells, open_)
    rows = {"units": lay.by_unit, "indicators": lay.by_measure, "periods": lay.by_period}
    columns, lines = rows[question.rows](units)
    found, silent = _spoken(lines, question)
    corner = str(words.ROWS[question.rows])
    return Pivot(
        question, forest, tuple(measures), corner, tuple(columns),
        tuple(_sorted(found, question, len(columns))), silent, cut, open_,
    )  # fmt: skip


def _as_dict(question: Question) -> dict[str, Any]:
    return {name: getattr(question, name) for name in question.__slots__}


class _Layout:
    """Rows and columns of one table."""

    def __init__(
        self,
        question: Question,
        forest: Forest,
        measures: Sequence[Measure],
        periods: Sequence[str],
        cells: Mapping[Key, Cell],
        open_: Mapping[str, str],
    ) -> None:
        self._question, self._forest, self._cells = question, forest, cells
        self._open = open_
        self._measures, self._periods = measures, periods

    def by_unit(self, units: Sequence[tuple[str, int]]) -> tuple[list[Column], list[Row]]:
        columns = self._across_measures()
        rows = [self._unit_row(code, depth, columns) for code, depth in units]
        return columns, rows

    def by_measure(self, units: Sequence[tuple[str, int]]) -> tuple[list[Column], list[Row]]:
        several = len(units) > 1
        columns = [
            Column(self._name(code) if several else "", self._period(p), "", (code, None, p))
            for code, _depth in units
            for p in self._periods
        ]
        rows = []
        for m in self._measures:
            keys = [(code, m.indicator, m.view, p) for code, _m, p in (c.place for c in columns)]
            rows.append(Row(self._measure(m), m.unit, 0, "", tuple(map(self._shown, keys))))
        return columns, rows

    def by_period(self, units: Sequence[tuple[str, int]]) -> tuple[list[Column], list[Row]]:
        several = len(units) > 1
        columns = [
            Column(self._name(code) if several else "", self._measure(m), m.unit, (code, m, ""))
            for code, _depth in units
            for m in self._measures
        ]
        rows = []
        for period in self._periods:
            keys = [
                (code, m.indicator, m.view, period)
                for code, m, _p in (c.place for c in columns)
                if m is not None
            ]
            rows.append(Row(self._period(period), "", 0, "", tuple(map(self._shown, keys))))
        return columns, rows

    def _across_measures(self) -> list[Column]:
        """Measures over periods; where there is one period it stands in the title alone."""
        several = len(self._periods) > 1
        one = several and len(self._measures) == 1
        found = []
        for m in self._measures:
            for period in self._periods:
                label = self._period(period, m.view) if several else self._measure(m)
                group = f"{self._measure(m)}" if several and not one else ""
                unit = "" if several and not one else m.unit
                if group and m.unit:
                    group = f"{group} {m.unit}"
                found.append(Column(group, label, unit, ("", m, period)))
        return found

    def _unit_row(self, code: str, depth: int, columns: Sequence[Column]) -> Row:
        keys = [
            (code, m.indicator, m.view, period)
            for _code, m, period in (c.place for c in columns)
            if m is not None
        ]
        children = bool(self._forest.children.get(code))
        total = depth == 0 and not self._question.u
        cells = tuple(map(self._shown, keys))
        return Row(self._name(code), "", depth, code, cells, 0, children, total)

    def _shown(self, key: Key) -> Shown:
        cell = self._cells.get(key, NO_RETURN)
        text = words.MARKS[cell.status] if cell.value is None else words.printed(cell.value)
        return Shown(key, cell, text)

    def _period(self, period: str, view: str = "") -> str:
        name = words.period_name(period, view)
        return words.not_closed(name, self._open[period]) if period in self._open else name

    def _name(self, code: str) -> str:
        return name_of(self._forest.nodes[code])

    def _measure(self, measure: Measure) -> str:
        if len(self._question.v) == 1 and self._question.v[0] == "period":
            return measure.name
        if measure.view == "period":
            return measure.name
        return _("%(name)s, %(view)s") % {
            "name": measure.name,
            "view": words.view_name(measure.view).lower(),
        }


def _spoken(rows: Sequence[Row], question: Question) -> tuple[list[Row], int]:
    """Units with at least one figure or reason, and how many are left out."""
    if question.empty or question.rows != "units" or question.u:
        return list(rows), 0
    found = [
        row for row in rows if row.total or any(shown.cell.status != "M" for shown in row.cells)
    ]
    return found, len(rows) - len(found)


def _sorted(rows: list[Row], question: Question, columns: int) -> list[Row]:
    """Rows by a column, the total first; ranks where they are sorted."""
    column = abs(int(question.sort or 0))
    if not 1 <= column <= columns or question.rows == "periods":
        return rows
    down = question.sort.startswith("-")

    def value(row: Row) -> Decimal | None:
        return row.cells[column - 1].cell.value

    totals = [row for row in rows if row.total]
    known = [row for row in rows if not row.total and value(row) is not None]
    empty = [row for row in rows if not row.total and value(row) is None]
    known.sort(key=lambda row: value(row) or Decimal(0), reverse=down)
    ranked, last = list[Row](), 0
    for place, row in enumerate(known, 1):
        same = ranked and value(ranked[-1]) == value(row)
        last = last if same else place
        ranked.append(_with_rank(row, last))
    return [*totals, *ranked, *empty]


def _with_rank(row: Row, rank: int) -> Row:
    return Row(row.label, row.unit, row.depth, row.code, row.cells, rank, row.children, row.total)
