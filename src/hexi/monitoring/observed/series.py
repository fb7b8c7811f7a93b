"""The series a goal is measured by (监测序列): values on one calendar, nothing filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hexi.calendar import period as periods
from hexi.monitoring.goal import Goal
from hexi.monitoring.reasons import because
from hexi.monitoring.verdicts.verdict import Remark

__all__ = ["Break", "Observed", "Partial", "code_of", "column_of", "period_of", "possible"]


@dataclass(frozen=True, slots=True)
class Break:
    """A change of definition within the series (口径变动)."""

    #: first period under the new definition, as a code
    period: int
    kind: str
    note: str
    note_en: str
    #: declared factor that carries values across; None where nothing does
    factor: float | None = None

    def as_record(self) -> dict[str, Any]:
        """JSON-ready record."""
        return {
            "period": self.period,
            "kind": self.kind,
            "text": self.note,
            "text_en": self.note_en,
            "factor": self.factor,
        }


@dataclass(frozen=True, slots=True)
class Partial:
    """The newest value that covers only part of its year (累计到某月)."""

    period: str
    value: float
    #: the same stretch of the year before, where it was observed
    year_before: float | None
    observation: str

    @property
    def growth(self) -> float | None:
        """Growth on the same stretch of the year before, per cent."""
        if self.year_before is None or self.year_before <= 0:
            return None
        return (self.value / self.year_before - 1) * 100


@dataclass(frozen=True, slots=True, eq=False)
class Observed:
    """Values on consecutive periods; NaN is not reported, zero is zero."""

    goal: str
    unit: str
    indicator: str
    measure_unit: str
    #: 1 yearly, 4 quarterly, 12 monthly
    frequency: int
    #: code of the first period: year × frequency + index
    first: int
    values: NDArray[np.float64]
    #: what was known when: a date, or the name of a revision; empty: newest
    vintage: str = ""
    #: id of the observation behind each value; empty where there is none
    ids: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()
    #: values within the year are totals since its start (本年累计)
    running: bool = False
    #: values are growth on the year before, per cent
    rates: bool = False
    #: recorded as such since the base year: (year, total), for growth (year, index)
    totals: tuple[tuple[int, float], ...] = ()
    partial: Partial | None = None
    cautions: tuple[Remark, ...] = field(default=())

    @classmethod
    def of(
        cls, goal: Goal, values: Mapping[str, float], *, frequency: int = 1, **more: Any
    ) -> Observed:
        """A series from written periods (``2023``, ``2023-Q1``, ``2023-05``) and their values."""
        codes = {code_of(text, frequency): value for text, value in values.items()}
        first, column = column_of(codes)
        return cls(
            goal.id, goal.unit, goal.indicator, goal.measure_unit, frequency, first, column, **more
        )

    @property
    def last(self) -> int | None:
        """Code of the last period with a value; None where there is none."""
        known = np.flatnonzero(np.isfinite(self.values))
        return int(self.first + known[-1]) if known.size else None

    @property
    def count(self) -> int:
        """How many values there are."""
        return int(np.isfinite(self.values).sum())

    def at(self, code: int) -> float | None:
        """Value of a period, None where there is none."""
        place = code - self.first
        if not 0 <= place < self.values.size or not np.isfinite(self.values[place]):
            return None
        return float(self.values[place])

    def source(self, code: int) -> str:
        """Id of the observation behind a period's value."""
        place = code - self.first
        return self.ids[place] if 0 <= place < len(self.ids) else ""

    def points(self) -> list[tuple[str, float, str]]:
        """(period, value, observation) of every value there is."""
        return [
            (period_of(self.first + place, self.frequency), float(value), self.ids[place])
            if self.ids
            else (period_of(self.first + place, self.frequency), float(value), "")
            for place, value in enumerate(self.values)
            if np.isfinite(value)
        ]

    def as_record(self) -> dict[str, Any]:
        """JSON-ready record."""
        return {
            "goal": self.goal,
            "unit": self.unit,
            "indicator": self.indicator,
            "measure_unit": self.measure_unit,
            "frequency": self.frequency,
            "running": self.running,
            "rates": self.rates,
            "vintage": self.vintage,
            "points": [
                {"period": period, "value": value, "observation": seen}
                for period, value, seen in self.points()
            ],
            "breaks": [one.as_record() for one in self.breaks],
            "cautions": [
                {"code": one.code, "text": one.text, "text_en": one.text_en}
                for one in self.cautions
            ],
        }


def possible(goal: Goal, observed: Observed) -> Observed:
    """The series without values that cannot be: a share below 0 or above 100 is none (异常值)."""
    if goal.limits is None or observed.rates:
        return observed
    low, high = goal.limits
    beyond = (observed.values < low) | (observed.values > high)
    if not beyond.any():
        return observed
    places = np.flatnonzero(beyond)
    periods_ = "、".join(period_of(observed.first + int(one), observed.frequency) for one in places)
    said = because("value_beyond", periods=periods_)
    values = np.where(beyond, np.nan, observed.values)
    return replace(observed, values=values, cautions=(*observed.cautions, said))


def code_of(text: str, frequency: int) -> int:
    """Code of a written period at a frequency; a period's last month decides."""
    period = periods.parse(text)
    return period.last // (12 // frequency)


def period_of(code: int, frequency: int) -> str:
    """A period's written form: 2023, 2023-Q1, 2023-05."""
    year, index = divmod(code, frequency)
    if frequency == 1:
        return f"{year}"
    return f"{year}-Q{index + 1}" if frequency == 4 else f"{year}-{index + 1:02d}"


def column_of(values: Mapping[int, float]) -> tuple[int, NDArray[np.float64]]:
    """Codes and values as a column without holes in its calendar."""
    if not values:
        return 0, np.empty(0)
    first, last = min(values), max(values)
    column = np.full(last - first + 1, np.nan)
    for code, value in values.items():
        column[code - first] = value
    return first, column
