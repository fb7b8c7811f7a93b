"""Ranks over the years (历年名次), for a chart of who rose and who fell."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hexi.assessment.explanation.nouns import Tracks
from hexi.assessment.result import Result

__all__ = ["history_of"]


def history_of(results: Sequence[Result]) -> Tracks:
    """Results of several years on one grid; a unit is named as in its latest year."""
    ordered = sorted(results, key=lambda result: result.year)
    names: dict[str, str] = {}
    for result in ordered:
        names |= dict(zip(result.matrix.units, result.matrix.names, strict=True))
    units = tuple(names)
    rows = {unit: row for row, unit in enumerate(units)}
    ranks = np.zeros((len(ordered), len(units)), dtype=np.int64)
    scores = np.full(ranks.shape, np.nan)
    for year, result in enumerate(ordered):
        places = [rows[unit] for unit in result.matrix.units]
        ranks[year, places], scores[year, places] = result.ranks, result.scores
    return Tracks(
        years=tuple(result.year for result in ordered),
        units=units,
        names=tuple(names.values()),
        ranks=ranks,
        scores=scores,
    )
