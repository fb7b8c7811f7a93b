"""Rules as SQL (规则的 SQL 形式): exact decimals, the same verdict as in Python.

SQL has no fractions, so a number is carried as top and bottom and never divided: ``a / b > c``
becomes ``a > c * b``, turned round where ``b`` is negative, and missing where ``b`` is zero. How
many digits each figure has is known, so it is known at compile time that nothing overflows: up to
18 digits are 64-bit work, up to 38 are 128-bit, and what needs more is refused (`TooWide`) and
left to Python. Three-valued logic is SQL's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

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
    Pick,
    Read,
    Starts,
    TextConstant,
    TextValue,
    Truth,
    Turned,
    Value,
    ZeroIfMissing,
)
from hexi.warehouse.engines import Dialect

__all__ = ["Column", "TooWide", "condition_sql"]

_NARROW: Final = 18
_WIDEST: Final = 38
#: conditions nest tops and bottoms; a text longer than this is no longer worth planning
_LONGEST: Final = 60_000
_FLIPPED: Final = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


class TooWide(ValueError):
    """A rule whose figures need more digits than SQL has: it is run in Python."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the checked table: its name in SQL and the digits that its figures need."""

    sql: str
    #: digits before and after the point together
    digits: int = 18
    #: digits after the point
    scale: int = 4


@dataclass(frozen=True, slots=True)
class _Exact:
    """A decimal expression whose values have at most so many digits."""

    sql: str
    digits: int
    scale: int
    #: carried in 128 bits already
    wide: bool = False

    @property
    def whole(self) -> int:
        """Digits before the point."""
        return self.digits - self.scale


@dataclass(frozen=True, slots=True)
class _Ratio:
    """Top over bottom; the bottom is NULL where it would be zero. No bottom is one."""

    top: _Exact
    bottom: _Exact | None = None


def condition_sql(condition: Condition, columns: Mapping[str, Column], dialect: Dialect) -> str:
    """A condition as a boolean expression over the columns of its sources, in an engine's words.

    Raises:
        TooWide: where its figures need more than 38 digits.
        KeyError: where a source has no column.
    """
    sql = _Writer(columns, dialect).condition(condition)
    if len(sql) > _LONGEST:
        raise TooWide("too long")
    return sql


class _Writer:
    """Writes conditions over some columns in an engine's words."""

    def __init__(self, columns: Mapping[str, Column], dialect: Dialect) -> None:
        self.columns, self.dialect = columns, dialect

    def _as(self, sql: str, digits: int, scale: int) -> str:
        return self.dialect.decimal(sql, digits, scale)

    def condition(self, condition: Condition) -> str:
        match condition:
            case Compared(operator, left, right):
                if _is_text(left):
                    sign = "=" if operator == "=" else "<>"
                    return f"({self._text(left)} {sign} {self._text(right)})"
                return self._compared(operator, self._number(left), self._number(right))
            case Both(operator, operands):
                parts = f" {operator.upper()} ".join(self.condition(part) for part in operands)
                return f"({parts})"
            case Turned(operand):
                return f"(NOT {self.condition(operand)})"
            case Absent(operand):
                if _is_text(operand):
                    return f"({self._text(operand)} IS NULL)"
                return _missing(self._number(operand))
            case Starts(text, start):
                return self.dialect.starts_with(self._text(text), self._text(start))
            case Truth(value):
                return "TRUE" if value else "FALSE"

    def _text(self, value: Value | TextValue) -> str:
        if isinstance(value, TextConstant):
            return self.dialect.text(value.value)
        assert isinstance(value, Read)
        return self.columns[value.source.key].sql

    def _number(self, number: Value) -> _Ratio:
        match number:
            case Constant(value):
                return _Ratio(self._constant(value))
            case Nothing():
                return _Ratio(_Exact(self._as("NULL", 1, 0), 1, 0))
            case Read(source):
                column = self.columns[source.key]
                wide = column.digits > _NARROW
                return _Ratio(_Exact(column.sql, column.digits, column.scale, wide))
            case Arithmetic(operator, left, right):
                return self._arithmetic(operator, self._number(left), self._number(right))
            case Magnitude(operand):
                inner = self._number(operand)
                return _Ratio(_absolute(inner.top), inner.bottom and _absolute(inner.bottom))
            case ZeroIfMissing(operand):
                return self._zeroed(self._number(operand))
            case Extreme(which, operands):
                return self._extreme(which, [self._number(part) for part in operands])
            case Pick(condition, then, otherwise):
                test = self.condition(condition)
                second = None if isinstance(otherwise, Nothing) else self._number(otherwise)
                return self._picked(test, self._number(then), second)
            case _:
                raise TypeError(f"no number: {number!r}")

    def _constant(self, value: Decimal) -> _Exact:
        sign, figures, exponent = value.normalize().as_tuple()
        assert isinstance(exponent, int)
        scale = max(0, -exponent)
        digits = max(len(figures) + max(0, exponent), scale, 1)
        _bounded(digits)
        text = f"{'-' if sign else ''}{abs(value):f}"
        return _Exact(self._as(self.dialect.text(text), digits, scale), digits, scale)

    def _widened(self, part: _Exact) -> _Exact:
        sql = self._as(part.sql, _WIDEST, part.scale)
        return part if part.wide else _Exact(sql, part.digits, part.scale, True)

    def _pair(self, left: _Exact, right: _Exact, digits: int) -> tuple[_Exact, _Exact]:
        """Both operands, in 128 bits where the result needs them."""
        wide = _bounded(digits) > _NARROW
        return (self._widened(left), self._widened(right)) if wide else (left, right)

    def _sum(self, operator: Literal["+", "-"], left: _Exact, right: _Exact) -> _Exact:
        scale = max(left.scale, right.scale)
        digits = max(left.whole, right.whole) + 1 + scale
        first, second = self._pair(left, right, digits)
        return _Exact(
            f"({first.sql} {operator} {second.sql})", digits, scale, first.wide or second.wide
        )

    def _product(self, left: _Exact, right: _Exact | None) -> _Exact:
        if right is None:
            return left
        digits = left.digits + right.digits
        first, second = self._pair(left, right, digits)
        wide = first.wide or second.wide
        return _Exact(f"({first.sql} * {second.sql})", digits, left.scale + right.scale, wide)

    def _product_of(self, left: _Exact | None, right: _Exact | None) -> _Exact | None:
        return right if left is None else self._product(left, right)

    def _arithmetic(self, operator: str, left: _Ratio, right: _Ratio) -> _Ratio:
        match operator:
            case "*":
                bottom = self._product_of(left.bottom, right.bottom)
                return _Ratio(self._product(left.top, right.top), bottom)
            case "/":
                below = self._product(right.top, left.bottom)
                zero = _Exact(f"nullif({below.sql}, 0)", below.digits, below.scale, below.wide)
                return _Ratio(self._product(left.top, right.bottom), zero)
            case _:
                sign: Literal["+", "-"] = "+" if operator == "+" else "-"
                top = self._sum(
                    sign,
                    self._product(left.top, right.bottom),
                    self._product(right.top, left.bottom),
                )
                return _Ratio(top, self._product_of(left.bottom, right.bottom))

    def _aligned(self, left: _Exact, right: _Exact) -> tuple[_Exact, _Exact]:
        """Two expressions of one type, so that comparing or choosing casts nothing on its own."""
        scale = max(left.scale, right.scale)
        whole = max(left.whole, right.whole)
        digits = _bounded(whole + scale)
        wide = digits > _NARROW or left.wide or right.wide
        width = _WIDEST if wide else digits
        both = [
            part
            if part.scale == scale and part.wide == wide
            else _Exact(self._as(part.sql, width, scale), digits, scale, wide)
            for part in (left, right)
        ]
        return both[0], both[1]

    def _compared(self, operator: str, left: _Ratio, right: _Ratio) -> str:
        first, second = self._aligned(
            self._product(left.top, right.bottom), self._product(right.top, left.bottom)
        )
        plain = f"({first.sql} {operator} {second.sql})".replace("!=", "<>")
        bottoms = [part.sql for part in (left.bottom, right.bottom) if part is not None]
        if not bottoms or operator in ("=", "!="):
            return plain
        flipped = f"({first.sql} {_FLIPPED[operator]} {second.sql})"
        positive = " = ".join(f"({bottom} > 0)" for bottom in bottoms)
        return f"(CASE WHEN {positive} THEN {plain} ELSE {flipped} END)"

    def _one(self) -> _Exact:
        return _Exact(self._as("1", 1, 0), 1, 0)

    def _picked(self, test: str, then: _Ratio, otherwise: _Ratio | None) -> _Ratio:
        """One of two, or one and nothing; nothing where the test is unknown."""
        second = then if otherwise is None else otherwise

        def either(first: _Exact, second: _Exact) -> _Exact:
            yes, no = self._aligned(first, second)
            other = "" if otherwise is None else f" WHEN NOT {test} THEN {no.sql}"
            sql = f"(CASE WHEN {test} THEN {yes.sql}{other} END)"
            if len(sql) > _LONGEST:
                raise TooWide("too long")
            return _Exact(sql, max(yes.digits, no.digits), yes.scale, yes.wide)

        top = either(then.top, second.top)
        if then.bottom is None and second.bottom is None:
            return _Ratio(top)
        return _Ratio(top, either(then.bottom or self._one(), second.bottom or self._one()))

    def _zeroed(self, ratio: _Ratio) -> _Ratio:
        top = ratio.top
        if ratio.bottom is None:
            zero = self._as("0", _WIDEST if top.wide else top.digits, top.scale)
            return _Ratio(_Exact(f"coalesce({top.sql}, {zero})", top.digits, top.scale, top.wide))
        return self._picked(_missing(ratio), _Ratio(self._constant(Decimal(0)), self._one()), ratio)

    def _extreme(self, which: str, parts: list[_Ratio]) -> _Ratio:
        found = parts[0]
        for part in parts[1:]:
            test = self._compared(">=" if which == "max" else "<=", found, part)
            found = self._picked(test, found, part)
        return found


def _is_text(value: Value) -> bool:
    text_read = isinstance(value, Read) and value.source.type == "text"
    return text_read or isinstance(value, TextConstant)


def _missing(ratio: _Ratio) -> str:
    parts = [ratio.top, ratio.bottom] if ratio.bottom else [ratio.top]
    return "(" + " OR ".join(f"{part.sql} IS NULL" for part in parts) + ")"


def _bounded(digits: int) -> int:
    if digits > _WIDEST:
        raise TooWide(f"{digits} digits")
    return digits


def _absolute(part: _Exact) -> _Exact:
    return _Exact(f"abs({part.sql})", part.digits, part.scale, part.wide)
