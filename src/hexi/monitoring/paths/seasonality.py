"""What part of a year each quarter or month brings (季节性): learnt from whole years, or equal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hexi.monitoring.observed import Observed
from hexi.monitoring.reasons import because
from hexi.monitoring.verdicts.verdict import Remark

__all__ = ["Seasonal", "seasonal_of"]

#: whole years it takes to learn from
_ENOUGH = 2


@dataclass(frozen=True, slots=True, eq=False)
class Seasonal:
    """Shares of the periods in the year; they come to 1."""

    frequency: int
    shares: NDArray[np.float64]
    #: years that they were learnt from; none where they are equal
    years: tuple[int, ...]
    reason: Remark

    @property
    def learnt(self) -> bool:
        """True where observed years gave the shares."""
        return bool(self.years)

    def through(self, index: int) -> float:
        """Part of the year that is over after a period."""
        return 1.0 if index >= self.frequency - 1 else float(self.shares[: index + 1].sum())

    @classmethod
    def equal(cls, frequency: int) -> Seasonal:
        """Every period the same."""
        return cls(frequency, np.full(frequency, 1 / frequency), (), because("season_equal"))


def seasonal_of(observed: Observed) -> Seasonal:
    """Median share of every period over the whole years of a series; equal where too few.

    Works on running totals, so that January and February, which many returns give as one
    (1—2月), need not be told apart: a period without a value lies half-way.
    """
    frequency = observed.frequency
    if frequency == 1 or observed.rates:
        return Seasonal.equal(frequency)
    years, curves = [], []
    for year in range(observed.first // frequency, (observed.last or 0) // frequency + 1):
        curve = _curve(observed, year)
        if curve is not None:
            years.append(year)
            curves.append(curve)
    if len(years) < _ENOUGH:
        return Seasonal.equal(frequency)
    steps = np.diff(np.median(np.array(curves), axis=0), prepend=0.0)
    shares = steps / steps.sum()
    said = because("season_learnt", years=f"{years[0]}-{years[-1]}")
    return Seasonal(frequency, shares, tuple(years), said)


def _curve(observed: Observed, year: int) -> NDArray[np.float64] | None:
    """Running shares of a whole year; None where its end is open or it does not only rise."""
    frequency = observed.frequency
    raw = np.array([_or_nan(observed.at(year * frequency + index)) for index in range(frequency)])
    if not observed.running:
        if np.isnan(raw).any():
            return None
        raw = np.cumsum(raw)
    known = np.flatnonzero(np.isfinite(raw))
    if np.isnan(raw[-1]) or raw[-1] <= 0 or known.size < frequency // 2:
        return None
    places = np.concatenate([[-1], known])
    levels = np.concatenate([[0.0], raw[known]])
    curve = np.interp(np.arange(frequency), places, levels) / raw[-1]
    return curve if (np.diff(curve, prepend=0.0) >= 0).all() else None


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value
