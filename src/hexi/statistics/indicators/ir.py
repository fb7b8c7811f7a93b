"""The typed form of an indicator (指标的中间形式): arithmetic over leaves that a table can hold.

A leaf is one additive figure of one item in one window of time, at one distance back, on one side
of a comparison and in one place of the tree. Functions of time and place are not run over results:
they are pushed down to the leaves, so that the year to date of a ratio is the ratio of the years
to date, its growth compares two such ratios, and nothing is ever counted twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from hexi.statistics.indicators.arguments import ALL_ROWS, chosen_rows, keyword
from hexi.statistics.indicators.definitions import Basis, Definitions, Item
from hexi.statistics.indicators.types import Types
from hexi.statistics.language import Expression, nodes

__all__ = [
    "Choice",
    "Comparison",
    "Condition",
    "Constant",
    "Context",
    "Growth",
    "Junction",
    "Leaf",
    "Missing",
    "Node",
    "Operation",
    "Rank",
    "Total",
    "compared",
    "leaves",
    "lower",
]

#: what is summed of an item: its value; both sides of a comparison; how many reporters
Measure = Literal[
    "total", "n", "high", "low",
    "stated_now", "stated_then", "stated_n", "matched_now", "matched_then", "matched_n",
]  # fmt: skip
#: figure of the period itself, or what the year's periods so far make
Window = Literal["period", "sum", "mean", "first", "max", "min"]
#: the unit itself; the one above it or its top as they were in the leaf's own month; or those that
#: stand above it in the period asked about
Scope = Literal["own", "parent", "root", "parent_now", "root_now"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One additive figure of an item."""

    item: str
    measure: Measure = "total"
    window: Window = "period"
    #: months back from the period, or from the last December where ``opening``
    back: int = 0
    opening: bool = False
    scope: Scope = "own"
    #: the last figure returned within so many months; 0: that of the period alone
    within: int = 0
    #: the single month of an item that is reported to date
    step: bool = False
    #: rows of an item that is asked by class: ``*`` for all, else numbers of classes by commas
    rows: str = ""
    #: price index (价格指数) that it is divided by, to stand at last year's prices
    deflator: str = ""

    @property
    def reporters(self) -> Leaf:
        """The leaf that counts the reporters of this one, to date those of the period itself."""
        counted: Measure = "n"
        if self.measure.startswith(("stated", "matched")):
            counted = "stated_n" if self.measure.startswith("stated") else "matched_n"
        return replace(self, measure=counted, window="period", deflator="")


@dataclass(frozen=True, slots=True)
class Constant:
    """An exact number."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Operation:
    """Arithmetic; missing where a side is missing or a divisor is zero."""

    operator: nodes.Arithmetic
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Total:
    """Sum of those parts that were returned; missing where none was."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """Relative change; missing where the base is missing, zero or negative (基期非正不计算)."""

    now: Node
    then: Node


@dataclass(frozen=True, slots=True)
class Rank:
    """Place among peers, 1 first; ties share a place; missing where the figure is missing."""

    figure: Node
    among: str
    order: str
    #: decimals at which two figures count as equal
    decimals: int = 6


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two figures compared; unknown where one is missing."""

    operator: nodes.Comparison
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Junction:
    """Conditions joined by and, or; one turned round by not."""

    operator: Literal["and", "or", "not"]
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """True where a figure is missing."""

    figure: Node


@dataclass(frozen=True, slots=True)
class Choice:
    """One of two figures; missing where the condition is unknown."""

    condition: Condition
    then: Node
    otherwise: Node


Condition = Comparison | Junction | Missing
Node = Leaf | Constant | Operation | Total | Growth | Rank | Choice


@dataclass(frozen=True, slots=True)
class Context:
    """What functions around an item say of it."""

    to_date: bool = False
    years: int = 0
    periods: int = 0
    opening: bool = False
    side: Literal["", "stated_now", "stated_then", "matched_now", "matched_then"] = ""
    scope: Scope = "own"
    within: int = 0
    #: at the prices of the year before (可比价)
    real: bool = False
    rows: str = ""


def lower(
    node: Expression, definitions: Definitions, types: Types, context: Context | None = None
) -> Node:
    """The typed form of an expression that :class:`Types` has accepted.

    Figures come in the unit of measure that the expression's type has.
    """
    return _Lowering(definitions, types).of(node, context or Context())


def compared(
    node: Expression, definitions: Definitions, types: Types, context: Context, basis: Basis
) -> tuple[Node, Node]:
    """The figure now and a year before on a basis of comparison."""
    return _Lowering(definitions, types).sides(node, context, basis)


def leaves(node: Node | Condition) -> Iterator[Leaf]:
    """Every leaf of a typed form, as often as it stands there."""
    match node:
        case Leaf():
            yield node
        case Constant():
            return
        case Operation() | Comparison():
            yield from leaves(node.left)
            yield from leaves(node.right)
        case Total() | Junction():
            for part in node.parts:
                yield from leaves(part)
        case Growth():
            yield from leaves(node.now)
            yield from leaves(node.then)
        case Rank() | Missing():
            yield from leaves(node.figure)
        case Choice():
            yield from leaves(node.condition)
            yield from leaves(node.then)
            yield from leaves(node.otherwise)


class _Lowering:
    def __init__(self, definitions: Definitions, types: Types) -> None:
        self._definitions, self._types = definitions, types

    def of(self, node: Expression, context: Context) -> Node:
        match node:
            case nodes.Number():
                return Constant(Fraction(node.value))
            case nodes.Name():
                item = self._definitions.items.get(node.name)
                if item is not None:
                    return _leaf(item, context)
                return self.of(self._definitions.indicators[node.name].expression, context)
            case nodes.Negation():
                return Operation("-", Constant(Fraction(0)), self.of(node.operand, context))
            case nodes.Binary():
                left, right = self.of(node.left, context), self.of(node.right, context)
                if node.operator in "+-":
                    left, right = self._levelled(node.left, node.right, left, right)
                return Operation(node.operator, left, right)
            case nodes.Choice():
                then, otherwise = self._levelled(
                    node.then,
                    node.otherwise,
                    self.of(node.then, context),
                    self.of(node.otherwise, context),
                )
                return Choice(self._condition(node.condition, context), then, otherwise)
            case nodes.Call():
                return self._call(node, context)
        raise TypeError(f"no figure: {node}")

    def sides(self, node: Expression, context: Context, basis: str) -> tuple[Node, Node]:
        if basis in ("nominal", "comparable"):
            now = replace(context, real=basis == "comparable")
            before = replace(context, years=context.years + 1)
            return self.of(node, now), self.of(node, before)
        if basis == "restated":
            now, then = replace(context, side="stated_now"), replace(context, side="stated_then")
        else:
            now, then = replace(context, side="matched_now"), replace(context, side="matched_then")
        return self.of(node, now), self.of(node, then)

    def _levelled(
        self, first: Expression, second: Expression, left: Node, right: Node
    ) -> tuple[Node, Node]:
        """Both figures in the unit of measure of the first that has one."""
        one, two = self._types.of(first), self._types.of(second)
        if one.level == "number" and two.level != "number" and not two.dimension:
            return _scaled(left, 1 / two.size), right
        if two.level == "number" and one.level != "number" and not one.dimension:
            return left, _scaled(right, 1 / one.size)
        if "number" in (one.level, two.level):
            return left, right
        return left, _scaled(right, two.size / one.size)

    def _condition(self, node: Expression, context: Context) -> Condition:
        match node:
            case nodes.Compare():
                left, right = self._levelled(
                    node.left,
                    node.right,
                    self.of(node.left, context),
                    self.of(node.right, context),
                )
                return Comparison(node.operator, left, right)
            case nodes.Logic():
                parts = tuple(self._condition(part, context) for part in node.operands)
                return Junction(node.operator, parts)
            case nodes.Not():
                return Junction("not", (self._condition(node.operand, context),))
            case nodes.IsMissing():
                return Missing(self.of(node.operand, context))
        raise TypeError(f"no condition: {node}")

    def _call(self, node: nodes.Call, context: Context) -> Node:
        if node.function == "total":
            first = node.arguments[0]
            parts = [self.of(first, context)]
            for part in node.arguments[1:]:
                figure = self.of(part, context)
                parts.append(self._levelled(first, part, parts[0], figure)[1])
            return Total(tuple(parts))
        return _FUNCTIONS[node.function](self, node, node.arguments[0], context)

    def _pushed(self, inner: Expression, context: Context, **changes: object) -> Node:
        return self.of(inner, replace(context, **changes))  # type: ignore[arg-type]

    def _growth(self, node: nodes.Call, inner: Expression, context: Context) -> Node:
        return Growth(*self.sides(inner, context, keyword(node, "basis", "restated")))

    def _change(self, node: nodes.Call, inner: Expression, context: Context) -> Node:
        now, then = self.sides(inner, context, keyword(node, "basis", "restated"))
        return Operation("-", now, then)

    def _contribution(self, node: nodes.Call, inner: Expression, context: Context) -> Node:
        basis, scope = keyword(node, "basis", "restated"), keyword(node, "of", "parent")
        now, then = self.sides(inner, context, basis)
        # the growth that is explained is that of the unit that stands above it now
        now_above: Scope = "parent_now" if scope == "parent" else "root_now"
        whole = self.sides(inner, replace(context, scope=now_above), basis)[1]
        return Operation("/", Operation("-", now, then), whole)

    def _share(self, node: nodes.Call, inner: Expression, context: Context) -> Node:
        whole = self._pushed(inner, context, scope=keyword(node, "of", "parent"))
        return Operation("/", self.of(inner, context), whole)

    def _rank(self, node: nodes.Call, inner: Expression, context: Context) -> Node:
        decimals = 6
        if isinstance(inner, nodes.Name) and inner.name in self._definitions.indicators:
            decimals = self._definitions.indicators[inner.name].decimals
        figure = self.of(inner, context)
        return Rank(figure, keyword(node, "among", "siblings"), keyword(node, "order", "down"),
                    decimals)  # fmt: skip

    def _rows(self, node: nodes.Call, inner: Expression, context: Context) -> Node:
        return self._pushed(inner, context, rows=chosen_rows(node, self._definitions))

    def _reporters(self, node: nodes.Call, inner: Expression, context: Context) -> Node:
        figure = self.of(inner, context)
        assert isinstance(figure, Leaf)
        return figure.reporters

    def _average(self, node: nodes.Call, inner: Expression, context: Context) -> Node:
        opening = self._pushed(inner, context, opening=True)
        both = Operation("+", opening, self.of(inner, context))
        return Operation("/", both, Constant(Fraction(2)))

    def _latest(self, node: nodes.Call, inner: Expression, context: Context) -> Node:
        within = 12
        for key, value in node.keywords:
            if key == "within" and isinstance(value, nodes.Number):
                within = int(value.value)
        return self._pushed(inner, context, within=within)


_FUNCTIONS: dict[str, Callable[[_Lowering, nodes.Call, Expression, Context], Node]] = {
    "ytd": lambda self, node, inner, c: self._pushed(inner, c, to_date=True),
    "month": lambda self, node, inner, c: self._pushed(inner, c, to_date=False),
    "prev": lambda self, node, inner, c: self._pushed(inner, c, periods=c.periods + 1),
    "last_year": lambda self, node, inner, c: self._pushed(inner, c, years=c.years + 1),
    "opening": lambda self, node, inner, c: self._pushed(inner, c, opening=True),
    "growth": _Lowering._growth,
    "change": _Lowering._change,
    "contribution": _Lowering._contribution,
    "share": _Lowering._share,
    "rank": _Lowering._rank,
    "reporters": _Lowering._reporters,
    "rows": _Lowering._rows,
    "average": _Lowering._average,
    "latest": _Lowering._latest,
}


def _scaled(node: Node, by: Fraction) -> Node:
    return node if by == 1 else Operation("*", node, Constant(by))


def _leaf(item: Item, context: Context) -> Node:
    """The figure of an item in its context, as the item adds up over units and over time."""
    back, opening = context.years * 12 + context.periods * item.every, False
    if context.opening and context.to_date:
        opening = True
    elif context.opening:
        back += item.every
    leaf = Leaf(item.code, back=back, opening=opening, scope=context.scope, within=context.within)
    if item.rows:
        leaf = replace(leaf, rows=context.rows or ALL_ROWS)
    if context.real:
        leaf = replace(leaf, deflator=item.deflator)
    if context.side:
        leaf = replace(leaf, measure=context.side)
    elif item.over_units == "max":
        leaf = replace(leaf, measure="high")
    elif item.over_units == "min":
        leaf = replace(leaf, measure="low")
    if item.reported == "to_date":
        if not context.to_date:
            leaf = replace(leaf, step=True)
        return _over_units(item, leaf)
    if context.to_date and item.over_time != "last" and not context.opening:
        window: dict[str, Window] = {"sum": "sum", "average": "mean", "none": "period"}
        names: Window = window.get(item.over_time, item.over_time)  # type: ignore[arg-type]
        leaf = replace(leaf, window=names)
    return _over_units(item, leaf)


def _over_units(item: Item, leaf: Leaf) -> Node:
    if item.over_units != "average":
        return leaf
    counted: Window = "sum" if leaf.window == "mean" else leaf.window
    whole = replace(leaf, window=counted)
    return Operation("/", whole, replace(whole, measure="n"))
