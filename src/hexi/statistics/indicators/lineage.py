"""Lineage of a figure (指标溯源): from a published cell down to what each enterprise returned.

The figure is computed a second time, by other means: from the facts of the segments themselves, in
exact fractions, with the same typed form. Each input says which item of which unit in which months
it is and whose returns made it, and together they give the printed value again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from hexi.statistics.indicators import ir
from hexi.statistics.indicators.arguments import ALL_ROWS
from hexi.statistics.indicators.definitions import Definitions
from hexi.statistics.indicators.plan import Cell, View, plan
from hexi.statistics.indicators.prices import Indices, PriceReturns, price_indices
from hexi.statistics.indicators.rollup import shifted
from hexi.statistics.indicators.rounding import rounded
from hexi.statistics.indicators.source import Source
from hexi.statistics.indicators.tree import Geometry, Homes, geometry, homes

__all__ = ["Input", "Lineage", "evaluate", "lineage"]

#: what a reporter returned: ``then`` is its figure of the month it is compared with
RETURNS: Final = pa.schema(
    [
        ("period", pa.int32()),
        ("reporter", pa.int32()),
        ("value", pa.decimal128(18, 4)),
        ("prior", pa.decimal128(18, 4)),
        ("submission", pa.int32()),
        ("then", pa.decimal128(18, 4)),
        ("then_prior", pa.decimal128(18, 4)),
    ]
)

Figure = Fraction | None


@dataclass(frozen=True)
class Input:
    """One additive figure that a cell rests on, and the returns behind it."""

    leaf: ir.Leaf
    #: unit whose figure it is; None where there is none, such as the parent of the top
    unit: int | None
    amount: Figure
    #: rows of :data:`RETURNS`
    returns: pa.Table
    #: price index by month (上年同期 = 100) that the amount was divided by, where it was
    prices: Mapping[int, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Lineage:
    """A cell with everything it was made of."""

    cell: Cell
    unit: int
    period: int
    inputs: tuple[Input, ...]
    #: the value as printed; of a rank, the figure that it ranks
    value: Figure


def lineage(
    definitions: Definitions,
    source: Source,
    *,
    tree: str,
    indicator: str,
    view: View,
    unit: int,
    period: int,
    boundaries: int | None = None,
) -> Lineage:
    """The inputs of one cell, read from the segments.

    KeyError where the indicator has no such view; DefinitionError where it has no meaning.
    """
    cells = plan(definitions, [indicator], [view]).cells
    if not cells:
        raise KeyError(f"{indicator} {view}")
    cell = cells[0]
    reading = _Reading(definitions, source, tree, boundaries, period)
    found: dict[ir.Leaf, Input] = {leaf: reading.input(leaf, unit) for leaf in cell.leaves}
    figure = cell.figure.figure if isinstance(cell.figure, ir.Rank) else cell.figure
    value = evaluate(figure, lambda leaf: found[leaf].amount)
    if value is not None and not cell.valid_from <= period < cell.valid_to:
        value = None
    if value is not None and not isinstance(cell.figure, ir.Rank):
        value = rounded(value * cell.scale, cell.decimals, cell.rounding)
    return Lineage(cell, unit, period, tuple(found.values()), value)


def evaluate(node: ir.Node, amount: Callable[[ir.Leaf], Figure]) -> Figure:
    """A typed form in exact fractions; missing as SQL has it."""
    match node:
        case ir.Leaf():
            return amount(node)
        case ir.Constant():
            return node.value
        case ir.Total():
            parts = [evaluate(part, amount) for part in node.parts]
            known = [part for part in parts if part is not None]
            return sum(known, Fraction(0)) if known else None
        case ir.Choice():
            holds = _holds(node.condition, amount)
            if holds is None:
                return None
            return evaluate(node.then if holds else node.otherwise, amount)
        case ir.Growth():
            now, then = evaluate(node.now, amount), evaluate(node.then, amount)
            return None if now is None or then is None or then <= 0 else (now - then) / then
        case ir.Operation():
            left, right = evaluate(node.left, amount), evaluate(node.right, amount)
            if left is None or right is None or (node.operator == "/" and not right):
                return None
            return _OPERATORS[node.operator](left, right)
        case ir.Rank():
            return evaluate(node.figure, amount)


_OPERATORS: Final[dict[str, Callable[[Fraction, Fraction], Fraction]]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}
_COMPARISONS: Final[dict[str, Callable[[Fraction, Fraction], bool]]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def _holds(node: ir.Condition, amount: Callable[[ir.Leaf], Figure]) -> bool | None:
    """A condition in three-valued logic."""
    match node:
        case ir.Missing():
            return evaluate(node.figure, amount) is None
        case ir.Comparison():
            left, right = evaluate(node.left, amount), evaluate(node.right, amount)
            unknown = left is None or right is None
            return None if unknown else _COMPARISONS[node.operator](left, right)  # type: ignore[arg-type]
        case ir.Junction():
            parts = [_holds(part, amount) for part in node.parts]
            if node.operator == "not":
                return None if parts[0] is None else not parts[0]
            decisive = node.operator == "or"
            if decisive in parts:
                return decisive
            return None if None in parts else not decisive


class _Reading:
    """Facts of one cell, straight from the segments."""

    def __init__(
        self,
        definitions: Definitions,
        source: Source,
        tree: str,
        boundaries: int | None,
        period: int,
    ) -> None:
        self._items, self._source, self._period = definitions.items, source, period
        self._homes: Homes = homes(source.membership, tree)
        self._shape: Geometry = geometry(self._homes, source.edge, tree, boundaries)
        self._tree = tree
        self._facts = cache(self._read)
        self._prices = cache(self._indices)

    def input(self, leaf: ir.Leaf, unit: int) -> Input:
        """The figure of a leaf for a unit."""
        period = self._period
        start = period // 100 * 100 - 88 if leaf.opening else period
        month = shifted(start, -leaf.back)
        whose: int | None = unit
        if leaf.scope != "own":
            at = period if leaf.scope.endswith("_now") else month
            whose = self._above(unit, leaf.scope.removesuffix("_now"), at)
        if whose is None:
            return Input(leaf, None, None, RETURNS.empty_table())
        tables: dict[int, pa.Table] = {}
        for p in self._months(leaf, month):
            tables[p] = self._returns(leaf, whose, p)
        own = tables[month] if month in tables else RETURNS.empty_table()
        if leaf.within:
            last = [p for p, table in sorted(tables.items()) if _amount(leaf, table) is not None]
            own = tables[last[-1]] if last else RETURNS.empty_table()
            return Input(leaf, whose, _amount(leaf, own), own)
        priced = self._priced(leaf, whose, tables)
        if leaf.window == "period" or _amount(leaf, own) is None:
            amount = self._at_prices(leaf, own, priced.get(month))
            return Input(leaf, whose, amount, own, priced)
        given = [(p, t) for p, t in sorted(tables.items()) if _amount(leaf, t) is not None]
        each = [self._at_prices(leaf, table, priced.get(p)) for p, table in given]
        known = [amount for amount in each if amount is not None]
        whole = _over_time(leaf.window, known) if len(known) == len(each) else None
        return Input(leaf, whose, whole, pa.concat_tables(tables.values()), priced)

    def _priced(self, leaf: ir.Leaf, unit: int, tables: dict[int, pa.Table]) -> dict[int, Decimal]:
        """The price index of each month, of a figure at last year's prices."""
        number = self._source.items.get(leaf.deflator)
        if number is None:
            return {}
        months = self._prices(leaf.deflator)
        return {p: months[number, p, unit] for p in tables if (number, p, unit) in months}

    def _indices(self, deflator: str) -> Indices:
        number = self._source.items[deflator]
        parts = self._source.parts
        returned = {number: PriceReturns().of(parts, number)}
        periods = {part.period for part in parts}
        return price_indices(returned, self._source.membership, self._tree, self._shape, periods)

    @staticmethod
    def _at_prices(leaf: ir.Leaf, returns: pa.Table, price: Decimal | None) -> Figure:
        """What returns make, at last year's prices where the leaf is; unknown without an index."""
        amount = _amount(leaf, returns)
        if not leaf.deflator or amount is None:
            return amount
        return None if price is None else amount * 100 / Fraction(price)

    def _months(self, leaf: ir.Leaf, month: int) -> list[int]:
        if leaf.within:
            return [shifted(month, -k) for k in range(leaf.within)]
        if leaf.window == "period":
            return [month]
        return [month // 100 * 100 + m for m in range(1, month % 100 + 1)]

    def _above(self, unit: int, which: str, period: int) -> int | None:
        for row in self._shape.place.filter(pc.field("unit") == unit).to_pylist():
            if row["since"] <= period < row["until"]:
                found: int | None = row[which]
                return found
        return None

    def _members(self, unit: int, period: int) -> pa.Array:
        """Reporters that count in a unit in a month."""
        now = (pc.field("since") <= period) & (pc.field("until") > period)
        strands = self._shape.closure.filter((pc.field("unit") == unit) & now)["strand"]
        there = self._homes.table.filter(now & pc.field("strand").isin(strands.combine_chunks()))
        return there["reporter"].combine_chunks()

    def _returns(self, leaf: ir.Leaf, unit: int, period: int) -> pa.Table:
        members = self._members(unit, period)
        facts = self._facts(leaf.item, period, leaf.rows)
        facts = facts.filter(pc.field("reporter").isin(members))
        back = 0
        if leaf.measure.startswith("matched"):
            back = 12
        elif leaf.step and period % 100 != self._items[leaf.item].every:
            back = self._items[leaf.item].every
        if not back:
            return facts.cast(RETURNS)
        then = self._facts(leaf.item, shifted(period, -back), leaf.rows)
        then = then.select(["reporter", "value", "prior"]).rename_columns(
            ["reporter", "then", "then_prior"]
        )
        both = facts.drop_columns(["then", "then_prior"]).join(then, "reporter", join_type="inner")
        return both.select(RETURNS.names).cast(RETURNS).sort_by("reporter")

    def _read(self, item: str, period: int, rows: str) -> pa.Table:
        number = self._source.items.get(item)
        chosen = pc.field("facet") == 0
        if rows == ALL_ROWS:
            chosen = pc.field("facet") != 0
        elif rows:
            chosen = pc.field("facet").isin(list(map(int, rows.split(","))))
        tables = [
            pq.read_table(
                part.path,
                columns=["period", "reporter", "value", "prior", "submission"],
                filters=(pc.field("item") == number) & chosen,
                partitioning=None,
            )
            for part in self._source.parts
            if part.period == period and number is not None
        ]
        names = ("then", "then_prior")
        empty = RETURNS.empty_table().drop_columns(list(names))
        found = pa.concat_tables([empty, *(table.cast(empty.schema) for table in tables)])
        if rows:
            found = _by_reporter(found)
        for name in names:
            nothing = pa.nulls(found.num_rows, RETURNS.field(name).type)
            found = found.append_column(name, nothing)
        return found


def _by_reporter(rows: pa.Table) -> pa.Table:
    """Rows of classes as one figure a reporter; of the year before known where all rows have it."""
    sums = rows.group_by(["period", "reporter"]).aggregate(
        [("value", "sum"), ("prior", "sum"), ("submission", "max"), ("prior", "count"),
         ("value", "count")]
    )  # fmt: skip
    stated = pc.equal(sums["prior_count"], sums["value_count"])
    prior = pc.if_else(stated, sums["prior_sum"], pa.scalar(None, sums["prior_sum"].type))
    columns = [sums["period"], sums["reporter"], sums["value_sum"], prior, sums["submission_max"]]
    return pa.table(columns, names=rows.column_names).cast(rows.schema)


def _amount(leaf: ir.Leaf, returns: pa.Table) -> Figure:
    """What the returns of one month make, by the measure of the leaf."""
    pairs = [
        pair
        for row in returns.to_pylist()
        if (pair := _pair(row, stepped=leaf.step and not leaf.measure.startswith("matched")))
    ]
    if leaf.measure in ("n", "matched_n"):
        return Fraction(len(pairs)) if pairs else None
    if leaf.measure.startswith("matched"):
        side = "value" if leaf.measure == "matched_now" else "then"
        amounts = [Fraction(value) for value in returns[side].to_pylist()]
        return sum(amounts, Fraction(0)) if amounts else None
    if leaf.measure.startswith("stated"):
        stated = [pair for pair in pairs if pair[1] is not None]
        if leaf.measure == "stated_n":
            return Fraction(len(stated))
        now = leaf.measure == "stated_now"
        sides = [Fraction(value if now else prior or 0) for value, prior in stated]
        return sum(sides, Fraction(0)) if sides else None
    values = [Fraction(value) for value, _prior in pairs]
    if not values:
        return None
    if leaf.measure in ("high", "low"):
        return max(values) if leaf.measure == "high" else min(values)
    return sum(values, Fraction(0))


def _pair(row: dict[str, Any], *, stepped: bool) -> tuple[Fraction, Figure]:
    """Value and stated figure of the year before; of a single month, as differences."""
    value, prior = Fraction(row["value"]), row["prior"]
    stated = None if prior is None else Fraction(prior)
    if not stepped or row["then"] is None:
        return value, stated
    then, then_prior = Fraction(row["then"]), row["then_prior"]
    if stated is None or then_prior is None:
        return value - then, None
    return value - then, stated - Fraction(then_prior)


def _over_time(window: str, each: list[Fraction]) -> Figure:
    """Months of a year so far as one figure."""
    if window == "sum":
        return sum(each, Fraction(0))
    if window == "mean":
        return sum(each, Fraction(0)) / len(each)
    if window == "first":
        return each[0]
    return max(each) if window == "max" else min(each)
