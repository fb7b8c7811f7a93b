"""Change points in short series (走势突变): has the trend changed, and when.

The steps of the series (log steps where it is positive, else plain ones; within the year freed of
the mean step of their quarter or month) are split wherever at least two lie on each side; the
greatest t of the two means is held against the same of the steps shuffled, so that having looked
everywhere is paid for. Growth on the year before overlaps from month to month and cannot be
shuffled: of such rates one a year is taken. With fewer than eight steps no split can be unlikely
enough and nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hexi.monitoring.observed import Observed

__all__ = ["Turn", "turn_of"]

Column = NDArray[np.float64]

_SIDE = 2
#: shuffles of the first look, and of the second where the first leaves it open
_SHUFFLES = (99, 499)
#: below this the best split is never unlikely: the shuffles can be spared
_DULL = 2.6
#: above this the first look settles it
_OPEN = 0.12
#: whole years that seasons are told from
_YEARS = 2


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
    if steps.size < max(least, 2 * _SIDE) or np.ptp(steps) <= 1e-9 * max(1.0, np.abs(steps).max()):
        return None
    scores = _scores(steps[None, :])[0]
    place = int(np.argmax(scores))
    cut = place + _SIDE
    yearly = 1 if observed.rates else observed.frequency
    before, after = float(steps[:cut].mean()) * yearly, float(steps[cut:].mean()) * yearly
    if compound:
        before, after = float(np.expm1(before) * 100), float(np.expm1(after) * 100)
    return Turn(int(codes[cut]), before, after, compound, _chance(steps, float(scores[place])))


def _chance(steps: Column, best: float) -> float:
    """How often shuffled steps have as good a split."""
    if best < _DULL:
        return 1.0
    chance = 1.0
    for shuffles in _SHUFFLES:
        random = np.random.default_rng(shuffles + steps.size)
        shuffled = random.permuted(np.tile(steps, (shuffles, 1)), axis=1)
        greatest = _scores(shuffled).max(axis=1)
        chance = float((1 + (greatest >= best * (1 - 1e-12)).sum()) / (1 + shuffles))
        if chance > _OPEN:
            return chance
    return chance


def _steps(observed: Observed) -> tuple[NDArray[np.int64], Column, bool]:
    """Steps between neighbouring known values, each with the period it leads to."""
    values, frequency = observed.values, observed.frequency
    codes = np.arange(values.size) + observed.first
    if observed.rates:
        last = observed.last if observed.last is not None else 0
        known = np.isfinite(values) & ((last - codes) % frequency == 0)
        return codes[known], np.log1p(np.maximum(values[known], -99.0) / 100), True
    if observed.running and frequency > 1:
        values = _alone(values, codes % frequency)
    finite = values[np.isfinite(values)]
    compound = bool(finite.size and (finite > 0).all())
    level = np.log(np.where(values > 0, values, np.nan)) if compound else values
    known = np.flatnonzero(np.isfinite(level))
    steps = np.diff(level[known])
    gaps = np.diff(known)
    if frequency == 1:
        return codes[known[1:]], steps / gaps, compound
    near = gaps == 1
    codes, steps = codes[known[1:]][near], steps[near]
    if steps.size < _YEARS * frequency:
        return codes[:0], steps[:0], compound
    return codes, _freed(steps, codes % frequency), compound


def _alone(values: Column, index: NDArray[np.int64]) -> Column:
    """Periods one by one out of totals since the start of the year."""
    alone = values.copy()
    alone[1:] = np.where(index[1:] > 0, values[1:] - values[:-1], values[1:])
    if alone.size and index[0] > 0:
        alone[0] = np.nan
    return alone


def _freed(steps: Column, index: NDArray[np.int64]) -> Column:
    """Steps less what their quarter or month usually adds; the trend stays in them."""
    freed = steps.copy()
    for season in np.unique(index):
        own = index == season
        freed[own] -= steps[own].mean() - steps.mean()
    return freed


def _scores(steps: Column) -> Column:
    """t of the two means at every split, for rows of steps."""
    size = steps.shape[1]
    cuts = np.arange(_SIDE, size - _SIDE + 1)
    sums = np.cumsum(steps, axis=1)
    squares = np.cumsum(steps * steps, axis=1)
    first, total = sums[:, cuts - 1], sums[:, -1:]
    left, right = first / cuts, (total - first) / (size - cuts)
    inside = squares[:, -1:] - cuts * left**2 - (size - cuts) * right**2
    spread = np.sqrt(np.maximum(inside, 1e-18 + 1e-12 * squares[:, -1:]) / (size - 2))
    scores: Column = np.abs(left - right) / (spread * np.sqrt(1 / cuts + 1 / (size - cuts)))
    return scores
