"""Reading a printed number (印刷精度): the interval of values that a printed figure stands for.

A figure is rounded to what was printed, so it stands for half a unit of its last digit either
way (*strict*); a round whole number may have been rounded further up (*loose*); and a bound word
(以上, 不超过, 左右, 余) moves an end (*bounded*). Each mode contains the one before it, which is
what the order of the audit's verdicts rests on. Counts of things are exact.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from hexi.quantities import numerals, units
from hexi.quantities.interval import Interval, point

__all__ = ["Mode", "interval_of", "loose", "strict"]

Mode = Literal["strict", "loose", "bounded"]

#: 左右, 约, 近: five per cent either way
_ABOUT = Fraction(1, 20)
_MORE = re.compile(r"[\s余餘多]+$")


def strict(value: Decimal, decimals: int) -> Interval:
    """Half a unit of the last printed digit either way."""
    half = Fraction(1, 2 * 10**decimals)
    exact = Fraction(value)
    return Interval(exact - half, exact + half)


def loose(value: Decimal, decimals: int) -> Interval:
    """As strict, and for round whole numbers half a unit of the last digit that is not zero.

    Nobody rounds 95 to 100 or 24 to 20 in a plan, so it never opens further than 左右 does.
    """
    if decimals > 0 or value == 0:
        return strict(value, decimals)
    exact = Fraction(value)
    half = min(Fraction(_last_place(int(value)), 2), abs(exact) * _ABOUT)
    half = max(half, Fraction(1, 2))
    return Interval(exact - half, exact + half)


@lru_cache(maxsize=16384)
def interval_of(
    printed: str, unit: str, bound: str, mode: Mode = "strict", count: bool = False
) -> Interval:
    """The interval of a figure in its own unit: ``printed`` digits (余/多 allowed after them).

    ``count`` says that things were counted; whole numbers of a counting unit (家, 个) without
    万/亿 are counts by themselves.
    """
    digits = _MORE.sub("", printed.strip())
    numeral = numerals.read(digits) or numerals.read_percent(digits)
    if numeral is None:
        raise ValueError(f"not a printed number: {printed!r}")
    exact = numeral.exact
    if numeral.ratio is not None or (numeral.decimals == 0 and (count or units.is_count(unit))):
        base = point(exact)
    elif mode == "strict":
        base = strict(numeral.value, numeral.decimals)
    else:
        base = loose(numeral.value, numeral.decimals)
    if mode != "bounded":
        return base
    more = len(digits) != len(printed.strip())
    return _opened(base, exact, numeral.decimals, bound, more)


def _opened(base: Interval, exact: Fraction, decimals: int, bound: str, more: bool) -> Interval:
    if more:
        place = Fraction(_last_place(int(exact))) if not decimals else Fraction(1, 10**decimals)
        return base.hull(Interval(exact, exact + place))
    if bound == "ge":
        return Interval(base.low, None)
    if bound == "le":
        return Interval(None, base.high)
    if bound == "approx":
        slack = abs(exact) * _ABOUT
        return base.hull(Interval(exact - slack, exact + slack))
    return base


def _last_place(value: int) -> int:
    """Place value of the last digit that is not zero: 100 for 1500, 1 for 0."""
    place = 1
    while value and value % 10 == 0:
        value //= 10
        place *= 10
    return place
