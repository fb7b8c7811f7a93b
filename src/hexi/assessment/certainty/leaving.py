"""Leaving one indicator out (逐一剔除): whose ranks hang on a single indicator."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.result import Result
from hexi.assessment.run import add_up, rank_best_first
from hexi.assessment.scoring.points import with_points

__all__ = ["LeftOut", "leave_one_out"]


@dataclass(frozen=True, eq=False)
class LeftOut:
    """Ranks without one item, its weight shared out among the others of its group."""

    item: str
    #: (units,), 0 where not rated; positive shift: the unit gains places without the item
    ranks: NDArray[np.int64]
    shifts: NDArray[np.int64]

    @property
    def mean_shift(self) -> float:
        """Places that a unit moves on the average."""
        return float(np.abs(self.shifts).mean()) if self.shifts.size else 0.0

    @property
    def largest_shift(self) -> int:
        """Places of the unit that moves most."""
        return int(np.abs(self.shifts).max(initial=0))


def leave_one_out(result: Result) -> tuple[LeftOut, ...]:
    """Every item left out in turn, in the order of the scheme."""
    scheme, matrix = result.scheme, result.matrix
    found = []
    for place, item in enumerate(result.items):
        scores = result.normalised.copy()
        # a score that is not there gives its weight to its neighbours, as a missing value does
        scores[:, place] = np.nan
        base = add_up(scheme, matrix, scores)
        final, _ = with_points(scheme, base, result.points, matrix.units)
        final = np.where(result.rated, final, np.nan).round(scheme.decimals)
        ranks = rank_best_first(final)
        found.append(LeftOut(item, ranks, np.where(ranks > 0, result.ranks - ranks, 0)))
    return tuple(found)
