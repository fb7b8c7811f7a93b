"""Names and types of an expression (类型检查): from what was written to what it means.

Each name is looked up in the form that the rule is about, each function knows what it takes, and a
mistake is told with its column: an unknown item, a number where a condition belongs, a text that
is compared with a number. So a rule that loads can be run.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, NoReturn

from hexi.statistics.checking.meaning import (
    Absent,
    Arithmetic,
    Both,
    Compared,
    Condition,
    Constant,
    Extreme,
    Magnitude,
    Number,
    Pick,
    Read,
    Starts,
    TextConstant,
    TextValue,
    Turned,
    Value,
    ZeroIfMissing,
)
from hexi.statistics.checking.sources import SHIFTS, Shift, Source
from hexi.statistics.forms import REGISTER_FIELDS, Form, Forms, Item, months_of
from hexi.statistics.language import Expression, nodes

__all__ = ["RuleError", "Scope", "condition_of", "number_of"]

#: functions of numbers: how many arguments they take
_NUMERIC: Final = {"abs": (1, 1), "min": (2, 20), "max": (2, 20), "zero": (1, 1)}
_READING: Final = ("last", "year_ago", "prior", "sum", "count", "other", "within", "children")
_PEERS: Final = ("peers_low", "peers_high")
_CONDITIONS = nodes.Compare | nodes.Logic | nodes.Not | nodes.Member | nodes.IsMissing


class RuleError(ValueError):
    """An expression that means nothing here: where (column from 0), and what was expected."""

    def __init__(self, at: int, zh: str, en: str) -> None:
        super().__init__(f"column {at + 1}: {en}")
        self.at, self.zh, self.en = at, zh, en


@dataclass(frozen=True)
class Scope:
    """What names mean: the form, the dynamic section of a rule on rows, the other forms."""

    form: Form
    forms: Forms
    #: code of the section whose rows the rule is about; empty for a rule on the whole return
    rows: str = ""
    shift: Shift = ""

    def shifted(self, shift: Shift, at: int) -> Scope:
        """The same names, read in an earlier period."""
        if self.shift:
            _fail(at, "last、year_ago 不可互相嵌套", "last and year_ago do not nest")
        return replace(self, shift=shift)


def _fail(at: int, zh: str, en: str) -> NoReturn:
    raise RuleError(at, zh, en)


def condition_of(expression: Expression, scope: Scope) -> Condition:
    """The condition that an expression states.

    Raises:
        RuleError: where it is none, or a name or type in it is wrong.
    """
    match expression:
        case nodes.Logic(operator, operands, _):
            return Both(operator, tuple(condition_of(operand, scope) for operand in operands))
        case nodes.Not(operand, _):
            return Turned(condition_of(operand, scope))
        case nodes.Compare(operator, left, right, at):
            return _compared(operator, left, right, at, scope)
        case nodes.Member(operand, options, at):
            found = tuple(_compared("=", operand, option, at, scope) for option in options)
            return Both("or", found)
        case nodes.IsMissing(operand, _):
            return Absent(_value(operand, scope))
        case nodes.Choice(condition, then, otherwise, _):
            test = condition_of(condition, scope)
            yes, no = condition_of(then, scope), condition_of(otherwise, scope)
            return Both("or", (Both("and", (test, yes)), Both("and", (Turned(test), no))))
        case nodes.Call("starts", (text, start), (), at):
            return Starts(_text(text, scope, at), _text(start, scope, at))
        case nodes.Call("starts", _, _, at):
            _fail(at, "starts(文字, 开头)", "starts(text, beginning)")
        case _:
            _fail(expression.at, "条件（比较或 and、or、not）", "a condition")


def _compared(
    operator: nodes.Comparison, left: Expression, right: Expression, at: int, scope: Scope
) -> Compared:
    first, second = _value(left, scope), _value(right, scope)
    texts = _is_text(first), _is_text(second)
    if texts[0] != texts[1]:
        _fail(at, "同类的两边：数与数、文字与文字", "two numbers or two texts")
    if texts[0] and operator not in ("=", "!="):
        _fail(at, "文字只能比较 = 或 !=", "texts compare by = and != only")
    return Compared(operator, first, second)


def _is_text(value: Value) -> bool:
    return isinstance(value, TextConstant) or (
        isinstance(value, Read) and value.source.type == "text"
    )


def _text(expression: Expression, scope: Scope, at: int) -> TextValue:
    value = _value(expression, scope)
    if isinstance(value, TextConstant) or (isinstance(value, Read) and _is_text(value)):
        return value
    _fail(at, "文字", "a text")


def _value(expression: Expression, scope: Scope) -> Value:
    if isinstance(expression, nodes.Text):
        return TextConstant(expression.value)
    if isinstance(expression, nodes.Name):
        return Read(_named(expression, scope))
    return number_of(expression, scope)


def number_of(expression: Expression, scope: Scope) -> Number:
    """The number that an expression computes.

    Raises:
        RuleError: where it is none, or a name or type in it is wrong.
    """
    match expression:
        case nodes.Number(value, _):
            return Constant(value)
        case nodes.Name(_, at):
            source = _named(expression, scope)
            if source.type != "number":
                _fail(at, "数", "a number")
            return Read(source)
        case nodes.Negation(operand, _):
            return Arithmetic("-", Constant(Decimal(0)), number_of(operand, scope))
        case nodes.Binary(operator, left, right, _):
            return Arithmetic(operator, number_of(left, scope), number_of(right, scope))
        case nodes.Choice(condition, then, otherwise, _):
            test = condition_of(condition, scope)
            return Pick(test, number_of(then, scope), number_of(otherwise, scope))
        case nodes.Call():
            return _call(expression, scope)
        case _:
            _fail(expression.at, "数，而非条件或文字", "a number, not a condition or a text")


def _named(name: nodes.Name, scope: Scope) -> Source:
    head, dot, field = name.name.partition(".")
    if dot and head == "reporter" and field in REGISTER_FIELDS:
        return Source("reporter", field, REGISTER_FIELDS[field])
    if dot and head == "cover":
        for cover in scope.form.cover:
            if cover.code == field:
                kind = "number" if cover.kind == "number" else "text"
                return Source("cover", field, "number" if kind == "number" else "text")
    if name.name == "month":
        return Source("month", "month", decimals=0)
    if scope.rows and name.name in (row := scope.form.row_items[scope.rows]):
        return Source("row", name.name, shift=scope.shift, decimals=row[name.name].decimals)
    if name.name in scope.form.items:
        item = scope.form.items[name.name]
        return Source("item", item.code, shift=scope.shift, decimals=item.decimals)
    listed = "、".join(list(scope.form.items)[:6])
    zh = f"“{scope.form.name}”的项目（{listed}…）"
    _fail(name.at, zh, f"an item of {scope.form.id}")


def _call(call: nodes.Call, scope: Scope) -> Number:
    name, arguments, at = call.function, call.arguments, call.at
    if call.keywords and name not in _PEERS:
        _fail(at, f"{name} 没有具名参数", f"{name} takes no named argument")
    if name in _NUMERIC:
        least, most = _NUMERIC[name]
        if not least <= len(arguments) <= most:
            _fail(at, f"{name} 的参数个数不对", f"{name} takes {least} to {most} arguments")
        numbers = tuple(number_of(argument, scope) for argument in arguments)
        match name:
            case "abs":
                return Magnitude(numbers[0])
            case "zero":
                return ZeroIfMissing(numbers[0])
            case _:
                return Extreme("min" if name == "min" else "max", numbers)
    if name in SHIFTS and len(arguments) == 1:
        shift: Shift = "last" if name == "last" else "year_ago"
        return number_of(arguments[0], scope.shifted(shift, at))
    if name in _PEERS:
        return Read(_peers(call, scope))
    if name in _READING:
        return Read(_reading(call, scope))
    listed = "、".join((*_READING, *_PEERS, *_NUMERIC))
    _fail(at, f"函数 {listed} 之一", f"one of the functions {listed}")


def _item_named(expression: Expression, items: dict[str, Item], where: str) -> Item:
    if isinstance(expression, nodes.Name) and expression.name in items:
        return items[expression.name]
    listed = "、".join(list(items)[:6])
    _fail(expression.at, f"{where}的项目（{listed}…）", f"an item of {where}")


def _reading(call: nodes.Call, scope: Scope) -> Source:
    name, at, shift = call.function, call.at, scope.shift
    match name, call.arguments:
        case "prior", (argument,):
            item = _item_named(argument, scope.form.items, scope.form.name)
            if not item.prior or shift:
                _fail(at, "有“上年同期”栏的项目", "an item with a column for last year")
            return Source("prior", item.code, decimals=item.decimals)
        case "sum", (argument,):
            rows = {c: i for section in scope.form.row_items.values() for c, i in section.items()}
            item = _item_named(argument, rows, "动态行")
            return Source("sum", item.code, shift=shift, decimals=item.decimals)
        case "count", (nodes.Name(section, _),) if section in scope.form.row_items:
            return Source("count", section, shift=shift, decimals=0)
        case "other" | "within" | "children", (nodes.Text(form, place), argument):
            return _elsewhere(name, form, place, argument, scope)
        case "children", (argument,):
            item = _item_named(argument, scope.form.items, scope.form.name)
            return Source("children", item.code, "number", shift, scope.form.id, "", item.decimals)
        case _:
            _fail(at, _USE[name][0], _USE[name][1])


_USE: Final = {
    "last": ("last(数)", "last(number)"),
    "year_ago": ("year_ago(数)", "year_ago(number)"),
    "prior": ("prior(项目)", "prior(item)"),
    "sum": ("sum(动态行的项目)", "sum(item of dynamic rows)"),
    "count": ("count(动态分组)", "count(dynamic section)"),
    "other": ('other("报表", 项目)', 'other("form", item)'),
    "within": ('within("报表", 项目)', 'within("form", item)'),
    "children": ('children("报表", 项目)', 'children("form", item)'),
}


def _elsewhere(name: str, form: str, at: int, argument: Expression, scope: Scope) -> Source:
    if form not in scope.forms.ids:
        listed = "、".join(scope.forms.ids)
        _fail(at, f"报表标识：{listed}", f"one of the forms {listed}")
    other = scope.forms.latest(form)
    item = _item_named(argument, other.items, other.name)
    if name == "within":
        parts = months_of(scope.form.frequency) // months_of(other.frequency)
        if parts < 2:
            _fail(at, "报送更频繁的报表", "a form that is filled in more often")
        return Source("within", item.code, "number", scope.shift, form, "", item.decimals, parts)
    kind: Final = "other" if name == "other" else "children"
    return Source(kind, item.code, "number", scope.shift, form, "", item.decimals)


def _peers(call: nodes.Call, scope: Scope) -> Source:
    keywords = dict(call.keywords)
    far = keywords.pop("far", nodes.Number(Decimal(5), call.at))
    if len(call.arguments) != 1 or keywords or not isinstance(far, nodes.Number) or scope.shift:
        _fail(call.at, f"{call.function}(项目, far: 5)", f"{call.function}(item, far: 5)")
    if not 1 <= far.value <= 100:
        _fail(far.at, "1 至 100 的倍数", "a multiple from 1 to 100")
    item = _item_named(call.arguments[0], scope.form.items, scope.form.name)
    kind: Final = "peers_low" if call.function == "peers_low" else "peers_high"
    return Source(kind, item.code, far=f"{far.value.normalize():f}", decimals=item.decimals)
