"""What is asked of a forecast (待测目标): lines to reach, each at a row of a panel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hexi.monitoring.forecast.panel import B, F, I

__all__ = ["GROWTH", "LEVELS", "UNKNOWN", "Asks", "outcome", "region"]

S = NDArray[np.str_]

#: value of the last period; growth over the plan or on the year before; total over periods
LEVELS = ("level", "share", "count", "rank")
GROWTH = ("growth_annual", "growth_total", "growth_yoy")
#: start that is not known
UNKNOWN = -1

#: 左右: the same slack as in judging what was observed
_SLACK = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Asks:
    """``m`` targets; a row of the panel may be asked more than once."""

    row: I
    measure: S
    #: in the series' own unit; growth in per cent
    line: F
    #: ge le eq approx
    bound: S
    #: 1 up is better, −1 down, 0 neither
    upward: I
    #: code of the period aimed at
    end: I
    #: base period of growth; last period before the first that is added up; `UNKNOWN`
    start: I
    #: value of the base, where it is stated; NaN: as observed
    base: F

    @classmethod
    def of(
        cls,
        row: ArrayLike,
        measure: ArrayLike,
        line: ArrayLike,
        end: ArrayLike,
        *,
        bound: ArrayLike = "ge",
        upward: ArrayLike = 1,
        start: ArrayLike | None = None,
        base: ArrayLike | None = None,
    ) -> Asks:
        """Targets from columns; what is given once holds for all."""
        columns = np.broadcast_arrays(
            np.asarray(row, np.int64),
            np.asarray(measure, np.str_),
            np.asarray(line, np.float64),
            np.asarray(end, np.int64),
            np.asarray(bound, np.str_),
            np.asarray(upward, np.int64),
            np.asarray(UNKNOWN if start is None else start, np.int64),
            np.asarray(np.nan if base is None else base, np.float64),
        )
        row_, measure_, line_, end_, bound_, upward_, start_, base_ = map(np.atleast_1d, columns)
        wrong = ~np.isin(measure_, [*LEVELS, *GROWTH, "cumulative"])
        if wrong.any():
            raise ValueError(f"measure: {measure_[wrong][0]!r} is not known")
        return cls(row_, measure_, line_, bound_, upward_, end_, start_, base_)

    def __len__(self) -> int:
        return len(self.row)

    @property
    def is_growth(self) -> B:
        """Where the line is a rate."""
        return np.isin(self.measure, GROWTH)


def region(line: F, bound: S, upward: I) -> tuple[F, F]:
    """From where to where a value meets the target; NaN where no side is the better one."""
    nothing = ~np.isfinite(line)
    line = np.where(nothing, np.nan, line)
    slack = np.where(bound == "approx", np.abs(line) * _SLACK, 0.0)
    up = np.where(bound == "ge", 1, np.where(bound == "le", -1, np.sign(upward)))
    around = (up == 0) & (bound == "approx")
    low = np.where((up > 0) | around, line - slack, np.where(up < 0, -np.inf, np.nan))
    high = np.where((up < 0) | around, line + slack, np.where(up > 0, np.inf, np.nan))
    return np.where(nothing, np.nan, low), np.where(nothing, np.nan, high)


def outcome(line: ArrayLike, bound: ArrayLike, upward: ArrayLike, value: ArrayLike) -> B:
    """Whether observed values meet their targets, by the lines that verdicts are given by."""
    low, high = region(np.asarray(line, float), np.asarray(bound, np.str_), np.asarray(upward))
    seen = np.asarray(value, float)
    return np.asarray((seen >= low) & (seen <= high))
