"""Scores of an indicator (无量纲化、评分): one function, a branch a method, whole columns at once.

A column is float64 with NaN for missing; a missing value has no score. Direction is turned first,
so that a higher score is always the better one. A column whose values are all the same says nothing
of anybody: every unit then gets the middle of the scale, and the run says so.

Sources: OECD/JRC, Handbook on Constructing Composite Indicators, step 5; equal to the steps of the
R package COINr on its published case.
"""

from __future__ import annotations

from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.scheme.nouns import (
    Achievement,
    Borda,
    Distance,
    FractionOfMax,
    LevelAndGrowth,
    Logarithm,
    MinMax,
    PercentRank,
    Piecewise,
    Rank,
    Scoring,
    Steps,
    ZScore,
)

__all__ = ["is_constant", "places", "score"]

Column = NDArray[np.float64]


def score(
    values: Column,
    scoring: Scoring,
    direction: int = 1,
    *,
    before: Column | None = None,
    targets: Column | None = None,
) -> Column:
    """Scores of a column (units,), NaN where the value is missing.

    ``before``: values of the year before, for scoring by growth. ``targets``: each unit's own aim,
    for scoring by achievement; a unit without one has no score."""
    match scoring:
        case MinMax():
            return _min_max(values, direction, scoring)
        case ZScore():
            return _z_score(values, direction, scoring)
        case Rank(ties=ties):
            return places(values * direction, ties)
        case PercentRank():
            return _share_beaten(values * direction)
        case Borda():
            return places(values * direction, "min") - 1
        case FractionOfMax(scale=scale):
            return _fraction(values, direction, scale)
        case Distance():
            return _distance(values, direction, scoring)
        case Achievement():
            return _achievement(values, direction, scoring, targets)
        case LevelAndGrowth():
            return _level_and_growth(values, direction, scoring, before)
        case Logarithm(floor=floor, ceiling=ceiling):
            with np.errstate(divide="ignore", invalid="ignore"):
                logs = np.where(values > 0, np.log(values), np.nan)
            return _min_max(logs, direction, MinMax(floor, ceiling))
        case Piecewise(points=points):
            at, worth = np.array(points, dtype=float).T
            return np.where(np.isnan(values), np.nan, np.interp(values, at, worth))
        case Steps():
            return _steps(values, scoring)
        case _:
            assert_never(scoring)


def is_constant(values: Column) -> bool:
    """True where no two known values differ: the column tells nobody apart."""
    known = values[~np.isnan(values)]
    return known.size == 0 or bool(np.all(known == known[0]))


def places(values: Column, ties: str = "min") -> Column:
    """Places from 1 for the least, NaN for the missing; ties at their least place or their mean."""
    found = np.full(values.shape, np.nan)
    known = np.flatnonzero(~np.isnan(values))
    if not known.size:
        return found
    order = known[np.argsort(values[known])]
    ordered = values[order]
    numbers = np.arange(1.0, known.size + 1)
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    if starts.size < known.size:
        lengths = np.diff(np.append(starts, known.size))
        first = numbers[starts] + ((lengths - 1) / 2 if ties == "average" else 0.0)
        numbers = np.repeat(first, lengths)
    found[order] = numbers
    return found


def _ends(values: Column) -> tuple[float, float]:
    known = values[~np.isnan(values)]
    return (float(known.min()), float(known.max())) if known.size else (np.nan, np.nan)


def _min_max(values: Column, direction: int, by: MinMax) -> Column:
    low, high = _ends(values)
    low = low if by.low is None else by.low
    high = high if by.high is None else by.high
    span = by.ceiling - by.floor
    if not high > low:
        return np.where(np.isnan(values), np.nan, by.floor + span / 2)
    share: Column = (values - low) / (high - low)
    if direction < 0:
        share = 1 - share
    if by.low is not None or by.high is not None:
        share = np.clip(share, 0.0, 1.0)
    return by.floor + share * span


def _z_score(values: Column, direction: int, by: ZScore) -> Column:
    known = values[~np.isnan(values)]
    spread = float(known.std(ddof=1)) if known.size > 1 else 0.0
    if not spread > 0 or is_constant(values):
        return np.where(np.isnan(values), np.nan, by.mean)
    found: Column = by.mean + direction * (values - known.mean()) / spread * by.sd
    return found


def _share_beaten(values: Column) -> Column:
    others = np.count_nonzero(~np.isnan(values)) - 1
    if others < 1 or is_constant(values):
        return np.where(np.isnan(values), np.nan, 50.0)
    return (places(values, "min") - 1) / others * 100


def _fraction(values: Column, direction: int, scale: float) -> Column:
    """Value over the largest; where less is better, the smallest over the value.

    Only for values above zero: a fraction of a negative best has no meaning, and scores nothing."""
    low, high = _ends(values)
    if direction > 0:
        if not high > 0:
            return np.where(np.isnan(values), np.nan, 0.0)
        return np.maximum(values, 0.0) / high * scale
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(values > 0, max(low, 0.0) / values, 1.0 if low >= 0 else 0.0)
    return np.where(np.isnan(values), np.nan, shares * scale)


def _distance(values: Column, direction: int, by: Distance) -> Column:
    """100 at the mark, 0 at the worst."""
    turned = values * direction
    worst, best = _ends(turned)
    if by.to == "target" and by.target is not None:
        mark = by.target * direction
    elif by.to == "frontier":
        known = np.sort(turned[~np.isnan(turned)])
        mark = float(known[-by.top :].mean()) if known.size else np.nan
    else:
        mark = best
    if not mark > worst:
        # everybody stands at or beyond the mark
        return np.where(np.isnan(values), np.nan, 100.0)
    scores = (turned - worst) / (mark - worst) * 100
    return np.minimum(scores, 100.0) if by.capped else scores


def _achievement(values: Column, direction: int, by: Achievement, targets: Column | None) -> Column:
    """Share of the own target that was reached, in points; signs must agree to say anything."""
    if targets is None:
        return np.full(values.shape, np.nan)
    over, under = (values, targets) if direction > 0 else (targets, values)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where((over >= 0) & (under > 0), over / under * 100, np.nan)
    # a target of at most nothing that was kept to is met; a missed one has no ratio
    kept = (values <= targets) if direction < 0 else (values >= targets)
    unclear = np.isnan(share) & ~np.isnan(values) & ~np.isnan(targets)
    share = np.where(unclear, np.where(kept, 100.0, 0.0), share)
    return np.where(share < by.least, 0.0, np.minimum(share, by.most))


def _level_and_growth(
    values: Column, direction: int, by: LevelAndGrowth, before: Column | None
) -> Column:
    """Points of the level and of its growth on the size of the year before.

    Without a value of the year before the level alone counts."""
    scale = MinMax(by.floor, by.ceiling)
    level = _min_max(values, direction, scale)
    if before is None:
        return level
    with np.errstate(divide="ignore", invalid="ignore"):
        growth = np.where(before != 0, (values - before) / np.abs(before), np.nan)
    grown = _min_max(growth, direction, scale)
    return np.where(np.isnan(grown), level, by.level * level + (1 - by.level) * grown)


def _steps(values: Column, by: Steps) -> Column:
    ordered = sorted(by.steps)
    marks = np.array([mark for mark, _ in ordered])
    worth = np.array([by.below, *(points for _, points in ordered)])
    found: Column = worth[np.searchsorted(marks, values, side="right")]
    return np.where(np.isnan(values), np.nan, found)
