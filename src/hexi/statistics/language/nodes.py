"""What an expression is made of (表达式的结点): plain frozen data with the place it was written at.
Two expressions are equal where they say the same, wherever they were written.

Rules of checking and definitions of indicators are written in one language; each has its own
meaning for names and functions, which this module does not know.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

__all__ = [
    "Binary",
    "Call",
    "Choice",
    "Compare",
    "Expression",
    "IsMissing",
    "Logic",
    "Member",
    "Name",
    "Negation",
    "Not",
    "Number",
    "Text",
]

Arithmetic = Literal["+", "-", "*", "/"]
Comparison = Literal["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Number:
    """A number, exact: ``1.5``; ``5%`` is 0.05."""

    value: Decimal
    at: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Text:
    """A text between double quotes."""

    value: str
    at: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """An item, an indicator or a column: ``output``, ``form.item``, ``产值``."""

    name: str
    at: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the language: ``last(output)``, ``growth(output, basis: "matched")``."""

    function: str
    arguments: tuple[Expression, ...]
    keywords: tuple[tuple[str, Expression], ...]
    at: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Negation:
    """A value with the other sign."""

    operand: Expression
    at: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """Two values that make a third."""

    operator: Arithmetic
    left: Expression
    right: Expression
    at: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Compare:
    """Two values compared: true, false or, where one is missing, unknown."""

    operator: Comparison
    left: Expression
    right: Expression
    at: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Member:
    """A value that is one of several: ``industry in ("C25", "C26")``."""

    operand: Expression
    options: tuple[Expression, ...]
    at: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class IsMissing:
    """Whether nothing was reported: true or false, never unknown."""

    operand: Expression
    at: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Logic:
    """Conditions joined by ``and`` or ``or``, in three-valued logic (Kleene)."""

    operator: Literal["and", "or"]
    operands: tuple[Expression, ...]
    at: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """A condition turned round; unknown stays unknown."""

    operand: Expression
    at: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """``if condition then value else value``; an unknown condition gives a missing value."""

    condition: Expression
    then: Expression
    otherwise: Expression
    at: int = field(compare=False)


Expression = (
    Number | Text | Name | Call | Negation | Binary | Compare | Member | IsMissing | Logic | Not
    | Choice
)  # fmt: skip
