"""A target's path (时序路径): what is due at the end of every year, and within a year."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hexi.monitoring.goal import Goal
from hexi.monitoring.paths.seasonality import Seasonal
from hexi.monitoring.verdicts.verdict import Remark

__all__ = ["Trajectory"]


@dataclass(frozen=True, slots=True, eq=False)
class Trajectory:
    """What is due by when. Growth runs as an index (base year 100), totals as running totals."""

    goal: Goal
    shape: str
    #: base year
    first: int
    #: base year to due year
    values: NDArray[np.float64]
    cautions: tuple[Remark, ...] = ()

    @property
    def last(self) -> int:
        """Due year."""
        return self.first + self.values.size - 1

    def at(self, year: int) -> float | None:
        """What is due by the end of a year; after the due year the last value stays due."""
        if year < self.first:
            return None
        value = float(self.values[min(year, self.last) - self.first])
        return value if math.isfinite(value) else None

    def yearly(self, year: int) -> float | None:
        """What the year itself brings: growth in per cent, a total's amount, else the level."""
        if not self.first < year <= self.last:
            return None
        now, before = self.values[year - self.first], self.values[year - self.first - 1]
        if self.goal.is_growth:
            return float((now / before - 1) * 100)
        return float(now - before) if self.goal.measure == "cumulative" else float(now)

    def expected(
        self, code: int, frequency: int = 1, seasonal: Seasonal | None = None, *, running: bool
    ) -> float | None:
        """What is due by the end of a period, comparable with a series of that frequency.

        Flows: the year's total times the part of the year (running total or the period alone).
        Stocks and ratios: between the ends of two years in equal steps. Growth: the year's index,
        because part of a year is held against the same part of the base year.
        """
        year, index = divmod(code, frequency)
        if frequency == 1 or self.goal.is_growth:
            return self.at(year)
        now, before = self.at(year), self.at(year - 1)
        if now is None or before is None:
            return None if now is None or index < frequency - 1 else now
        season = seasonal if seasonal is not None else Seasonal.equal(frequency)
        if self.goal.measure == "cumulative":
            return before + (now - before) * season.through(index)
        if self.goal.time_agg == "sum":
            return now * (season.through(index) if running else float(season.shares[index]))
        return before + (now - before) * (index + 1) / frequency

    def rolling(self, code: int, frequency: int, seasonal: Seasonal | None = None) -> float | None:
        """What the twelve months that end with a period are to bring, for flows and growth.

        The part of this year that is over comes from this year's value, the rest from the last.
        """
        year, index = divmod(code, frequency)
        now, before = self.at(year), self.at(year - 1)
        if index == frequency - 1 or now is None:
            return now
        if before is None:
            return None
        season = seasonal if seasonal is not None else Seasonal.equal(frequency)
        over = season.through(index)
        return before * (1 - over) + now * over

    def within(self, year: int, seasonal: Seasonal, *, running: bool = True) -> list[float]:
        """Every quarter or month of a year."""
        steps = seasonal.frequency
        found = [
            self.expected(year * steps + index, steps, seasonal, running=running)
            for index in range(steps)
        ]
        return [value for value in found if value is not None]

    def rows(self) -> list[tuple[int, float, float | None]]:
        """(year, due by its end, what the year itself brings); an unknown base has no row."""
        return [
            (self.first + place, float(value), self.yearly(self.first + place))
            for place, value in enumerate(self.values)
            if math.isfinite(value)
        ]

    def as_record(self) -> dict[str, Any]:
        """JSON-ready record."""
        return {
            "goal": self.goal.id,
            "shape": self.shape,
            "unit": "index" if self.goal.is_growth else self.goal.measure_unit,
            "rows": [
                {"year": year, "value": value, "yearly": own} for year, value, own in self.rows()
            ],
            "cautions": [
                {"code": one.code, "text": one.text, "text_en": one.text_en}
                for one in self.cautions
            ],
        }
