"""What if (情景测算): declared adjustments to the course of series, each with its assumption.

An adjustment changes the values to come, not what was observed: a value v of a period becomes
v·factor + offset. Adjustments of one row are applied in the order given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hexi.monitoring.forecast.model import Model
from hexi.monitoring.forecast.panel import F, I
from hexi.monitoring.forecast.reasons import Reason

__all__ = ["Adjustment", "Delay", "ExchangeRate", "Growth", "Leaving", "Scenario"]


@dataclass(frozen=True, slots=True)
class Delay:
    """A project whose yearly output comes ``periods`` later than planned (项目推迟)."""

    row: int
    #: a year, in the series' unit, once in full operation
    amount: float
    #: period that it was planned from
    start: int
    periods: int
    #: periods from first to full output
    ramp: int = 1

    def apply(self, periods: I, a_year: int, summed: bool) -> tuple[F, F]:
        """Factor and offset by period."""
        amount = self.amount / a_year if summed else self.amount

        def output(since: int) -> F:
            return amount * np.clip((periods - since + 1) / max(self.ramp, 1), 0.0, 1.0)

        late = output(self.start + max(self.periods, 0)) - output(self.start)
        return np.ones(len(periods)), late

    def said(self, label: str) -> Reason:
        fields = (("amount", f"{self.amount:g}"), ("start", label), ("periods", str(self.periods)))
        return Reason("delay", fields)


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """The part ``share`` of the value is multiplied by ``factor`` (汇率变动)."""

    row: int
    factor: float
    start: int
    share: float = 1.0

    def apply(self, periods: I, a_year: int, summed: bool) -> tuple[F, F]:
        """Factor and offset by period."""
        part = 1 + self.share * (self.factor - 1)
        return np.where(periods >= self.start, max(part, 0.0), 1.0), np.zeros(len(periods))

    def said(self, label: str) -> Reason:
        fields = (("start", label), ("factor", f"{self.factor:g}"), ("share", f"{self.share:.0%}"))
        return Reason("exchange_rate", fields)


@dataclass(frozen=True, slots=True)
class Leaving:
    """A firm that makes ``part`` of the value leaves and none takes its place (龙头企业退出)."""

    row: int
    part: float
    start: int

    def apply(self, periods: I, a_year: int, summed: bool) -> tuple[F, F]:
        """Factor and offset by period."""
        left = min(max(1 - self.part, 0.0), 1.0)
        return np.where(periods >= self.start, left, 1.0), np.zeros(len(periods))

    def said(self, label: str) -> Reason:
        return Reason("leaving", (("part", f"{self.part:.0%}"), ("start", label)))


@dataclass(frozen=True, slots=True)
class Growth:
    """Growth a year is so many percentage points higher or lower (增速变动)."""

    row: int
    points: float
    start: int

    def apply(self, periods: I, a_year: int, summed: bool) -> tuple[F, F]:
        """Factor and offset by period."""
        years = np.maximum(periods - self.start + 1, 0) / a_year
        return np.maximum(1 + self.points / 100, 0.0) ** years, np.zeros(len(periods))

    def said(self, label: str) -> Reason:
        return Reason("growth", (("start", label), ("points", f"{self.points:+g}")))


Adjustment = Delay | ExchangeRate | Leaving | Growth


@dataclass(frozen=True, slots=True, eq=False)
class Scenario:
    """Factors and offsets of all rows in the periods after the panel's last."""

    first: int
    #: (n, H)
    factor: F
    offset: F
    assumptions: tuple[Reason, ...]
    rows: frozenset[int]

    @classmethod
    def of(cls, model: Model, until: int, adjustments: Sequence[Adjustment]) -> Scenario:
        """The adjustments together, for periods up to ``until``."""
        panel = model.panel
        first = panel.last + 1
        periods = np.arange(first, max(until, first) + 1)
        factor = np.ones((len(panel), len(periods)))
        offset = np.zeros((len(panel), len(periods)))
        for one in adjustments:
            summed = panel.frequency > 1 and not panel.running[one.row]
            times, plus = one.apply(periods, panel.frequency, summed)
            factor[one.row] *= times
            offset[one.row] = offset[one.row] * times + plus
        said = tuple(one.said(written(one.start, panel.frequency)) for one in adjustments)
        return cls(first, factor, offset, said, frozenset(one.row for one in adjustments))

    def at(self, rows: I, periods: I) -> tuple[F, F]:
        """Factor and offset of rows in periods; none in the past."""
        place = np.clip(periods - self.first, 0, self.factor.shape[1] - 1)
        ahead = periods >= self.first
        return (
            np.where(ahead, self.factor[rows, place], 1.0),
            np.where(ahead, self.offset[rows, place], 0.0),
        )


def written(code: int, frequency: int) -> str:
    """A period code as it is written: 2023, 2023-Q1, 2023-05."""
    year, index = divmod(code, frequency)
    if frequency == 1:
        return str(year)
    return f"{year}-Q{index + 1}" if frequency == 4 else f"{year}-{index + 1:02d}"
