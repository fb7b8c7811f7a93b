"""Working figures (工作数据): computed from the returns that are in, before anything is released.

They are for the staff that approves, each inside its own subtree, and are marked as not released.
As of now they have what was approved up to the person's own level too, in periods that are not
closed yet (尚未关账); these figures are marked as provisional. As known on a day, on the boundaries
of then or of today, with growth on a named basis.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property

import pyarrow as pa
from django.utils.translation import gettext as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.names import name_of
from hexi.portal.figures import words
from hexi.portal.figures.books.nouns import NO_RETURN, NOT_DEFINED, NOT_YET, Cell, Key, Measure
from hexi.portal.figures.books.provisional import laid_over
from hexi.portal.figures.books.respondents import (
    MARK,
    respondent_number,
    respondents,
    respondents_table,
)
from hexi.portal.figures.forest import Forest, Node
from hexi.portal.figures.knowledge import Known, compute, definitions, known_at, with_basis
from hexi.portal.figures.question import Question
from hexi.portal.figures.reach import reach_of
from hexi.portal.figures.space import Space
from hexi.portal.returns.queries.provisional import provisional
from hexi.quantities import units as measures_of
from hexi.statistics.indicators import Definitions
from hexi.statistics.indicators.ir import Rank
from hexi.statistics.indicators.plan import Cell as Planned
from hexi.statistics.indicators.plan import plan
from hexi.warehouse.months import OPEN

__all__ = ["WorkingBook", "as_month", "looks_beyond", "measure_of", "month_code"]


def month_code(period: int) -> str:
    """2025-03 of 202503."""
    return f"{period // 100}-{period % 100:02}"


def as_month(period: str) -> int:
    """202503 of 2025-03; 0 where it is no month."""
    year, dash, month = period.partition("-")
    whole = dash and year.isdecimal() and month.isdecimal()
    return int(year) * 100 + int(month) if whole and 1 <= int(month) <= 12 else 0


class WorkingBook:
    """The book of one snapshot for one person."""

    of = "working"

    def __init__(self, known: Known, person: Person | None, *, past: bool = False) -> None:
        self.known, self.past = known, past
        self.reach = reach_of(person, known)
        self.source = _source(known)

    @classmethod
    def at(cls, space: Space, person: Person | None, asof: str) -> WorkingBook | None:
        """The book as known now, or on the day or snapshot of an address."""
        wanted: int | date | None = None
        if asof.isdecimal():
            wanted = int(asof)
        elif asof:
            try:
                wanted = date.fromisoformat(asof)
            except ValueError:
                wanted = None
        known = known_at(space, wanted)
        given = provisional(person) if wanted is None and not space.practice else None
        if given is not None:
            known = laid_over(known, space, given)
        return None if known is None else cls(known, person, past=wanted is not None)

    # --- what there is ------------------------------------------------------------------------

    @cached_property
    def trees(self) -> Sequence[str]:
        names = set(self.known.register.membership["tree"].unique().to_pylist())
        order = [tree for tree in words.TREES if tree in names]
        found = [*order, *sorted(names - set(order))]
        if self.reach.whole:
            return found
        seen = {self.known.unit_codes[unit] for unit in self.reach.units}
        return [tree for tree in found if seen & set(self._edges(tree))]

    @cached_property
    def indicators(self) -> Mapping[str, str]:
        return {name: name_of(one) for name, one in definitions().indicators.items()}

    @cached_property
    def periods(self) -> Sequence[str]:
        return [month_code(period) for period in self.known.periods]

    @cached_property
    def provisional(self) -> Mapping[str, str]:
        """Periods with returns that are approved up to the person's level and not published."""
        return {
            month_code(period): "revised" if period in self.known.revised else "open"
            for period in sorted(self.known.open)
        }

    def defined(self, question: Question) -> Definitions:
        """The definitions with the growth basis of the question."""
        return with_basis(definitions(), question.basis)

    def measures(self, question: Question) -> list[Measure]:
        return [
            measure_of(cell, self.defined(question), self.indicators)
            for cell in plan(self.defined(question), question.i, question.v).cells
        ]

    # --- the tree -----------------------------------------------------------------------------

    def forest(self, question: Question) -> Forest:
        months = [as_month(period) for period in question.p] or self.known.periods[-1:]
        if question.bound:
            months = self.known.periods[-1:]
        first, last = (min(months), max(months)) if months else (0, OPEN)
        edges = [
            (unit, parent)
            for since, until, unit, parent in self._edge_rows(question.tree)
            if since <= last and until > first
        ]
        placed = {code for edge in edges for code in edge}
        placed |= set(self._homes(question.tree))
        nodes = [node for node in self._nodes if node.code in placed]
        forest = Forest.of(nodes, edges)
        if not self.reach.whole:
            forest = forest.only({self.known.unit_codes[unit] for unit in self.reach.units})
        return self._with_respondents(forest, question, first, last)

    def _with_respondents(
        self, forest: Forest, question: Question, first: int, last: int
    ) -> Forest:
        """Under a unit that has none below it stand those who report there."""
        unit = question.unit
        if unit not in forest.nodes or forest.children.get(unit):
            return forest
        found = respondents(self.known, question.tree, unit, first, last)
        codes = tuple(node.code for node in found)
        return Forest(
            {**forest.nodes, **{node.code: node for node in found}},
            {**forest.parent, **dict.fromkeys(codes, unit)},
            {**forest.children, unit: codes},
        )

    def _edge_rows(self, tree: str) -> list[tuple[int, int, str, str]]:
        codes = self.known.unit_codes
        rows = [
            (row["since"], row["until"], codes[row["unit"]], codes[row["parent"]])
            for row in self.known.register.edge.to_pylist()
            if row["tree"] == tree
        ]
        return sorted(rows, key=lambda row: row[0])

    def _edges(self, tree: str) -> list[str]:
        return [code for row in self._edge_rows(tree) for code in row[2:]] + self._homes(tree)

    def _homes(self, tree: str) -> list[str]:
        return self.known.homes(tree)

    @cached_property
    def _nodes(self) -> list[Node]:
        english = dict(Unit.objects.exclude(name_en="").values_list("code", "name_en"))
        tail = " (practice)" if self.known.space.practice else ""
        return [
            Node(
                row["code"],
                row["name"],
                row["kind"],
                f"{english[row['code']]}{tail}" if row["code"] in english else "",
            )
            for row in self.known.register.unit.to_pylist()
        ]

    # --- figures ------------------------------------------------------------------------------

    def cells(
        self, question: Question, units: Sequence[str], measures: Sequence[Measure]
    ) -> Mapping[Key, Cell]:
        found = self._unit_cells(question, [c for c in units if c[:1] != MARK], measures)
        single = [code for code in units if code[:1] == MARK]
        return {**found, **self._respondent_cells(question, single, measures)}

    def _respondent_cells(
        self, question: Question, units: Sequence[str], measures: Sequence[Measure]
    ) -> Mapping[Key, Cell]:
        months = [month for period in question.p if (month := as_month(period))]
        seen = self.forest(question).nodes
        codes = {respondent_number(code): code for code in units if code in seen}
        plain = [m for m in measures if not self._looks(question, m)]
        if not codes or not plain or not months:
            return {}
        table = respondents_table(
            self.known, self.defined(question), list(codes),
            indicators=tuple(dict.fromkeys(m.indicator for m in plain)),
            views=tuple(dict.fromkeys(m.view for m in plain)), months=months,
        )  # fmt: skip
        found = self._without_meaning(question, units)
        self._enter(found, table, plain, codes)
        return found

    def _looks(self, question: Question, measure: Measure) -> bool:
        """Does it compare a unit with others? A single respondent has no such figure."""
        cells = plan(self.defined(question), [measure.indicator], [measure.view]).cells
        return any(looks_beyond(cell) for cell in cells)

    def _unit_cells(
        self, question: Question, units: Sequence[str], measures: Sequence[Measure]
    ) -> Mapping[Key, Cell]:
        numbers = self.known.register.units
        wanted = [numbers[code] for code in units if numbers.get(code, -1) in self.reach]
        months = [month for period in question.p if (month := as_month(period))]
        defined = self.defined(question)
        table = compute(
            self.known, defined, tree=question.tree,
            indicators=tuple(dict.fromkeys(m.indicator for m in measures)),
            views=tuple(dict.fromkeys(m.view for m in measures)),
            units=wanted, periods=months,
            boundaries=self.known.periods[-1] if question.bound else None, past=self.past,
        )  # fmt: skip
        found = self._without_meaning(question, units)
        self._enter(found, table, measures, self.known.unit_codes)
        return found if self.reach.whole else self._closed(question, found)

    def _enter(
        self,
        found: dict[Key, Cell],
        table: pa.Table,
        measures: Sequence[Measure],
        codes: Mapping[int, str],
    ) -> None:
        """Put the rows of a computed table into the cells."""
        decimals: dict[tuple[str, str], int] = {(m.indicator, m.view): m.decimals for m in measures}
        for unit, period, indicator, view, value, n in zip(
            *(column.to_pylist() for column in table.columns), strict=True
        ):
            digits = decimals.get((indicator, view))
            key = codes[unit], indicator, view, month_code(period)
            if digits is not None and (value is not None or n or key not in found):
                cell = _cell(value, n, digits)
                found[key] = replace(cell, status="P") if self._rests(cell, view, period) else cell

    def _rests(self, cell: Cell, view: str, period: int) -> bool:
        """Is it a figure that a month which is not closed yet went into?"""
        if cell.status != "A" or not self.known.open:
            return False
        years = (period, period - 100) if view.endswith("growth") else (period,)
        for last in years:
            first = last // 100 * 100 + 1 if view.startswith("ytd") else last
            if any(first <= month <= last for month in self.known.open):
                return True
        return False

    def _closed(self, question: Question, cells: dict[Key, Cell]) -> dict[Key, Cell]:
        """Without what would tell of units above one's own: a share of the province gives the
        province away, and a place among all gives the others."""
        above: dict[str, set[int]] = {}
        numbers = self.known.register.units
        for _since, _until, unit, parent in self._edge_rows(question.tree):
            above.setdefault(unit, set()).add(numbers[parent])
        looks: dict[tuple[str, str], str] = {
            (cell.indicator, cell.view): looks_beyond(cell)
            for cell in plan(self.defined(question), question.i, question.v).cells
        }

        def open_(key: Key) -> bool:
            look = looks.get((key[1], key[2]), "")
            parents = above.get(key[0], set())
            return not look or (look == "parent" and parents <= self.reach.units)

        return {
            key: cell if open_(key) or cell.status == "N" else NOT_YET
            for key, cell in cells.items()
        }

    def _without_meaning(self, question: Question, units: Sequence[str]) -> dict[Key, Cell]:
        """Cells that nobody is asked for: a yearly item in March, a figure before its day."""
        defined = self.defined(question)
        found: dict[Key, Cell] = {}
        for cell in plan(defined, question.i, question.v).cells:
            every = min((defined.items[leaf.item].every for leaf in cell.leaves), default=1)
            for period in question.p:
                month = as_month(period)
                if month % 100 % every or not cell.valid_from <= month < cell.valid_to:
                    for unit in units:
                        found[unit, cell.indicator, cell.view, period] = NOT_DEFINED
        return found


def _source(known: Known) -> str:
    """What the figures were computed from, in words."""
    at = words.moment(known.snapshot.at)
    if not known.open:
        gaps = {"at": at, "n": known.snapshot.id}
        return _("Returns as known on %(at)s, vintage %(n)d. Not released.") % gaps
    named = {month: words.period_name(month_code(month)) for month in sorted(known.open)}
    if not known.snapshot.id:
        return _(
            "Returns approved up to your level; not closed yet: %(periods)s. Not released."
        ) % {"periods": _(", ").join(named.values())}
    return _(
        "Returns as known on %(at)s, vintage %(n)d, and those approved up to your level since:"
        " %(periods)s. Not released."
    ) % {
        "at": at,
        "n": known.snapshot.id,
        "periods": _(", ").join(
            words.not_closed(name, "revised" if month in known.revised else "open")
            for month, name in named.items()
        ),
    }


def _cell(value: float | None, n: int, digits: int) -> Cell:
    if value is not None:
        return Cell(Decimal(f"{value:.{digits}f}"), "A", n)
    return Cell(None, "U", n) if n else NO_RETURN


def looks_beyond(cell: Planned) -> str:
    """``parent`` or ``all``: what a figure tells beside its own unit; empty where nothing."""
    if isinstance(cell.figure, Rank):
        return "parent" if cell.figure.among == "siblings" else "all"
    scopes = {leaf.scope for leaf in cell.leaves} - {"own"}
    if not scopes:
        return ""
    return "parent" if scopes <= {"parent", "parent_now"} else "all"


def measure_of(cell: Planned, defined: Definitions, names: Mapping[str, str]) -> Measure:
    """How a planned cell is printed: growth in per cent, of a percentage in points."""
    unit = defined.indicators[cell.indicator].unit
    if cell.view.endswith("growth"):
        unit = _("points") if _is_ratio(unit) else "%"
    return Measure(cell.indicator, cell.view, names[cell.indicator], unit, cell.decimals)


def _is_ratio(unit: str) -> bool:
    return bool(unit) and measures_of.parse(unit).dimension == (("ratio", 1),)
