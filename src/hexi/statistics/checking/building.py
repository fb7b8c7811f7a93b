"""From what a rule says to what it means (规则编译): sides, windows, missing figures, tolerance.

A comparison at the top of ``check`` has two sides. The window reads the right side from an earlier
period; a missing strategy says what each side does with figures that were not reported; and the
tolerance widens the comparison by an amount, by a share of the right side, or by the larger of
the two. All of that becomes part of one condition, so that whoever runs it knows nothing of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from hexi.statistics.checking.meaning import (
    Absent,
    Arithmetic,
    Both,
    Compared,
    Condition,
    Constant,
    Extreme,
    Magnitude,
    Nothing,
    Number,
    Pick,
    Read,
    TextConstant,
    Turned,
    ZeroIfMissing,
    reads,
    replaced_reads,
)
from hexi.statistics.checking.resolving import RuleError, Scope, condition_of, number_of
from hexi.statistics.checking.rules import Kind, Missing
from hexi.statistics.checking.sources import Shift
from hexi.statistics.language import Expression, nodes

__all__ = ["Built", "Slack", "build_check", "kind_fault"]


@dataclass(frozen=True, slots=True)
class Slack:
    """By how much the sides may differ."""

    absolute: Decimal = Decimal(0)
    relative: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Built:
    """A condition and, where it is a comparison of numbers, its sides."""

    check: Condition
    left: Number | None = None
    right: Number | None = None
    operator: str = ""


def build_check(
    expression: Expression,
    scope: Scope,
    missing: tuple[Missing, Missing] = ("skip_any", "skip_any"),
    slack: Slack | None = None,
    window: Shift = "",
) -> Built:
    """The meaning of ``check``.

    Raises:
        RuleError: where the expression is no condition, or has no sides though a window, a
            tolerance or a missing strategy asks for them.
    """
    slack = slack or Slack()
    plain = missing == ("skip_any", "skip_any") and slack == Slack() and not window
    if not isinstance(expression, nodes.Compare):
        if not plain:
            zh = "一个比较（窗口、容差和缺失策略都作用于两边）"
            raise RuleError(expression.at, zh, "one comparison, since there are sides to it")
        return Built(condition_of(expression, scope))
    whole = condition_of(expression, scope)
    if isinstance(whole, Compared) and _texts(whole):
        if not plain:
            raise RuleError(expression.at, "数的比较", "a comparison of numbers")
        return Built(whole)
    far = scope.shifted(window, expression.right.at) if window else scope
    left = _with_missing(number_of(expression.left, scope), missing[0])
    right = _with_missing(number_of(expression.right, far), missing[1])
    check = _within(expression.operator, left, right, slack)
    return Built(check, left, right, expression.operator)


def _texts(compared: Compared) -> bool:
    left = compared.left
    return isinstance(left, TextConstant) or (isinstance(left, Read) and left.source.type == "text")


def _with_missing(side: Number, missing: Missing) -> Number:
    if missing == "skip_any":
        return side
    zeroed = replaced_reads(side, ZeroIfMissing)
    found = [Read(source) for source in dict.fromkeys(reads(side)) if source.type == "number"]
    if missing == "zero" or not found:
        return zeroed
    some = Both("or", tuple(Turned(Absent(read)) for read in found))
    return Pick(some, zeroed, Nothing())


def _within(operator: nodes.Comparison, left: Number, right: Number, slack: Slack) -> Compared:
    if slack == Slack():
        return Compared(operator, left, right)
    relative = Arithmetic("*", Constant(slack.relative), Magnitude(right))
    room: Number = Constant(slack.absolute)
    if slack.relative:
        room = Extreme("max", (room, relative)) if slack.absolute else relative
    match operator:
        case "=":
            return Compared("<=", Magnitude(Arithmetic("-", left, right)), room)
        case "!=":
            return Compared(">", Magnitude(Arithmetic("-", left, right)), room)
        case "<" | "<=":
            return Compared(operator, left, Arithmetic("+", right, room))
        case _:
            return Compared(operator, left, Arithmetic("-", right, room))


def kind_fault(kind: Kind, built: Built) -> tuple[str, str] | None:
    """What a rule of a kind must read and this one does not, in both languages."""
    found = list(reads(built.check))
    kinds = {source.kind for source in found}
    needs = {
        "change": bool("prior" in kinds or any(source.shift for source in found)),
        "cross_form": bool(kinds & {"other", "within"}),
        "children": "children" in kinds,
        "outlier": bool(kinds & {"peers_low", "peers_high"}),
        "identity": built.operator == "=",
    }
    words = {
        "change": ("last、year_ago 或 prior", "last, year_ago or prior"),
        "cross_form": ("other 或 within", "other or within"),
        "children": ("children", "children"),
        "outlier": ("peers_low 或 peers_high", "peers_low or peers_high"),
        "identity": ("以 = 相连的两边", "two sides joined by ="),
    }
    return None if needs.get(cast(str, kind), True) else words[kind]
