"""What a form or a rule may ask of the register (名录字段), as names ``reporter.…``.

Who reports a form (报送范围) is a condition over these: industry, size, type of zone. The same
names stand in rules of checking.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final, Literal

from hexi.statistics.language.nodes import (
    Call,
    Compare,
    Expression,
    IsMissing,
    Logic,
    Member,
    Name,
    Not,
    Number,
    Text,
)

__all__ = ["REGISTER_FIELDS", "RegisterValue", "condition_faults", "reports_when"]

RegisterValue = str | int | Decimal | None

#: field of the register and whether it is a text or a number
REGISTER_FIELDS: Final[Mapping[str, Literal["text", "number"]]] = {
    "code": "text",  # credit code of an enterprise (统一社会信用代码), id of a unit
    "name": "text",
    "kind": "text",  # enterprise, project, park, zone
    "industry": "text",  # GB/T 4754 code: C26, or 2611
    "size": "text",  # 大型 large, 中型 medium, 小型 small, 微型 micro
    "ownership": "text",
    "place": "text",  # GB/T 2260 code
    "zone_type": "text",
    "level": "text",
    "status": "text",
    "above_scale": "number",  # 1 for 规模以上
    "trader": "number",  # 1 where it has a record of foreign trade
    "foreign_invested": "number",
}

_PREFIX: Final = "reporter."
_NAMES: Final = tuple(_PREFIX + name for name in REGISTER_FIELDS)


def condition_faults(expression: Expression) -> Iterator[tuple[int, str, str]]:
    """What such a condition cannot say: place, and what was expected in both languages."""
    match expression:
        case Logic(_, operands, _):
            for operand in operands:
                yield from condition_faults(operand)
        case Not(operand, _):
            yield from condition_faults(operand)
        case Compare(_, left, right, _):
            yield from _value_faults(left)
            yield from _value_faults(right)
        case Member(operand, options, _):
            for part in (operand, *options):
                yield from _value_faults(part)
        case IsMissing(operand, _):
            yield from _value_faults(operand)
        case Call("starts", (first, second), (), _):
            yield from _value_faults(first)
            yield from _value_faults(second)
        case _:
            yield expression.at, "关于名录字段的条件", "a condition over the register"


def _value_faults(expression: Expression) -> Iterator[tuple[int, str, str]]:
    if isinstance(expression, Number | Text):
        return
    if isinstance(expression, Name) and expression.name in _NAMES:
        return
    listed = "、".join(_NAMES)
    yield expression.at, f"数、文字或名录字段（{listed}）", f"a number, a text or one of {listed}"


def reports_when(condition: Expression | None, reporter: Mapping[str, RegisterValue]) -> bool:
    """Whether a unit of the register reports; what the register does not know does not count."""
    return condition is None or _holds(condition, reporter) is True


def _holds(expression: Expression, reporter: Mapping[str, RegisterValue]) -> bool | None:
    """True, false, or None for unknown (Kleene)."""
    match expression:
        case Logic("and", operands, _):
            return _all([_holds(operand, reporter) for operand in operands])
        case Logic("or", operands, _):
            turned = _all([_turned(_holds(operand, reporter)) for operand in operands])
            return _turned(turned)
        case Not(operand, _):
            return _turned(_holds(operand, reporter))
        case Compare(operator, left, right, _):
            return _compared(operator, _value(left, reporter), _value(right, reporter))
        case Member(operand, options, _):
            value = _value(operand, reporter)
            found = [_compared("=", value, _value(option, reporter)) for option in options]
            return _turned(_all([_turned(one) for one in found]))
        case IsMissing(operand, _):
            return _value(operand, reporter) is None
        case Call("starts", (first, second), (), _):
            text, start = _value(first, reporter), _value(second, reporter)
            return None if text is None or start is None else str(text).startswith(str(start))
        case _:
            raise TypeError(f"no condition over the register: {expression!r}")


def _all(values: list[bool | None]) -> bool | None:
    if False in values:
        return False
    return None if None in values else True


def _turned(value: bool | None) -> bool | None:
    return None if value is None else not value


def _value(expression: Expression, reporter: Mapping[str, RegisterValue]) -> Decimal | str | None:
    if isinstance(expression, Number | Text):
        return expression.value
    if not isinstance(expression, Name):
        raise TypeError(f"no value of the register: {expression!r}")
    value = reporter.get(expression.name.removeprefix(_PREFIX))
    return Decimal(value) if isinstance(value, int) else value


def _compared(
    operator: str, left: Decimal | str | None, right: Decimal | str | None
) -> bool | None:
    if left is None or right is None:
        return None
    if isinstance(left, str) != isinstance(right, str):
        return operator == "!="
    order = (left > right) - (left < right)  # type: ignore[operator]
    answers = {
        "=": order == 0, "!=": order != 0, "<": order < 0,
        "<=": order <= 0, ">": order > 0, ">=": order >= 0,
    }  # fmt: skip
    return answers[operator]
