"""Computing indicators (指标计算): definitions and facts in, one long table of figures out.

``Figures`` keeps what is worth keeping between questions: the additive facts of each tree and the
tree's course through time. The first question reads every segment once; a revision reads the
revised segment; a page of one zone reads none.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import pyarrow as pa

from hexi.statistics.indicators.additive import AdditiveFacts, Wanted
from hexi.statistics.indicators.arguments import ALL_ROWS
from hexi.statistics.indicators.definitions import Definitions
from hexi.statistics.indicators.finish import CELLS, finish
from hexi.statistics.indicators.ir import Leaf
from hexi.statistics.indicators.long_table import long_batches
from hexi.statistics.indicators.pieces import RowList
from hexi.statistics.indicators.plan import VIEWS, Plan, View, plan
from hexi.statistics.indicators.prices import PriceReturns, price_indices, table_of
from hexi.statistics.indicators.rollup import (
    Columns,
    clock,
    dated_stages,
    rollup_stages,
    shifted,
)
from hexi.statistics.indicators.source import Source
from hexi.statistics.indicators.tree import Geometry, Homes, geometry, homes, narrowed
from hexi.warehouse.engines import Engine, open_engine

__all__ = ["RESULT", "Figures", "compute"]

#: the long table of figures; value is missing where there is none, n is 0 where nobody returned
RESULT = pa.schema(
    [
        pa.field("unit", pa.int32(), nullable=False),
        pa.field("period", pa.int32(), nullable=False),
        pa.field("indicator", pa.dictionary(pa.int16(), pa.string()), nullable=False),
        pa.field("view", pa.dictionary(pa.int16(), pa.string()), nullable=False),
        pa.field("value", pa.float64()),
        pa.field("n", pa.int32(), nullable=False),
    ]
)


#: rolled-up tables kept between questions, and the name of one that is not
_KEPT = 4
_ONCE = "once_"


class Figures:
    """Indicators on one engine; safe to ask from several threads, one at a time is answered."""

    def __init__(self, engine: Engine | None = None) -> None:
        self._engine = engine or open_engine()
        self._lock = threading.Lock()
        self._facts: dict[str, AdditiveFacts] = {}
        self._homes: dict[str, tuple[pa.Table, Homes]] = {}
        self._shapes: dict[tuple[str, int | None], tuple[pa.Table, Geometry]] = {}
        self._tables: dict[tuple[str, int | None], RolledUp] = {}
        self._count = 0
        self._plans: dict[tuple[str, tuple[str, ...], tuple[View, ...]], Plan] = {}
        self._returned = PriceReturns()

    def close(self) -> None:
        """Let the engine go."""
        self._engine.close()

    def compute(
        self,
        definitions: Definitions,
        source: Source,
        *,
        tree: str,
        indicators: Collection[str] | None = None,
        views: Sequence[View] = VIEWS,
        units: Collection[int] | None = None,
        periods: Collection[int] | None = None,
        boundaries: int | None = None,
    ) -> pa.Table:
        """Figures as a long table of :data:`RESULT`.

        ``units`` and ``periods`` (YYYYMM) narrow the answer, not what it is computed from.
        ``boundaries`` lays the tree of one month over all periods (按现行区划); without it every
        month has the tree that it had. DefinitionError where an expression has no meaning.
        """
        with self._lock:
            wanted = self.plan(definitions, indicators, views)
            asked = sorted(set(_periods(source) if periods is None else periods))
            if not asked or not wanted.cells:
                return RESULT.empty_table()
            facts = self._refreshed(definitions, source, tree, wanted)
            shape = self._geometry(source, tree, boundaries)
            extent = _extent(wanted, asked)
            table = self._kept_table(extent, facts, shape, (tree, boundaries))
            if table is None and units is not None and not wanted.ranked:
                part = narrowed(shape, units, above=wanted.peers)
                table = self._rolled(source, extent, facts, part, (tree, boundaries), _ONCE)
            elif table is None:
                table = self._keep(source, extent, facts, shape, (tree, boundaries))
            try:
                return self._finish(wanted, table, _where(units, periods and asked))
            finally:
                if table.prefix == _ONCE:
                    self._drop(table)

    def prepare(
        self,
        definitions: Definitions,
        source: Source,
        *,
        tree: str,
        views: Sequence[View] = VIEWS,
        boundaries: int | None = None,
    ) -> None:
        """Do all that does not depend on the question, so that a page only has to finish."""
        with self._lock:
            wanted = self.plan(definitions, None, views)
            asked = sorted(_periods(source))
            facts = self._refreshed(definitions, source, tree, wanted)
            shape, key = self._geometry(source, tree, boundaries), (tree, boundaries)
            extent = _extent(wanted, asked) if asked else None
            if extent and self._kept_table(extent, facts, shape, key) is None:
                self._keep(source, extent, facts, shape, key)

    def _kept_table(
        self, extent: Extent, facts: AdditiveFacts, shape: Geometry, key: tuple[str, int | None]
    ) -> RolledUp | None:
        """A rolled-up table of before that still holds and has all that is wanted."""
        table = self._tables.get(key)
        if table is None or not table.holds(facts, shape) or not table.extent.covers(extent):
            return None
        return table

    def _keep(
        self,
        source: Source,
        extent: Extent,
        facts: AdditiveFacts,
        shape: Geometry,
        key: tuple[str, int | None],
    ) -> RolledUp:
        """Roll up and keep it in the place of the last one, with what that one had too."""
        last = self._tables.pop(key, None)
        if last is not None:
            self._drop(last)
            if last.holds(facts, shape):
                extent = extent.joined(last.extent)
        while len(self._tables) >= _KEPT:
            self._drop(self._tables.pop(next(iter(self._tables))))
        self._count += 1
        table = self._rolled(source, extent, facts, shape, key, f"rolled{self._count}_")
        self._tables[key] = table
        return table

    def _drop(self, table: RolledUp) -> None:
        self._engine.drop(f"{table.prefix}units")

    def plan(
        self, definitions: Definitions, indicators: Collection[str] | None, views: Sequence[View]
    ) -> Plan:
        """The plan of a question, kept under the hash of the definitions."""
        named = tuple(definitions.indicators if indicators is None else indicators)
        key = definitions.hash, named, tuple(views)
        if key not in self._plans:
            self._plans[key] = plan(definitions, named, views)
        return self._plans[key]

    def _refreshed(
        self, definitions: Definitions, source: Source, tree: str, wanted: Plan
    ) -> AdditiveFacts:
        if tree not in self._facts:
            self._facts[tree] = AdditiveFacts(self._engine, f"facts{len(self._facts)}")
        facts = self._facts[tree]
        needed = _wanted(definitions, source, wanted)
        if source.kept is not None:
            # what is kept for the next process serves every question, not this one alone
            whole = self.plan(definitions, None, VIEWS)
            needed = needed.joined(_wanted(definitions, source, whole))
        facts.refresh(source.parts, self._homes_of(source, tree), needed, source.kept)
        return facts

    def _homes_of(self, source: Source, tree: str) -> Homes:
        known = self._homes.get(tree)
        if known is None or not _same(known[0], source.membership):
            known = source.membership, homes(source.membership, tree)
            self._homes[tree] = known
            self._shapes = {key: one for key, one in self._shapes.items() if key[0] != tree}
        return known[1]

    def _geometry(self, source: Source, tree: str, boundaries: int | None) -> Geometry:
        known = self._shapes.get((tree, boundaries))
        if known is None or not _same(known[0], source.edge):
            shape = geometry(self._homes_of(source, tree), source.edge, tree, boundaries)
            known = source.edge, shape
            self._shapes[tree, boundaries] = known
        return known[1]

    def _rolled(
        self,
        source: Source,
        extent: Extent,
        facts: AdditiveFacts,
        shape: Geometry,
        key: tuple[str, int | None],
        prefix: str,
    ) -> RolledUp:
        """Run the second stage; the table it leaves is read by the third."""
        engine, sql = self._engine, self._engine.dialect
        columns, first, last = Columns(extent.leaves), extent.first, extent.last
        small = {
            "closure": shape.closure,
            "place": shape.place,
            "clock": clock(first, last),
        }
        if columns.deflated:
            small["prices"] = self._prices(source, columns, key, first, last)
        for name, table in small.items():
            engine.register(prefix + name, table)
        numbers = {
            (leaf.item, leaf.rows): number
            for leaf in extent.leaves
            if (number := _number(leaf, source, facts)) is not None
        }
        for _line, _measure, deflator in columns.deflated:
            if deflator in source.items:
                numbers[deflator, ""] = source.items[deflator]
        stages = rollup_stages(sql, columns, numbers, facts.table(first, last), prefix)
        stages.extend(dated_stages(sql, columns, prefix))
        for name, text in stages:
            engine.stage(name, text)
        for name in (*(prefix + name for name in small), *(name for name, _ in stages[:-1])):
            engine.drop(name)
        return RolledUp(prefix, facts.version, shape, columns, extent)

    def _prices(
        self, source: Source, columns: Columns, key: tuple[str, int | None], first: int, last: int
    ) -> pa.Table:
        """Price indices of all units and months, by the whole tree: they come from above too."""
        parts = [part for part in source.parts if first <= part.period <= last]
        codes = {deflator for _line, _measure, deflator in columns.deflated}
        numbers = [source.items[code] for code in sorted(codes) if code in source.items]
        returned = {number: self._returned.of(parts, number) for number in numbers}
        months = {part.period for part in parts}
        shape = self._geometry(source, *key)
        return table_of(price_indices(returned, source.membership, key[0], shape, months))

    def _finish(self, wanted: Plan, table: RolledUp, where: str) -> pa.Table:
        names = pa.array([c.indicator for c in wanted.cells]).unique()
        views = pa.array([c.view for c in wanted.cells]).unique()
        batches: list[pa.RecordBatch] = []
        for start in range(0, len(wanted.cells), CELLS):
            cells = wanted.cells[start : start + CELLS]
            done = finish(
                self._engine.dialect, cells, table.columns, table.prefix, where, peers=wanted.ranked
            )
            wide = self._engine.fetch(done.sql)
            batches.extend(long_batches(wide, cells, done, names, views, RESULT))
        return pa.Table.from_batches(batches, RESULT)


@dataclass(frozen=True)
class Extent:
    """Leaves and months (YYYYMM) that a rolled-up table has or a question needs."""

    leaves: tuple[Leaf, ...]
    first: int
    last: int

    def covers(self, other: Extent) -> bool:
        """True where all of another is in it."""
        months = self.first <= other.first and other.last <= self.last
        return months and Columns(self.leaves).cover(other.leaves)

    def joined(self, other: Extent) -> Extent:
        """What has both."""
        leaves = tuple(dict.fromkeys(self.leaves + other.leaves))
        return Extent(leaves, min(self.first, other.first), max(self.last, other.last))


def _extent(wanted: Plan, asked: Sequence[int]) -> Extent:
    """What the answer to a question rests on; years are begun in January."""
    first = shifted(asked[0], -wanted.months_back)
    return Extent(wanted.leaves, first // 100 * 100 + 1, asked[-1])


@dataclass(frozen=True)
class RolledUp:
    """Figures of every unit and month on an engine, before they are finished."""

    prefix: str
    #: version of the additive facts it was made from
    facts: int
    #: and the tree it was laid over
    shape: Geometry
    columns: Columns
    extent: Extent

    def holds(self, facts: AdditiveFacts, shape: Geometry) -> bool:
        """True where nothing that it was made from has changed."""
        return self.facts == facts.version and self.shape is shape


def compute(
    definitions: Definitions,
    source: Source,
    *,
    tree: str,
    indicators: Collection[str] | None = None,
    views: Sequence[View] = VIEWS,
    units: Collection[int] | None = None,
    periods: Collection[int] | None = None,
    boundaries: int | None = None,
    engine: Engine | None = None,
) -> pa.Table:
    """One question on an engine of its own; see :meth:`Figures.compute`."""
    figures = Figures(engine)
    try:
        return figures.compute(
            definitions, source, tree=tree, indicators=indicators, views=views,
            units=units, periods=periods, boundaries=boundaries,
        )  # fmt: skip
    finally:
        if engine is None:
            figures.close()


def _wanted(definitions: Definitions, source: Source, wanted: Plan) -> Wanted:
    """What the first stage has to make for a plan; items that nobody returned need nothing."""
    steps: dict[int, int] = {}
    lists: dict[RowList, int] = {}
    for leaf in wanted.leaves:
        number = source.items.get(leaf.item)
        if number is None:
            continue
        every = definitions.items[leaf.item].every if leaf.step else 0
        if leaf.rows:
            rows = _row_list(number, leaf)
            lists[rows] = max(every, lists.get(rows, 0))
        elif every:
            steps[number] = every
    return Wanted(wanted.needs - {"step"}, steps, lists)


def _row_list(number: int, leaf: Leaf) -> RowList:
    every_row = leaf.rows == ALL_ROWS
    return RowList(number, None if every_row else tuple(map(int, leaf.rows.split(","))))


def _number(leaf: Leaf, source: Source, facts: AdditiveFacts) -> int | None:
    """The number under which the first stage has the item of a leaf."""
    number = source.items.get(leaf.item)
    if number is None or not leaf.rows:
        return number
    return facts.number(_row_list(number, leaf))


def _same(one: pa.Table, two: pa.Table) -> bool:
    return one is two or one.equals(two)


def _periods(source: Source) -> Iterable[int]:
    return {part.period for part in source.parts}


def _where(units: Collection[int] | None, periods: Collection[int] | None) -> str:
    found = []
    for name, wanted in (("unit", units), ("period", periods)):
        if wanted is not None:
            listed = ", ".join(str(int(one)) for one in sorted(wanted)) or "null"
            found.append(f"g.{name} in ({listed})")
    return " and ".join(found)
