"""A table of figures judged without a scheme (直接评价): for notebooks and the audit of a ranking.

Min-max scores added up by weights, or their closeness to the best (TOPSIS), with weights by hand or
by entropy. The same definitions as in a scheme; a complete table is never written out as scores,
but gone through in blocks that stay in the cache, so that 100,000 units cost two readings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.scheme.nouns import Aggregation, MinMax
from hexi.assessment.scoring.aggregate import aggregate
from hexi.assessment.scoring.normalise import score
from hexi.assessment.weighting.entropy import FLOOR, entropy_weights

__all__ = ["Plain"]

Column = NDArray[np.float64]
Table = NDArray[np.float64]

#: rows of a block: fifty columns of it stay in the second cache
_ROWS = 512


@dataclass(frozen=True, eq=False)
class Plain:
    """Figures of units by items, NaN where missing; ``directions``: 1 more is better, -1 less."""

    values: Table
    directions: NDArray[np.int64]
    #: share of an item's range = value × slope + offset, turned so that more is better
    slope: Column
    offset: Column
    complete: bool

    @classmethod
    def of(cls, values: Table, directions: Sequence[int] | None = None) -> Plain:
        """Of (units, items); all are better when larger where no directions are given."""
        table = np.ascontiguousarray(values, dtype=np.float64)
        turned = np.ones(table.shape[1], dtype=np.int64)
        if directions is not None:
            turned = np.asarray(directions, dtype=np.int64)
        low, high = _ends(table)
        span = high - low
        telling = span > 0
        slope = np.where(telling, turned / np.where(telling, span, 1.0), 0.0)
        # the same for everybody: the middle of the scale
        offset = np.where(telling, -np.where(turned > 0, low, high) * slope, 0.5)
        # a gap in a column makes its ends NaN, and comparing NaN is false
        return cls(table, turned, slope, offset, not np.isnan(span).any())

    def entropy(self) -> Column:
        """Entropy weights of the items, 1 together."""
        if not self.complete:
            return entropy_weights(self.scores())
        total, summed = np.zeros(len(self.slope)), np.zeros(len(self.slope))
        scale, start = (1 - FLOOR) * self.slope, FLOOR + (1 - FLOOR) * self.offset
        logs, ones = np.empty((_ROWS, len(self.slope))), np.ones(_ROWS)
        for _, block in self._blocks(scale, start):
            held = np.log(block, out=logs[: len(block)])
            # a product with ones adds down the columns faster than a sum does
            total += ones[: len(block)] @ block
            summed += np.einsum("ij,ij->j", block, held)
        telling = self.slope != 0
        order = np.log(total) - summed / total
        units = np.log(max(len(self.values), 2))
        spread = np.where(telling, np.maximum(1 - order / units, 0.0), 0.0)
        whole = float(spread.sum())
        shares: Column = spread / whole if whole > 0 else np.full(len(spread), 1 / len(spread))
        return shares

    def weighted_sum(self, weights: Column) -> Column:
        """Scores of the units, 0 to 100; a gap gives its weight to the unit's other items."""
        if not self.complete:
            return self._aggregated(weights, "arithmetic")
        shares = weights / weights.sum()
        found: Column = self.values @ (self.slope * shares * 100)
        found += float(self.offset @ shares) * 100
        return found

    def topsis(self, weights: Column) -> Column:
        """Closeness to the best of every item against the worst, 0 to 100."""
        if not self.complete:
            return self._aggregated(weights, "topsis")
        shares = weights / weights.sum()
        # a constant item is as far from its best as from its worst: nought
        pull = np.where(self.slope != 0, shares, 0.0)
        found = np.empty(len(self.values))
        for rows, block in self._blocks(self.slope * pull, self.offset * pull):
            to_worst = np.einsum("ij,ij->i", block, block)
            to_best = to_worst - 2 * (block @ pull) + float(pull @ pull)
            near = np.sqrt(to_worst)
            whole = near + np.sqrt(np.maximum(to_best, 0.0))
            found[rows] = np.where(whole > 0, near / np.where(whole > 0, whole, 1.0), 0.5) * 100
        return found

    def _blocks(self, slope: Column, offset: Column) -> Iterator[tuple[slice, Table]]:
        """Blocks of rows brought to a scale; the array is used again for the next one."""
        room = np.empty((_ROWS, len(slope)))
        for start in range(0, len(self.values), _ROWS):
            rows = slice(start, min(start + _ROWS, len(self.values)))
            block = room[: rows.stop - start]
            np.multiply(self.values[rows], slope, out=block)
            block += offset
            yield rows, block

    def scores(self) -> Table:
        """Scores of the items, 0 to 100, written out."""
        return np.column_stack(
            [
                score(column, MinMax(), int(direction))
                for column, direction in zip(self.values.T, self.directions, strict=True)
            ]
        )

    def _aggregated(self, weights: Column, how: Aggregation) -> Column:
        scores = self.scores()
        return aggregate(scores, np.broadcast_to(weights, scores.shape), how)


def _ends(values: Table) -> tuple[Column, Column]:
    """Least and largest of every column, NaN where one has a gap; one reading for both."""
    low, high = values[0].copy(), values[0].copy()
    for start in range(0, len(values), _ROWS):
        block = values[start : start + _ROWS]
        np.minimum(low, block.min(axis=0), out=low)
        np.maximum(high, block.max(axis=0), out=high)
    return low, high
