"""Intervals (区间): the set of values that a figure, or a sum of figures, can stand for.

Closed intervals of fractions; ``None`` is an open end (以上, 以下). Arithmetic takes the corners,
so a computed side of an identity is exactly the range that its printed figures allow.

The ends are kept as whole numbers over one shared denominator and become fractions only where
somebody looks at them: an audit computes thousands of intervals to compare them and shows few,
and plain integers need no common divisor at every step.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import gcd, isqrt

__all__ = ["Interval", "Number", "hull_of", "point"]

Number = int | Fraction | Decimal


class Interval:
    """``low`` to ``high``, both included; None is unbounded on that side. Never changed."""

    __slots__ = ("_high", "_low", "_scale")

    #: the ends, each over ``_scale``, which is positive; not reduced
    _low: int | None
    _high: int | None
    _scale: int

    def __init__(self, low: Fraction | None, high: Fraction | None) -> None:
        if low is None or high is None:
            end = low if high is None else high
            self._scale = 1 if end is None else end.denominator
            self._low = None if low is None else low.numerator
            self._high = None if high is None else high.numerator
            return
        below, above = low.denominator, high.denominator
        if below == above:
            self._low, self._high, self._scale = low.numerator, high.numerator, below
        else:
            shared = gcd(below, above)
            self._low = low.numerator * (above // shared)
            self._high = high.numerator * (below // shared)
            self._scale = below // shared * above
        if self._low > self._high:
            raise ValueError(f"interval ends out of order: {low} > {high}")

    @property
    def low(self) -> Fraction | None:
        """The lower end."""
        return None if self._low is None else Fraction(self._low, self._scale)

    @property
    def high(self) -> Fraction | None:
        """The upper end."""
        return None if self._high is None else Fraction(self._high, self._scale)

    def __repr__(self) -> str:
        return f"Interval(low={self.low!r}, high={self.high!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Interval):
            return NotImplemented
        return self.low == other.low and self.high == other.high

    def __hash__(self) -> int:
        return hash((self.low, self.high))

    @property
    def is_bounded(self) -> bool:
        """Both ends are known."""
        return self._low is not None and self._high is not None

    @property
    def is_point(self) -> bool:
        """One value only."""
        return self._low is not None and self._low == self._high

    @property
    def middle(self) -> Fraction | None:
        """The middle value, where both ends are known."""
        if self._low is None or self._high is None:
            return None
        return Fraction(self._low + self._high, 2 * self._scale)

    @property
    def half_width(self) -> Fraction | None:
        """Half the width, where both ends are known."""
        if self._low is None or self._high is None:
            return None
        return Fraction(self._high - self._low, 2 * self._scale)

    def meets(self, other: Interval) -> bool:
        """True where some value lies in both."""
        mine, theirs = other._scale, self._scale  # what brings each to the shared denominator
        if (
            self._low is not None
            and other._high is not None
            and self._low * mine > other._high * theirs
        ):
            return False
        if self._high is None or other._low is None:
            return True
        return other._low * theirs <= self._high * mine

    def contains(self, value: Number | Interval) -> bool:
        """True where the value, or the whole other interval, lies inside."""
        inner = value if isinstance(value, Interval) else point(value)
        mine, theirs = inner._scale, self._scale
        if self._low is not None and (inner._low is None or inner._low * theirs < self._low * mine):
            return False
        return self._high is None or (
            inner._high is not None and inner._high * theirs <= self._high * mine
        )

    __contains__ = contains

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that holds both."""
        (low, high), (low_, high_), scale = _shared(self, other)
        return _made(
            None if low is None or low_ is None else min(low, low_),
            None if high is None or high_ is None else max(high, high_),
            scale,
        )

    def meet(self, other: Interval) -> Interval | None:
        """What both have in common, or None."""
        if not self.meets(other):
            return None
        (low, high), (low_, high_), scale = _shared(self, other)
        lows = [end for end in (low, low_) if end is not None]
        highs = [end for end in (high, high_) if end is not None]
        return _made(max(lows, default=None), min(highs, default=None), scale)

    def __neg__(self) -> Interval:
        return _made(
            None if self._high is None else -self._high,
            None if self._low is None else -self._low,
            self._scale,
        )

    def __add__(self, other: Interval | Number) -> Interval:
        right = other if isinstance(other, Interval) else point(other)
        (low, high), (low_, high_), scale = _shared(self, right)
        return _made(
            None if low is None or low_ is None else low + low_,
            None if high is None or high_ is None else high + high_,
            scale,
        )

    __radd__ = __add__

    def __sub__(self, other: Interval | Number) -> Interval:
        return self + -_interval(other)

    def __rsub__(self, other: Number) -> Interval:
        return _interval(other) + -self

    def __mul__(self, other: Interval | Number) -> Interval:
        right = other if isinstance(other, Interval) else point(other)
        low, high, low_, high_ = self._low, self._high, right._low, right._high
        scale = self._scale * right._scale
        if low is not None and low_ is not None and low >= 0 and low_ >= 0:
            # what nearly every figure of a plan is: nothing below zero, so the ends go together
            top = None if high is None or high_ is None else high * high_
            return _made(low * low_, 0 if high == 0 or high_ == 0 else top, scale)
        if low is not None and high is not None and low_ is not None and high_ is not None:
            corners = (low * low_, low * high_, high * low_, high * high_)
            return _made(min(corners), max(corners), scale)
        products = [_times(a, b) for a in _ends(self) for b in _ends(right)]
        lowest, highest = min(products), max(products)
        return _made(
            lowest[1] if not lowest[0] else None, highest[1] if not highest[0] else None, scale
        )

    __rmul__ = __mul__

    def reciprocal(self) -> Interval:
        """1/x for every x inside; unbounded where zero lies strictly inside."""
        low, high, scale = self._low, self._high, self._scale
        if low == 0 and high == 0:
            raise ZeroDivisionError("division by an interval that is exactly zero")
        if low is not None and high is not None and (low > 0 or high < 0):
            # scale/high to scale/low, over the denominator low·high, which is positive
            return _made(scale * low, scale * high, low * high)
        if low is not None and low >= 0:
            if low == 0:
                return _made(0 if high is None else scale, None, high or 1)
            return _made(0, scale, low)
        if high is not None and high <= 0:
            if high == 0:
                return _made(None, 0 if low is None else -scale, -low if low is not None else 1)
            return _made(-scale, 0, -high)
        return _made(None, None, 1)

    def __truediv__(self, other: Interval | Number) -> Interval:
        return self * _interval(other).reciprocal()

    def __rtruediv__(self, other: Number) -> Interval:
        return _interval(other) * self.reciprocal()

    def __pow__(self, exponent: int) -> Interval:
        if exponent < 0:
            return (self**-exponent).reciprocal()
        if exponent == 0:
            return point(1)
        low = None if self._low is None else self._low**exponent
        high = None if self._high is None else self._high**exponent
        scale = self._scale**exponent
        if exponent % 2 or (self._low is not None and self._low >= 0):
            return _made(low, high, scale)
        if self._high is not None and self._high <= 0:
            return _made(high, low, scale)
        return _made(0, None if low is None or high is None else max(low, high), scale)

    def root(self, degree: int, digits: int = 12) -> Interval:
        """The ``degree``-th root, rounded outwards at ``digits`` decimals (for mean growth)."""
        below, above = self.low, self.high
        if degree < 1 or below is None or below < 0:
            raise ValueError("a root needs a positive degree and an interval without negatives")
        low, _ = _root(below, degree, digits)
        return Interval(low, None if above is None else _root(above, degree, digits)[1])


def point(value: Number) -> Interval:
    """The interval of one exact value."""
    above, below = value.as_integer_ratio()
    return _made(above, above, below)


def hull_of(intervals: Iterable[Interval]) -> Interval:
    """The smallest interval that holds all of them (at least one)."""
    first, *others = intervals
    for other in others:
        first = first.hull(other)
    return first


def _interval(value: Interval | Number) -> Interval:
    return value if isinstance(value, Interval) else point(value)


def _made(low: int | None, high: int | None, scale: int) -> Interval:
    """An interval from ends that are in order already."""
    made = Interval.__new__(Interval)
    made._low, made._high, made._scale = low, high, scale
    return made


# The ends of an interval as whole numbers, None where open.
_Whole = tuple[int | None, int | None]


def _shared(left: Interval, right: Interval) -> tuple[_Whole, _Whole, int]:
    """The ends of both over their least common denominator."""
    mine, theirs = left._scale, right._scale
    if mine == theirs:
        return (left._low, left._high), (right._low, right._high), mine
    common = gcd(mine, theirs)
    up, up_ = theirs // common, mine // common
    return _raised(left, up), _raised(right, up_), mine * up


def _raised(interval: Interval, times: int) -> _Whole:
    low, high = interval._low, interval._high
    return None if low is None else low * times, None if high is None else high * times


# An end while multiplying: (sign of infinity or 0 if finite, finite value).
_End = tuple[int, int]


def _ends(interval: Interval) -> tuple[_End, _End]:
    low = (-1, 0) if interval._low is None else (0, interval._low)
    high = (1, 0) if interval._high is None else (0, interval._high)
    return low, high


def _times(left: _End, right: _End) -> _End:
    if not left[0] and not right[0]:
        return 0, left[1] * right[1]
    sign = (left[0] or _sign(left[1])) * (right[0] or _sign(right[1]))
    return sign, 0  # zero times an open end is zero: the end is never reached


def _sign(value: int) -> int:
    return (value > 0) - (value < 0)


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
