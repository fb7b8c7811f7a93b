"""Scores of the items under other choices (其他选择下的评分): one table a combination."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.certainty.choices import Filling, Normalising, is_relative
from hexi.assessment.data.matrix import Matrix
from hexi.assessment.scheme.nouns import (
    Distance,
    Item,
    MinMax,
    Missing,
    PercentRank,
    Scheme,
    Scoring,
    Treatment,
    ZScore,
)
from hexi.assessment.scoring.table import missing_rule, score_table

__all__ = ["Variant", "scores_under"]


@dataclass(frozen=True, slots=True)
class Variant:
    """One combination; the empty one is the scheme as it is."""

    normalising: Normalising | None = None
    missing: Filling | None = None
    untreated: bool = False
    #: number of the table of figures drawn inside their rounding; 0: as printed
    rounding: int = 0


def scores_under(
    variant: Variant, scheme: Scheme, matrix: Matrix, *, seed: int
) -> NDArray[np.float64]:
    """Scores of the items, (units, items), on the scale that each item has in the scheme."""
    items = tuple(scheme.items())
    if variant.rounding:
        matrix = _inside_rounding(matrix, np.random.default_rng((seed, variant.rounding)))
    changed = tuple(_changed(item, scheme, variant) for item in items)
    scores = score_table(scheme, matrix, changed).scores
    for place, item in enumerate(items):
        if isinstance(changed[place].scoring, PercentRank | Distance) and item != changed[place]:
            low, high = _scale(item)
            scores[:, place] = low + scores[:, place] / 100 * (high - low)
    return scores


def _changed(item: Item, scheme: Scheme, variant: Variant) -> Item:
    if variant.normalising and is_relative(item):
        item = replace(item, scoring=_other(item, variant.normalising))
    if variant.missing:
        share = missing_rule(scheme, item).least_share
        item = replace(item, missing=Missing(variant.missing, share))
    if variant.untreated:
        item = replace(item, treatment=Treatment())
    return item


def _other(item: Item, how: Normalising) -> Scoring:
    low, high = _scale(item)
    match how:
        case "minmax":
            return MinMax(low, high)
        case "zscore":
            # six standard deviations span what the scale spans
            return ZScore((low + high) / 2, (high - low) / 6)
        case "percent_rank":
            return PercentRank()
        case "distance":
            return Distance("best")


def _scale(item: Item) -> tuple[float, float]:
    """From the least to the most points of an item."""
    by = item.scoring
    if isinstance(by, MinMax):
        return by.floor, by.ceiling
    if isinstance(by, ZScore):
        return by.mean - 3 * by.sd, by.mean + 3 * by.sd
    return 0.0, 100.0


def _inside_rounding(matrix: Matrix, drawn: np.random.Generator) -> Matrix:
    """The figures of the year, each anywhere inside what its last digit leaves open."""
    if matrix.grain is None:
        return matrix
    values = matrix.values.copy()
    values[-1] += drawn.uniform(-1.0, 1.0, values[-1].shape) * matrix.grain
    return replace(matrix, values=values)
