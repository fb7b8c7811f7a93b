"""The order of verdicts (判定次序): equal, pass, rounding, open, suspect, outside.

A check gives both sides of its identity as intervals, once for each reading of the printed
figures; the first reading under which they meet is the verdict. Sums carry one more test: a
total may lie inside the worst case of its parts' roundings and still be so far off that rounding
is no likely reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from hexi.plans.audit.finding import Verdict
from hexi.quantities.interval import Interval
from hexi.quantities.printed import Mode

__all__ = ["Sides", "judge", "strained"]

#: computed side and stated side under a reading of the printed figures
Sides = Callable[[Mode], tuple[Interval, Interval]]

#: beyond this many standard deviations of uniform rounding errors a total is suspect
_LIMIT = Fraction(5, 2)


def judge(sides: Sides, equal: bool = False) -> Verdict:
    """The verdict on two sides of an identity."""
    if equal:
        return Verdict.EQUAL
    for mode, verdict in _READINGS:
        computed, stated = sides(mode)
        if computed.meets(stated):
            return verdict
    return Verdict.OUTSIDE


_READINGS: tuple[tuple[Mode, Verdict], ...] = (
    ("strict", Verdict.PASS),
    ("loose", Verdict.ROUNDING),
    ("bounded", Verdict.OPEN),
)


def strained(off: Fraction, half_units: Iterable[Fraction]) -> bool:
    """True where a sum is ``off`` by more than rounding makes likely: z >= 2.5.

    Each figure's rounding error is uniform within its half unit, so the variance of the sum is
    a third of the sum of squares.
    """
    variance = sum((half * half for half in half_units), Fraction(0)) / 3
    return off * off >= _LIMIT * _LIMIT * variance and off != 0
