"""Types of indicator expressions (指标表达式的类型): what may be added, over units and over time.

A figure that adds up over units (可加) is the sum of what its parts returned; a ratio, a growth
rate or a rank never is, and nothing here lets it be. Units of measure travel with every figure, so
that 万元 over 亩 is 万元/亩 and nothing else. Windows of time do not nest: growth is taken of the
year to date, never the year to date of a growth, which is where such systems return wrong figures.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from hexi.quantities import units
from hexi.statistics.indicators.arguments import chosen_rows, keyword
from hexi.statistics.indicators.bases import on_basis
from hexi.statistics.indicators.definitions import Definitions, Item
from hexi.statistics.indicators.refusal import refuse
from hexi.statistics.language import Expression, nodes

__all__ = ["Shape", "Types"]

#: number: a constant; sum: adds up over units; ratio: does not; growth and rank: nor over anything
Level = Literal["number", "sum", "ratio", "growth", "rank"]

_PLAIN: tuple[tuple[str, int], ...] = ()
_TAKES_ONE = frozenset(
    ("ytd", "month", "prev", "last_year", "growth", "change", "share", "contribution", "rank")
) | {"average", "opening", "latest", "reporters", "rows"}
_KEYWORDS: dict[str, frozenset[str]] = {
    "growth": frozenset({"basis"}),
    "change": frozenset({"basis"}),
    "contribution": frozenset({"basis", "of"}),
    "share": frozenset({"of"}),
    "rank": frozenset({"among", "order"}),
    "latest": frozenset({"within"}),
    "rows": frozenset({"of"}),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """Type of a figure."""

    level: Level
    #: dimension and size of its unit of measure, as :mod:`hexi.quantities.units` has them
    dimension: units.Dimension
    size: Fraction
    #: codes of the items it rests on
    items: frozenset[str] = frozenset()
    #: true where every item is a stock, average or count: not to be added over time
    standing: bool = False
    #: functions of time or of place already applied: ytd, month, shift, opening, scope, latest
    applied: frozenset[str] = frozenset()

    @property
    def added(self) -> bool:
        """True where parts make the whole."""
        return self.level == "sum"


class Types:
    """Finds the type of expressions over one set of definitions; refuses with DefinitionError."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._known: dict[str, Shape] = {}
        self._open: list[str] = []

    def indicator(self, name: str) -> Shape:
        """Type of an indicator of the definitions."""
        if name not in self._known:
            self._open.append(name)
            self._known[name] = self.of(self._definitions.indicators[name].expression)
            self._open.pop()
        return self._known[name]

    def of(self, node: Expression) -> Shape:
        """Type of an expression."""
        match node:
            case nodes.Number():
                return Shape("number", _PLAIN, Fraction(1))
            case nodes.Name():
                return self._name(node)
            case nodes.Negation():
                return self._number(node.operand)
            case nodes.Binary():
                left, right = self._number(node.left), self._number(node.right)
                if node.operator in "+-":
                    return _sum(node, left, right)
                return _product(node, left, right)
            case nodes.Call():
                return self._call(node)
            case nodes.Choice():
                return self._choice(node)
            case nodes.Text():
                refuse(node.at, "这里应为数值，不是文字", "a figure is wanted here, not a text")
            case _:
                refuse(node.at, "条件不是数值", "a condition is no figure")

    def _number(self, node: Expression) -> Shape:
        shape = self.of(node)
        if shape.level == "rank":
            refuse(node.at, "位次不参加运算", "a rank takes no part in arithmetic")
        return shape

    def _name(self, node: nodes.Name) -> Shape:
        item = self._definitions.items.get(node.name)
        if item is not None:
            return item_shape(item)
        if node.name in self._open:
            chain = " → ".join((*self._open, node.name))
            refuse(node.at, f"循环定义：{chain}", f"defined by itself: {chain}")
        if node.name in self._definitions.indicators:
            return self.indicator(node.name)
        refuse(node.at, f"没有这个指标：{node.name}", f"no such item or indicator: {node.name}")

    def _choice(self, node: nodes.Choice) -> Shape:
        self._condition(node.condition)
        then, otherwise = self._number(node.then), self._number(node.otherwise)
        both = _sum(nodes.Binary("-", node.then, node.otherwise, node.at), then, otherwise)
        # what is chosen unit by unit is no longer the sum of its parts
        return replace(both, level="ratio" if both.level == "sum" else both.level)

    def _condition(self, node: Expression) -> None:
        match node:
            case nodes.Compare():
                left, right = self._number(node.left), self._number(node.right)
                _same_measure(node.at, left, right)
            case nodes.Logic():
                for operand in node.operands:
                    self._condition(operand)
            case nodes.Not():
                self._condition(node.operand)
            case nodes.IsMissing():
                self._number(node.operand)
            case _:
                refuse(node.at, "这里应为条件", "a condition is wanted here")

    def _call(self, node: nodes.Call) -> Shape:
        if node.function != "total" and node.function not in _TAKES_ONE:
            refuse(node.at, f"没有这个函数：{node.function}", f"no such function: {node.function}")
        for key, value in node.keywords:
            if key not in _KEYWORDS.get(node.function, ()):
                refuse(
                    value.at, f"{node.function} 没有参数 {key}", f"{node.function} takes no {key}"
                )
        if node.function == "total":
            return self._total(node)
        if len(node.arguments) != 1:
            refuse(node.at, f"{node.function} 要一个参数", f"{node.function} takes one argument")
        inner = self._number(node.arguments[0])
        if inner.level == "number":
            refuse(
                node.at, "常数不随时间和单位变化", "a constant is the same at all times and places"
            )
        return _apply(node, inner, self._definitions)

    def _total(self, node: nodes.Call) -> Shape:
        if len(node.arguments) < 2:
            refuse(node.at, "total 要两个以上参数", "total takes two arguments or more")
        shapes = [self._number(argument) for argument in node.arguments]
        whole = shapes[0]
        for argument, shape in zip(node.arguments, shapes, strict=True):
            if not shape.added:
                refuse(argument.at, "total 只加可加的数", "total adds only what adds up")
            whole = _sum(nodes.Binary("+", node.arguments[0], argument, node.at), whole, shape)
        return whole


def item_shape(item: Item) -> Shape:
    """Type of an item by itself."""
    unit = units.parse(item.unit)
    level: Level = "sum" if item.over_units == "sum" else "ratio"
    return Shape(
        level, unit.dimension, unit.factor, frozenset({item.code}), item.over_time != "sum"
    )


def _same_measure(at: int, left: Shape, right: Shape) -> None:
    if left.dimension != right.dimension and "number" not in (left.level, right.level):
        refuse(
            at,
            f"计量单位不同：{_dimension(left)} 与 {_dimension(right)}",
            f"units of measure differ: {_dimension(left)} and {_dimension(right)}",
        )


def _dimension(shape: Shape) -> str:
    return "·".join(n if p == 1 else f"{n}^{p}" for n, p in shape.dimension) or "1"


def _sum(node: nodes.Binary, left: Shape, right: Shape) -> Shape:
    """Type of ``left + right`` or ``left - right``."""
    _same_measure(node.at, left, right)
    if node.operator == "+" and left.level == right.level and left.level in ("ratio", "growth"):
        refuse(
            node.at,
            "比率不能相加：把分子与分子、分母与分母相加后再相除",
            "ratios are not added: add numerators and denominators, then divide",
        )
    if "growth" in (left.level, right.level) and left.level != right.level:
        refuse(node.at, "增速只与增速相减", "growth goes only with growth")
    if left.added and right.added and left.standing != right.standing:
        refuse(node.at, "流量与存量不能相加减", "a flow and a stock are not added")
    window = ("ytd", "month")
    if left.added and right.added and _only(left, window) != _only(right, window):
        refuse(
            node.at,
            "累计与当期不能相加减",
            "a figure to date and one of the period are not added",
        )
    if left.level == right.level:
        level = left.level
    elif "growth" in (left.level, right.level):
        level = "growth"
    else:
        level = "ratio"
    measure = right if left.level == "number" else left
    return _joined(level, measure.dimension, measure.size, left, right)


def _only(shape: Shape, names: tuple[str, ...]) -> frozenset[str]:
    return shape.applied & frozenset(names)


def _joined(
    level: Level, dimension: units.Dimension, size: Fraction, left: Shape, right: Shape
) -> Shape:
    parts = [shape for shape in (left, right) if shape.items]
    standing = bool(parts) and all(shape.standing for shape in parts)
    applied = left.applied | right.applied
    return Shape(level, dimension, size, left.items | right.items, standing, applied)


def _product(node: nodes.Binary, left: Shape, right: Shape) -> Shape:
    """Type of ``left * right`` or ``left / right``."""
    if "growth" in (left.level, right.level) and "number" not in (left.level, right.level):
        refuse(node.at, "增速不参加乘除", "growth is neither multiplied nor divided")
    divided = node.operator == "/"
    powers = dict(left.dimension)
    for name, power in right.dimension:
        powers[name] = powers.get(name, 0) + (-power if divided else power)
    dimension = tuple(sorted((name, power) for name, power in powers.items() if power))
    size = left.size / right.size if divided else left.size * right.size
    if right.level == "number":
        level = left.level
    elif left.level == "number" and not divided:
        level = right.level
    else:
        level = "ratio"
    return _joined(level, dimension, size, left, right)


def _apply(node: nodes.Call, inner: Shape, definitions: Definitions) -> Shape:
    """Type of a function of one figure, or why it has none."""
    name = node.function
    if name in ("ytd", "month"):
        return _windowed(node, inner, definitions)
    if name in ("prev", "last_year"):
        return replace(inner, applied=inner.applied | {"shift"})
    if name in ("growth", "change", "contribution"):
        return _compared(node, inner, definitions)
    if name == "share":
        _whole(node, inner, "比重", "a share")
        keyword(node, "of", "parent")
        return replace(
            inner, level="ratio", dimension=_PLAIN, size=Fraction(1),
            applied=inner.applied | {"scope"},
        )  # fmt: skip
    if name == "rank":
        keyword(node, "among", "siblings")
        keyword(node, "order", "down")
        rank = units.parse("位")
        return replace(inner, level="rank", dimension=rank.dimension, size=rank.factor)
    if name == "rows":
        argument = node.arguments[0]
        item = definitions.items.get(getattr(argument, "name", ""))
        if item is None or not item.rows:
            refuse(
                node.at, "rows 的参数是一个按分组填报的指标", "rows takes an item asked by class"
            )
        chosen_rows(node, definitions)
        _same_classes(node, item, definitions)
        return inner
    if name == "reporters":
        argument = node.arguments[0]
        plain = isinstance(argument, nodes.Name) or (
            isinstance(argument, nodes.Call) and argument.function == "rows"
        )
        if inner.level != "sum" or inner.applied or not plain:
            refuse(node.at, "reporters 的参数是一个报表指标", "reporters takes an item")
        count = units.parse("家")
        return replace(inner, dimension=count.dimension, size=count.factor, standing=True)
    if name == "latest":
        _months(node)
    if not inner.standing:
        refuse(node.at, f"{name} 只用于存量", f"{name} is for stocks only")
    if inner.applied & {"opening", "latest", "scope"}:
        refuse(node.at, f"{name} 不能再套用", f"{name} does not nest")
    tag = "latest" if name == "latest" else "opening"
    return replace(inner, applied=inner.applied | {tag})


def _same_classes(node: nodes.Call, item: Item, definitions: Definitions) -> None:
    """A list holds classes of one classification, and items are asked by one."""
    for value in (value for _key, value in node.keywords):
        known = definitions.lists.get(value.name if isinstance(value, nodes.Name) else "")
        if known is not None and known.classification != item.rows:
            refuse(
                value.at,
                f"{known.id} 是 {known.classification} 的清单，{item.code} 按 {item.rows} 填报",
                f"{known.id} lists classes of {known.classification}, not of {item.rows}",
            )


def _windowed(node: nodes.Call, inner: Shape, definitions: Definitions) -> Shape:
    if inner.level == "growth":
        refuse(
            node.at,
            "增速没有累计：先累计再求增速，写作 growth(ytd(…))",
            "growth has no sum to date: write growth(ytd(…))",
        )
    if inner.applied & {"ytd", "month"}:
        refuse(node.at, "ytd 与 month 不能相套", "ytd and month do not nest")
    if inner.applied & {"shift", "scope"}:
        refuse(
            node.at,
            f"{node.function} 应写在最里面",
            f"{node.function} stands innermost: before shifts and shares",
        )
    if node.function == "ytd":
        if inner.standing and inner.added:
            refuse(
                node.at,
                "存量不能按时间累计",
                "a stock is not added over time",
            )
        for code in sorted(inner.items):
            if definitions.items[code].over_time == "none":
                refuse(node.at, f"{code} 没有累计口径", f"{code} has no meaning to date")
    return replace(inner, applied=inner.applied | {node.function})


def _compared(node: nodes.Call, inner: Shape, definitions: Definitions) -> Shape:
    name, basis = node.function, keyword(node, "basis", "restated")
    if inner.level == "growth":
        refuse(node.at, "增速不再求增速", "growth of growth means nothing")
    if basis != "nominal":
        if inner.applied & {"shift", "opening", "latest"}:
            refuse(
                node.at,
                f"{basis} 口径只用于当期数",
                f"the {basis} basis is for the period itself: shifts and openings have none",
            )
        for code in sorted(inner.items):
            on_basis(node.at, basis, definitions.items[code], to_date="ytd" in inner.applied)
    applied = inner.applied | {"shift"}
    if name == "contribution":
        _whole(node, inner, "拉动", "a contribution")
        keyword(node, "of", "parent")
        applied |= {"scope"}
    if name == "change":
        return replace(inner, applied=applied)
    return replace(inner, level="growth", dimension=_PLAIN, size=Fraction(1), applied=applied)


def _whole(node: nodes.Call, inner: Shape, zh: str, en: str) -> None:
    if not inner.added or "scope" in inner.applied:
        refuse(node.at, f"{zh}只对可加的数有意义", f"{en} is of something that adds up")


def _months(node: nodes.Call) -> int:
    for key, value in node.keywords:
        if key == "within":
            whole = value.value if isinstance(value, nodes.Number) else None
            if whole is None or whole != int(whole) or not 1 <= whole <= 24:
                refuse(value.at, "within 是 1 至 24 个月", "within is 1 to 24 months")
            return int(whole)
    return 12
