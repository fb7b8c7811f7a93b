"""The meaning of a rule (规则的含义): a tree that is the same for Python, SQL and the browser.

An expression of the language, once its names are resolved and its types checked, becomes these
nodes. Numbers are exact rationals; a missing number is not zero. Conditions are true, false or
unknown (Kleene): a comparison with a missing side is unknown, and so is a division by zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from hexi.statistics.checking.sources import Source

__all__ = [
    "Absent",
    "Arithmetic",
    "Both",
    "Compared",
    "Condition",
    "Constant",
    "Extreme",
    "Magnitude",
    "Nothing",
    "Number",
    "Pick",
    "Read",
    "Starts",
    "TextConstant",
    "TextValue",
    "Truth",
    "Turned",
    "Value",
    "ZeroIfMissing",
    "reads",
    "replaced_reads",
]

Operator = Literal["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Constant:
    """A number of the rule itself."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Nothing:
    """A number that is missing, whatever was reported."""


@dataclass(frozen=True, slots=True)
class Read:
    """A source, number or text as the source says."""

    source: Source


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two numbers that make a third; missing where one is, or where zero divides."""

    operator: Literal["+", "-", "*", "/"]
    left: Number
    right: Number


@dataclass(frozen=True, slots=True)
class Magnitude:
    """A number without its sign."""

    operand: Number


@dataclass(frozen=True, slots=True)
class Extreme:
    """The smallest or largest of several; missing where one is."""

    which: Literal["min", "max"]
    operands: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class ZeroIfMissing:
    """A number that counts as zero where it is missing."""

    operand: Number


@dataclass(frozen=True, slots=True)
class Pick:
    """One of two numbers; missing where the condition is unknown."""

    condition: Condition
    then: Number
    otherwise: Number


@dataclass(frozen=True, slots=True)
class TextConstant:
    """A text of the rule itself."""

    value: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Two numbers, or two texts (``=`` and ``!=`` only)."""

    operator: Operator
    left: Value
    right: Value


@dataclass(frozen=True, slots=True)
class Starts:
    """Whether a text begins with another: an industry lies in a division."""

    text: TextValue
    start: TextValue


@dataclass(frozen=True, slots=True)
class Absent:
    """Whether a value is missing: never unknown."""

    operand: Value


@dataclass(frozen=True, slots=True)
class Both:
    """Conditions joined by ``and`` or ``or``."""

    operator: Literal["and", "or"]
    operands: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Turned:
    """A condition turned round; unknown stays unknown."""

    operand: Condition


@dataclass(frozen=True, slots=True)
class Truth:
    """A condition that is always true or always false."""

    value: bool


Number = Constant | Nothing | Read | Arithmetic | Magnitude | Extreme | ZeroIfMissing | Pick
TextValue = TextConstant | Read
Condition = Compared | Starts | Absent | Both | Turned | Truth
Value = Number | TextConstant
Node = Value | Condition


def _parts(node: Node) -> tuple[Node, ...]:
    match node:
        case Arithmetic(_, left, right) | Compared(_, left, right) | Starts(left, right):
            return (left, right)
        case Extreme(_, operands) | Both(_, operands):
            return operands
        case Magnitude(operand) | ZeroIfMissing(operand) | Absent(operand) | Turned(operand):
            return (operand,)
        case Pick(condition, then, otherwise):
            return (condition, then, otherwise)
        case _:
            return ()


def reads(node: Node) -> Iterator[Source]:
    """Every source that is read, in the order it is written, repeats included."""
    if isinstance(node, Read):
        yield node.source
    for part in _parts(node):
        yield from reads(part)


def replaced_reads(node: Number, replace: Callable[[Read], Number]) -> Number:
    """The same number with each number that it adds up replaced; conditions inside stay."""
    match node:
        case Read():
            return replace(node)
        case Arithmetic(operator, left, right):
            return Arithmetic(
                operator, replaced_reads(left, replace), replaced_reads(right, replace)
            )
        case Extreme(which, operands):
            return Extreme(which, tuple(replaced_reads(part, replace) for part in operands))
        case Magnitude(operand):
            return Magnitude(replaced_reads(operand, replace))
        case Pick(condition, then, otherwise):
            return Pick(
                condition, replaced_reads(then, replace), replaced_reads(otherwise, replace)
            )
        case _:
            return node
