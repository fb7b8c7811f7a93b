"""Intervals (区间): the set of values that a figure, or a sum of figures, can stand for.

Closed intervals of fractions; ``None`` is an open end (以上, 以下). Arithmetic takes the corners,
so a computed side of an identity is exactly the range that its printed figures allow.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isqrt

__all__ = ["Interval", "Number", "hull_of", "point"]

Number = int | Fraction | Decimal


@dataclass(frozen=True, slots=True)
class Interval:
    """``low`` to ``high``, both included; None is unbounded on that side."""

    low: Fraction | None
    high: Fraction | None

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"interval ends out of order: {self.low} > {self.high}")

    @property
    def is_bounded(self) -> bool:
        """Both ends are known."""
        return self.low is not None and self.high is not None

    @property
    def is_point(self) -> bool:
        """One value only."""
        return self.low is not None and self.low == self.high

    @property
    def middle(self) -> Fraction | None:
        """The middle value, where both ends are known."""
        if self.low is None or self.high is None:
            return None
        return (self.low + self.high) / 2

    @property
    def half_width(self) -> Fraction | None:
        """Half the width, where both ends are known."""
        if self.low is None or self.high is None:
            return None
        return (self.high - self.low) / 2

    def meets(self, other: Interval) -> bool:
        """True where some value lies in both."""
        if self.low is not None and other.high is not None and self.low > other.high:
            return False
        return not (self.high is not None and other.low is not None and other.low > self.high)

    def contains(self, value: Number | Interval) -> bool:
        """True where the value, or the whole other interval, lies inside."""
        inner = value if isinstance(value, Interval) else point(value)
        low_fits = self.low is None or (inner.low is not None and inner.low >= self.low)
        high_fits = self.high is None or (inner.high is not None and inner.high <= self.high)
        return low_fits and high_fits

    __contains__ = contains

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that holds both."""
        low = None if self.low is None or other.low is None else min(self.low, other.low)
        high = None if self.high is None or other.high is None else max(self.high, other.high)
        return Interval(low, high)

    def meet(self, other: Interval) -> Interval | None:
        """What both have in common, or None."""
        if not self.meets(other):
            return None
        lows = [end for end in (self.low, other.low) if end is not None]
        highs = [end for end in (self.high, other.high) if end is not None]
        return Interval(max(lows, default=None), min(highs, default=None))

    def __neg__(self) -> Interval:
        return Interval(
            None if self.high is None else -self.high, None if self.low is None else -self.low
        )

    def __add__(self, other: Interval | Number) -> Interval:
        right = _interval(other)
        low = None if self.low is None or right.low is None else self.low + right.low
        high = None if self.high is None or right.high is None else self.high + right.high
        return Interval(low, high)

    __radd__ = __add__

    def __sub__(self, other: Interval | Number) -> Interval:
        return self + -_interval(other)

    def __rsub__(self, other: Number) -> Interval:
        return _interval(other) + -self

    def __mul__(self, other: Interval | Number) -> Interval:
        right = _interval(other)
        if self.low is not None and right.low is not None and self.low >= 0 and right.low >= 0:
            # what nearly every figure of a plan is: nothing below zero, so the ends go together
            top = None if self.high is None or right.high is None else self.high * right.high
            low_zero = self.high == 0 or right.high == 0
            return Interval(self.low * right.low, Fraction(0) if low_zero else top)
        if None not in (self.low, self.high, right.low, right.high):
            corners = [a * b for a in (self.low, self.high) for b in (right.low, right.high)]  # type: ignore[operator]
            return Interval(min(corners), max(corners))
        products = [_times(a, b) for a in _ends(self) for b in _ends(right)]
        lowest = min(products, key=_order)
        highest = max(products, key=_order)
        return Interval(
            lowest[1] if not lowest[0] else None, highest[1] if not highest[0] else None
        )

    __rmul__ = __mul__

    def reciprocal(self) -> Interval:
        """1/x for every x inside; unbounded where zero lies strictly inside."""
        low, high = self.low, self.high
        if low == 0 and high == 0:
            raise ZeroDivisionError("division by an interval that is exactly zero")
        if low is not None and low >= 0:
            top = None if low == 0 else 1 / low
            return Interval(Fraction(0) if high is None else 1 / high, top)
        if high is not None and high <= 0:
            bottom = None if high == 0 else 1 / high
            return Interval(bottom, Fraction(0) if low is None else 1 / low)
        return Interval(None, None)

    def __truediv__(self, other: Interval | Number) -> Interval:
        return self * _interval(other).reciprocal()

    def __rtruediv__(self, other: Number) -> Interval:
        return _interval(other) * self.reciprocal()

    def __pow__(self, exponent: int) -> Interval:
        if exponent < 0:
            return (self**-exponent).reciprocal()
        if exponent == 0:
            return point(1)
        low = None if self.low is None else self.low**exponent
        high = None if self.high is None else self.high**exponent
        if exponent % 2:
            return Interval(low, high)
        if self.low is not None and self.low >= 0:
            return Interval(low, high)
        if self.high is not None and self.high <= 0:
            return Interval(high, low)
        return Interval(Fraction(0), None if low is None or high is None else max(low, high))

    def root(self, degree: int, digits: int = 12) -> Interval:
        """The ``degree``-th root, rounded outwards at ``digits`` decimals (for mean growth)."""
        if degree < 1 or self.low is None or self.low < 0:
            raise ValueError("a root needs a positive degree and an interval without negatives")
        low, _ = _root(self.low, degree, digits)
        return Interval(low, None if self.high is None else _root(self.high, degree, digits)[1])


def point(value: Number) -> Interval:
    """The interval of one exact value."""
    exact = Fraction(value)
    return Interval(exact, exact)


def hull_of(intervals: Iterable[Interval]) -> Interval:
    """The smallest interval that holds all of them (at least one)."""
    first, *others = intervals
    for other in others:
        first = first.hull(other)
    return first


def _interval(value: Interval | Number) -> Interval:
    return value if isinstance(value, Interval) else point(value)


# An end while multiplying: (sign of infinity or 0 if finite, finite value).
_End = tuple[int, Fraction]


def _ends(interval: Interval) -> tuple[_End, _End]:
    low = (-1, Fraction(0)) if interval.low is None else (0, interval.low)
    high = (1, Fraction(0)) if interval.high is None else (0, interval.high)
    return low, high


def _times(left: _End, right: _End) -> _End:
    if not left[0] and not right[0]:
        return 0, left[1] * right[1]
    sign = (left[0] or _sign(left[1])) * (right[0] or _sign(right[1]))
    return sign, Fraction(0)  # zero times an open end is zero: the end is never reached


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)


def _order(end: _End) -> _End:
    return end


def _root(value: Fraction, degree: int, digits: int) -> tuple[Fraction, Fraction]:
    scale = 10**digits
    scaled = value.numerator * scale**degree // value.denominator
    low = isqrt(scaled) if degree == 2 else _integer_root(scaled, degree)
    below = Fraction(low, scale)
    return below, below if below**degree == value else Fraction(low + 1, scale)


def _integer_root(value: int, degree: int) -> int:
    if value < 2 or degree == 1:
        return value
    guess = 1 << -(-value.bit_length() // degree)
    while True:
        nearer = ((degree - 1) * guess + value // guess ** (degree - 1)) // degree
        if nearer >= guess:
            return guess
        guess = nearer
