"""Reaching a line (达标比较): an observed interval against what a target asks for.

The observed value is the interval its printed digits stand for; the target is the line as
printed. Where the line runs through the interval, the printed value decides and the rounding is
said. ``approx`` (左右) gives five per cent.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from hexi.catalogue.evidence import Figure
from hexi.monitoring.verdicts.verdict import Status
from hexi.quantities import Interval, printed, units

__all__ = ["Line", "interval_of", "percent", "shown"]

_SLACK = Fraction(1, 20)


@dataclass(frozen=True, slots=True)
class Line:
    """What has to be reached: value, bound and which way is better."""

    value: Fraction
    bound: str
    direction: str

    @property
    def upward(self) -> bool | None:
        """True where at least, False where at most, None where neither is said."""
        if self.bound in ("ge", "le"):
            return self.bound == "ge"
        return {"up": True, "down": False}.get(self.direction)

    def status(self, seen: Interval) -> Status:
        """Met or missed; unknown where no side is the better one or the value is too vague."""
        if self.upward is None:
            return self._near(seen)
        slack = abs(self.value) * _SLACK if self.bound == "approx" else Fraction(0)
        low, high = seen.low, seen.high
        if not self.upward:
            line = self.value + slack
            low, high = (None if high is None else -high), (None if low is None else -low)
            line = -line
        else:
            line = self.value - slack
        if low is not None and low >= line:
            return Status.MET
        if high is not None and high < line:
            return Status.MISSED
        middle = None if low is None or high is None else (low + high) / 2
        if middle is None:
            return Status.UNKNOWN
        return Status.MET if middle >= line else Status.MISSED

    def _near(self, seen: Interval) -> Status:
        if self.bound != "approx":
            return Status.UNKNOWN
        slack = abs(self.value) * _SLACK
        around = Interval(self.value - slack, self.value + slack)
        return Status.MET if around.meets(seen) else Status.MISSED

    def within_rounding(self, seen: Interval) -> bool:
        """True where the line runs through the observed interval."""
        return not seen.is_point and seen.contains(self.value)


def interval_of(figure: Figure, unit: str, bound: str, into: str) -> Interval:
    """What an observed figure stands for, in another unit of the same dimension."""
    mode: printed.Mode = "strict" if bound == "eq" else "bounded"
    own = printed.interval_of(figure.printed, unit, bound, mode)
    if unit == into:
        return own

    def end(value: Fraction | None) -> Fraction | None:
        return None if value is None else units.convert(value, unit, into)

    return Interval(end(own.low), end(own.high))


def shown(value: Fraction | Decimal, digits: int = 2) -> str:
    """A computed value as text, without trailing noise."""
    exact = Fraction(value)
    step = Decimal(1).scaleb(-digits)
    rounded = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(
        step, rounding=ROUND_HALF_EVEN
    )
    return f"{rounded:f}".rstrip("0").rstrip(".") if digits else f"{rounded:f}"


def percent(ratio: Fraction, digits: int = 1) -> str:
    """A ratio as per cent with a real minus sign."""
    text = shown(ratio * 100, digits)
    return f"{text.replace('-', '−')}%"
