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
    if frequency == 1 or observed.rates or not observed.values.size:
        return Seasonal.equal(frequency)
    first, table = _by_year(observed)
    table = table if observed.running else np.cumsum(table, axis=1)
    known = np.isfinite(table)
    usable = known[:, -1] & (known.sum(axis=1) >= frequency // 2)
    if not observed.running:
        usable &= known.all(axis=1)
    years = np.flatnonzero(usable)
    curves = np.array([_filled(table[row]) for row in years]).reshape(-1, frequency)
    rising = (curves[:, -1] > 0) & (np.diff(curves, axis=1, prepend=0.0) >= 0).all(axis=1)
    years, curves = years[rising] + first, curves[rising]
    if len(years) < _ENOUGH:
        return Seasonal.equal(frequency)
    steps = np.diff(np.median(curves / curves[:, -1:], axis=0), prepend=0.0)
    said = because("season_learnt", years=f"{years[0]}-{years[-1]}")
    return Seasonal(frequency, steps / steps.sum(), tuple(years.tolist()), said)


def _by_year(observed: Observed) -> tuple[int, NDArray[np.float64]]:
    """First year, and the values with a row a year."""
    frequency = observed.frequency
    first, before = divmod(observed.first, frequency)
    after = -(before + observed.values.size) % frequency
    padded = np.pad(observed.values, (before, after), constant_values=np.nan)
    return first, padded.reshape(-1, frequency)


def _filled(through: NDArray[np.float64]) -> NDArray[np.float64]:
    """Running totals of a year; one that is missing lies between its neighbours."""
    known = np.flatnonzero(np.isfinite(through))
    if known.size == through.size:
        return through
    places = np.concatenate([[-1], known])
    levels = np.concatenate([[0.0], through[known]])
    filled: NDArray[np.float64] = np.interp(np.arange(through.size), places, levels)
    return filled
