"""Were the chances right (概率检验): what was said beside what came, for any stored forecasts.

Of targets given 70 %, seven in ten should be met. The Brier score is the mean squared difference of
chance and outcome, the calibration error the mean distance of both over ten bins, weighed by count.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hexi.monitoring.forecast.panel import B, F

__all__ = ["Bin", "Calibration", "calibration"]

#: certainty is not punished beyond this chance in the logarithm
_SURE = 0.005


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts whose chance lay between two bounds."""

    low: float
    high: float
    count: int
    #: mean of the chances, share that was met
    said: float
    met: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How good a set of chances was."""

    count: int
    brier: float
    log_loss: float
    error: float
    #: chance that a met target was given more than a missed one
    auc: float
    bins: tuple[Bin, ...]


def calibration(p: ArrayLike, met: ArrayLike, bins: int = 10) -> Calibration:
    """Score chances against outcomes; pairs without a chance are left out. Raises ValueError
    where nothing is left."""
    said, came = np.asarray(p, float).ravel(), np.asarray(met, float).ravel()
    kept = np.isfinite(said) & np.isfinite(came)
    said, came = said[kept], came[kept]
    if not len(said):
        raise ValueError("no forecast with an outcome")
    sure = np.clip(said, _SURE, 1 - _SURE)
    place = np.minimum((said * bins).astype(np.int64), bins - 1)
    found = []
    for number in range(bins):
        mine = place == number
        if mine.any():
            low, high = number / bins, (number + 1) / bins
            mean, share = float(said[mine].mean()), float(came[mine].mean())
            found.append(Bin(low, high, int(mine.sum()), mean, share))
    return Calibration(
        count=len(said),
        brier=float(((said - came) ** 2).mean()),
        log_loss=float(-np.where(came > 0.5, np.log(sure), np.log(1 - sure)).mean()),
        error=sum(one.count * abs(one.said - one.met) for one in found) / len(said),
        auc=_auc(said, came > 0.5),
        bins=tuple(found),
    )


def _auc(said: F, met: B) -> float:
    """Area under the curve by ranks, equal chances sharing theirs (Mann and Whitney)."""
    _, place, count = np.unique(said, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]
    yes, no = int(met.sum()), int((~met).sum())
    if not yes or not no:
        return float("nan")
    return float((ranks[met].sum() - yes * (yes + 1) / 2) / (yes * no))
