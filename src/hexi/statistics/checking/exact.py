"""Running a rule on one return in Python (单张报表审核): exact fractions, three-valued.

Each rule becomes a few nested functions once, and then takes microseconds a return. This is the
reference meaning; SQL and the browser are held to it by one corpus of cases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Final

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
    Starts,
    TextConstant,
    Truth,
    Turned,
    Value,
    ZeroIfMissing,
)

__all__ = ["Condition3", "Given", "condition_function", "number_function", "verdict"]

#: figures and texts by the key of their source; missing where absent or None
Given = Mapping[str, Fraction | str | None]
Condition3 = Callable[[Given], bool | None]
_Numeric = Callable[[Given], Fraction | None]
_Any = Callable[[Given], Fraction | str | None]

_ORDER: Final[dict[str, Callable[[int], bool]]] = {
    "=": lambda order: order == 0,
    "!=": lambda order: order != 0,
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}


def verdict(when: Condition | None, check: Condition, given: Given) -> bool | None:
    """Whether a rule holds; None where it does not apply or cannot be told (NA)."""
    if when is not None and condition_function(when)(given) is not True:
        return None
    return condition_function(check)(given)


@lru_cache(maxsize=4096)
def condition_function(condition: Condition) -> Condition3:
    """A condition as a function of the figures."""
    match condition:
        case Compared(operator, left, right):
            return _compared(_ORDER[operator], _value(left), _value(right))
        case Both(operator, operands):
            return _both(operator == "or", [condition_function(part) for part in operands])
        case Turned(operand):
            return _turned(condition_function(operand))
        case Absent(operand):
            value = _value(operand)
            return lambda given: value(given) is None
        case Starts(text, start):
            return _starts(_value(text), _value(start))
        case Truth(known):
            return lambda given: known


def _compared(test: Callable[[int], bool], left: _Any, right: _Any) -> Condition3:
    def run(given: Given) -> bool | None:
        first, second = left(given), right(given)
        if first is None or second is None:
            return None
        if isinstance(first, str) or isinstance(second, str):
            return test(0 if first == second else 1)
        return test((first > second) - (first < second))

    return run


def _both(any_will_do: bool, parts: list[Condition3]) -> Condition3:
    def run(given: Given) -> bool | None:
        unknown = False
        for part in parts:
            found = part(given)
            if found is any_will_do:
                return any_will_do
            unknown = unknown or found is None
        return None if unknown else not any_will_do

    return run


def _turned(part: Condition3) -> Condition3:
    def run(given: Given) -> bool | None:
        found = part(given)
        return None if found is None else not found

    return run


def _starts(text: _Any, start: _Any) -> Condition3:
    def run(given: Given) -> bool | None:
        whole, beginning = text(given), start(given)
        if whole is None or beginning is None:
            return None
        return str(whole).startswith(str(beginning))

    return run


def _value(value: Value) -> _Any:
    if isinstance(value, TextConstant):
        text = value.value
        return lambda given: text
    if isinstance(value, Read) and value.source.type == "text":
        key = value.source.key
        return lambda given: given.get(key)
    return number_function(value)


@lru_cache(maxsize=4096)
def number_function(number: Number) -> _Numeric:
    """A number as a function of the figures."""
    match number:
        case Constant(value):
            exact = Fraction(value)
            return lambda given: exact
        case Nothing():
            return lambda given: None
        case Read(source):
            return _read(source.key)
        case Arithmetic(operator, left, right):
            return _arithmetic(operator, number_function(left), number_function(right))
        case Magnitude(operand):
            inner = number_function(operand)
            return lambda given: None if (found := inner(given)) is None else abs(found)
        case ZeroIfMissing(operand):
            inner = number_function(operand)
            return lambda given: Fraction(0) if (found := inner(given)) is None else found
        case Extreme(which, operands):
            return _extreme(which == "max", [number_function(part) for part in operands])
        case Pick(condition, then, otherwise):
            return _pick(
                condition_function(condition), number_function(then), number_function(otherwise)
            )


def _read(key: str) -> _Numeric:
    def run(given: Given) -> Fraction | None:
        found = given.get(key)
        return None if isinstance(found, str) else found

    return run


def _arithmetic(operator: str, left: _Numeric, right: _Numeric) -> _Numeric:
    def run(given: Given) -> Fraction | None:
        first, second = left(given), right(given)
        if first is None or second is None:
            return None
        match operator:
            case "+":
                return first + second
            case "-":
                return first - second
            case "*":
                return first * second
            case _:
                return first / second if second else None

    return run


def _extreme(largest: bool, parts: list[_Numeric]) -> _Numeric:
    def run(given: Given) -> Fraction | None:
        found = [part(given) for part in parts]
        known = [value for value in found if value is not None]
        if len(known) < len(found):
            return None
        return max(known) if largest else min(known)

    return run


def _pick(condition: Condition3, then: _Numeric, otherwise: _Numeric) -> _Numeric:
    def run(given: Given) -> Fraction | None:
        found = condition(given)
        if found is None:
            return None
        return then(given) if found else otherwise(given)

    return run
