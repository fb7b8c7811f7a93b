"""Change points in short series (走势突变): has the trend changed, and when.

The steps of the series (log steps where it is positive, else plain ones; over a year where there
are seasons) are split wherever at least two lie on each side; the greatest t of the two means is
held against the same of the steps shuffled, so that having looked everywhere is paid for. With
fewer than eight steps no split can be unlikely enough and nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hexi.monitoring.observed import Observed

__all__ = ["Turn", "turn_of"]

_SIDE = 2
_SHUFFLES = 499
#: below this the best split is never unlikely: the shuffles can be spared
_DULL = 2.0


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of trend."""

    #: first period of the new trend, as a code
    period: int
    #: mean step a year before and after: per cent where `compound`, else the series' unit
    before: float
    after: float
    compound: bool
    #: probability that chance alone does as much
    chance: float


def turn_of(observed: Observed, least: int) -> Turn | None:
    """The likeliest change of trend; None where the series is too short to have one."""
    codes, steps, compound = _steps(observed)
    if steps.size < max(least, 2 * _SIDE) or not np.ptp(steps) > 0:
        return None
    scores = _scores(steps[None, :])[0]
    place = int(np.argmax(scores))
    best = scores[place]
    chance = 1.0
    if best >= _DULL:
        random = np.random.default_rng(steps.size)
        shuffled = random.permuted(np.tile(steps, (_SHUFFLES, 1)), axis=1)
        greatest = _scores(shuffled).max(axis=1)
        chance = float((1 + (greatest >= best * (1 - 1e-12)).sum()) / (1 + _SHUFFLES))
    cut = place + _SIDE
    yearly = observed.frequency if not _seasonal(observed) else 1
    before, after = float(steps[:cut].mean()), float(steps[cut:].mean())
    if compound:
        before, after = (float(np.expm1(one * yearly) * 100) for one in (before, after))
    else:
        before, after = before * yearly, after * yearly
    return Turn(int(codes[cut]), before, after, compound, chance)


def _seasonal(observed: Observed) -> bool:
    return observed.frequency > 1 and not observed.rates


def _steps(observed: Observed) -> tuple[NDArray[np.int64], NDArray[np.float64], bool]:
    """Steps between neighbouring known values, each with the period it leads to."""
    values = observed.values
    codes = np.arange(values.size) + observed.first
    if observed.rates:
        known = np.isfinite(values)
        return codes[known], np.log1p(np.maximum(values[known], -99.0) / 100), True
    lag = observed.frequency if _seasonal(observed) else 1
    if values.size <= lag:
        return codes[:0], values[:0], True
    finite = values[np.isfinite(values)]
    compound = bool(finite.size and (finite > 0).all())
    level = np.log(np.where(values > 0, values, np.nan)) if compound else values
    if lag == 1:
        known = np.flatnonzero(np.isfinite(level))
        gaps = np.diff(known)
        return codes[known[1:]], np.diff(level[known]) / gaps, compound
    steps = level[lag:] - level[:-lag]
    fine = np.isfinite(steps)
    return codes[lag:][fine], steps[fine], compound


def _scores(steps: NDArray[np.float64]) -> NDArray[np.float64]:
    """t of the two means at every split, for rows of steps."""
    size = steps.shape[1]
    cuts = np.arange(_SIDE, size - _SIDE + 1)
    sums = np.cumsum(steps, axis=1)
    squares = np.cumsum(steps * steps, axis=1)
    first, total = sums[:, cuts - 1], sums[:, -1:]
    left, right = first / cuts, (total - first) / (size - cuts)
    inside = squares[:, -1:] - cuts * left**2 - (size - cuts) * right**2
    spread = np.sqrt(np.maximum(inside, 1e-18 + 1e-12 * squares[:, -1:]) / (size - 2))
    scores: NDArray[np.float64] = np.abs(left - right) / (
        spread * np.sqrt(1 / cuts + 1 / (size - cuts))
    )
    return scores
