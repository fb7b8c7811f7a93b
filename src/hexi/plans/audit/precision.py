"""How far the audit lets a figure be rounded (舍入的限度).

The intervals of printed figures come from ``hexi.quantities``; two limits are the audit's own. A
percentage is exact to its last digit (20 % is never 16 % rounded), and a round amount may have
been rounded, but hardly by more than two parts in a hundred.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from hexi.quantities.interval import Interval
from hexi.quantities.printed import Mode, interval_of

__all__ = ["PERCENT", "percentage", "rounded_amount"]

PERCENT = frozenset({"%", "‰", "个百分点", "个千分点"})
_ROUNDED = Fraction(2, 100)


@lru_cache(maxsize=8192)
def percentage(printed: str, unit: str, bound: str, mode: Mode) -> Interval:
    """A percentage is exact to its last digit: 20 % is never 16 % rounded."""
    strict = interval_of(printed, unit, bound, "strict")
    if mode != "bounded" or bound == "eq":
        return strict
    if bound == "approx":
        opened = interval_of(printed, unit, bound, "bounded")
        return opened if "." in printed else _about(printed, strict)
    return Interval(strict.low, None) if bound == "ge" else Interval(None, strict.high)


@lru_cache(maxsize=8192)
def rounded_amount(printed: str, unit: str, bound: str, mode: Mode, counted: bool) -> Interval:
    """An amount or a count: as it was printed, and rounded further within limits."""
    found = interval_of(printed, unit, bound, mode, counted)
    return _capped(found, printed) if mode == "loose" else found


def _capped(loose: Interval, printed: str) -> Interval:
    """A round figure may have been rounded, but hardly by more than two parts in a hundred."""
    value = abs(Fraction(printed))
    slack = max(value * _ROUNDED, Fraction(1, 2) if "." not in printed else Fraction(0))
    return loose.meet(Interval(value - slack, value + slack)) or loose


def _about(printed: str, strict: Interval) -> Interval:
    value = Fraction(printed)
    slack = abs(value) / 20
    return strict.hull(Interval(value - slack, value + slack))
