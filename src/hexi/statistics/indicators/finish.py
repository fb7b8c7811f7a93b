"""Third stage (第三阶段): ratios, growth, shares and ranks of figures that were added up before.

Nothing here is ever added again. Every figure has its number of reporters beside it, the least of
what it rests on, so that three things never merge: no return (missing, 0 reporters), a figure that
cannot be computed (missing, some reporters) and zero. A year before is found by its month, never
as "the row before", so that a gap in a series gives a missing growth and not a wrong one.
"""

# ruff: noqa: S608 - SQL is put together from our own words and numbers

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hexi.statistics.indicators import ir
from hexi.statistics.indicators.plan import Cell
from hexi.statistics.indicators.rollup import Columns
from hexi.warehouse.engines import Dialect

__all__ = ["CELLS", "Finish", "finish"]

#: cells of one statement: a value and a number each, so that it stays below 150 columns
CELLS = 72

#: windows whose figure is no sum of decimals
_INEXACT = frozenset({"mean"})


@dataclass(frozen=True, slots=True)
class Finish:
    """One statement of the third stage."""

    sql: str
    #: of each cell, whether its figure is a sum and so exact before it is rounded
    exact: tuple[bool, ...]
    #: of each cell, numbers of the columns c0, c1 … the least of which counts its reporters
    counts: tuple[tuple[int, ...], ...]


def finish(
    sql: Dialect, cells: Sequence[Cell], columns: Columns, prefix: str, where: str, *, peers: bool
) -> Finish:
    """One statement: unit, period, figures v0, v1 … not yet rounded, and counts c0, c1 …

    ``where`` narrows the answer, by ``g.unit`` and ``g.period``; with ``peers`` it is laid on
    last, after ranks were given among all.
    """
    text = _Text(sql, columns, prefix)
    made, exacts, counts = [], [], []
    counted: dict[str, int] = {}
    for i, cell in enumerate(cells):
        figure = cell.figure.figure if isinstance(cell.figure, ir.Rank) else cell.figure
        value, exact = text.value(figure)
        value = sql.double(value) if exact else value
        if isinstance(cell.figure, ir.Rank):
            value = _rank(cell.figure, value)
        if (cell.valid_from, cell.valid_to) != (190001, 999912):
            valid = f"g.period >= {cell.valid_from} and g.period < {cell.valid_to}"
            value = f"case when {valid} then {value} end"
        made.append(f"{value} as v{i}")
        exacts.append(exact)
        # plain columns: the least of them is taken when the answer is there
        said = text.counts(figure)
        counts.append(tuple(counted.setdefault(each, len(counted)) for each in said))
    made.extend(f"{each} as c{number}" for each, number in counted.items())
    asked = ", ".join(("g.unit as unit", "g.period as period", *made))
    answer = f"select {asked} from {prefix}units g{text.joins()}"
    if where and peers:
        answer = f"select * from ({answer}) g where {where}"
    elif where:
        answer += f" where {where}"
    return Finish(answer, tuple(exacts), tuple(counts))


def _scaled(value: str, scale: Fraction) -> str:
    if scale == 1:
        return value
    if scale.denominator == 1:
        return f"({value} * {scale.numerator}e0)"
    return f"({value} * {scale.numerator}e0 / {scale.denominator}e0)"


def _rank(rank: ir.Rank, value: str) -> str:
    """Place among peers by the figure without the noise of its arithmetic."""
    peers = "g.period, g.parent" if rank.among == "siblings" else "g.period, g.depth"
    order = "desc" if rank.order == "down" else "asc"
    figure = f"floor({value} * {10**rank.decimals}e0 + 0.5e0)"
    place = f"rank() over (partition by {peers} order by {figure} {order} nulls last)"
    return f"case when {value} is not null then cast({place} as double) end"


class _Text:
    """SQL of typed forms; remembers which tables they look into."""

    def __init__(self, sql: Dialect, columns: Columns, prefix: str) -> None:
        self._sql, self._columns, self._prefix = sql, columns, prefix
        #: months back, from the last December, whose row -> name of the row in the statement
        self._aliases: dict[tuple[int, bool, str], str] = {(0, False, "own"): "g"}

    def joins(self) -> str:
        """Joins for every row that a leaf looked into, at its distance and in its place."""
        parts = []
        for (back, opening, scope), alias in list(self._aliases.items())[1:]:
            unit = self._unit(back, opening, scope)
            month = f"g.{'opening' if opening else 'month'}" + (f" - {back}" if back else "")
            parts.append(
                f" left join {self._prefix}units {alias}"
                f" on {alias}.unit = {unit} and {alias}.month = {month}"
            )
        return "".join(parts)

    def _unit(self, back: int, opening: bool, scope: str) -> str:
        """Whose figure it is: the unit's, or that of a unit above it, then or now."""
        if scope == "own":
            return "g.unit"
        above = scope.removesuffix("_now")
        if scope.endswith("_now"):
            return f"g.{above}"
        return f"{self._aliases[back, opening, 'own']}.{above}"

    def _column(self, leaf: ir.Leaf) -> str:
        if leaf.scope in ("parent", "root"):
            # who stood above it then is told by its own row of that month
            self._alias(leaf.back, leaf.opening, "own")
        alias = self._alias(leaf.back, leaf.opening, leaf.scope)
        return f"{alias}.{self._columns.of(leaf)}"

    def _alias(self, back: int, opening: bool, scope: str) -> str:
        return self._aliases.setdefault((back, opening, scope), f"a{len(self._aliases)}")

    def value(self, node: ir.Node) -> tuple[str, bool]:
        """SQL of a figure, and whether it is an exact decimal (else a DOUBLE)."""
        match node:
            case ir.Leaf():
                exact = node.window not in _INEXACT and not node.deflator
                return self._column(node), exact
            case ir.Constant():
                return _scaled("1e0", node.value), False
            case ir.Operation():
                return self._operation(node)
            case ir.Growth():
                change, _ = self._difference(node.now, node.then)
                base = self.double(node.then)
                return f"(case when {base} > 0e0 then {change} / {base} end)", False
            case ir.Total():
                parts = [self.double(part) for part in node.parts]
                some = " or ".join(f"{part} is not null" for part in parts)
                added = " + ".join(f"coalesce({part}, 0e0)" for part in parts)
                return f"(case when {some} then {added} end)", False
            case ir.Choice():
                holds = self.condition(node.condition)
                then, other = self.double(node.then), self.double(node.otherwise)
                return f"(case when {holds} then {then} when not ({holds}) then {other} end)", False
            case ir.Rank():
                raise TypeError("a rank is a whole figure, never a part of one")

    def double(self, node: ir.Node) -> str:
        """SQL of a figure as DOUBLE."""
        value, exact = self.value(node)
        return self._sql.double(value) if exact else value

    def _difference(self, left: ir.Node, right: ir.Node) -> tuple[str, bool]:
        """Left less right: in decimals where both are exact, so that nothing cancels."""
        (one, exact), (two, too) = self.value(left), self.value(right)
        if exact and too:
            return self._sql.double(f"({one} - {two})"), False
        return f"({self.double(left)} - {self.double(right)})", False

    def _operation(self, node: ir.Operation) -> tuple[str, bool]:
        (one, exact), (two, too) = self.value(node.left), self.value(node.right)
        if node.operator in "+-" and exact and too:
            return f"({one} {node.operator} {two})", True
        left, right = self.double(node.left), self.double(node.right)
        if node.operator == "/":
            return f"({left} / nullif({right}, 0e0))", False
        return f"({left} {node.operator} {right})", False

    def condition(self, node: ir.Condition) -> str:
        """SQL of a condition, three-valued as SQL is."""
        match node:
            case ir.Comparison():
                sign = "<>" if node.operator == "!=" else node.operator
                return f"({self.double(node.left)} {sign} {self.double(node.right)})"
            case ir.Missing():
                return f"({self.value(node.figure)[0]} is null)"
            case ir.Junction():
                parts = [self.condition(part) for part in node.parts]
                if node.operator == "not":
                    return f"(not {parts[0]})"
                return "(" + f" {node.operator} ".join(parts) + ")"

    def counts(self, node: ir.Node) -> tuple[str, ...]:
        """SQL of the numbers of reporters whose least is that of a figure."""
        if _chooses(node):
            return (self.reporters(node),)
        counted = dict.fromkeys(leaf.reporters for leaf in ir.leaves(node))
        return tuple(self._column(leaf) for leaf in counted)

    def reporters(self, node: ir.Node) -> str:
        """SQL of the number of reporters a figure rests on; empty for a constant."""
        match node:
            case ir.Leaf():
                return f"coalesce({self._column(node.reporters)}, 0)"
            case ir.Total():
                return _of("greatest", map(self.reporters, node.parts))
            case ir.Choice():
                holds = self.condition(node.condition)
                then = self.reporters(node.then) or "0"
                other = self.reporters(node.otherwise) or "0"
                return f"(case when {holds} then {then} else {other} end)"
            case _:
                if _chooses(node):
                    return _of("least", map(self.reporters, _parts(node)))
                counted = dict.fromkeys(leaf.reporters for leaf in ir.leaves(node))
                return _of("least", map(self.reporters, counted))


def _chooses(node: ir.Node) -> bool:
    """Whether a figure may rest on some of its leaves only."""
    return isinstance(node, ir.Total | ir.Choice) or any(map(_chooses, _parts(node)))


def _parts(node: ir.Node) -> tuple[ir.Node, ...]:
    match node:
        case ir.Operation():
            return node.left, node.right
        case ir.Growth():
            return node.now, node.then
        case _:
            return ()


def _of(function: str, counts: Iterable[str]) -> str:
    """The least or greatest of the numbers that are there."""
    found = [count for count in dict.fromkeys(counts) if count]
    return found[0] if len(found) == 1 else f"{function}({', '.join(found)})" if found else ""
