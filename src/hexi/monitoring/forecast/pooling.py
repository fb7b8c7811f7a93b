"""What siblings know together (同类借力): medians of a family and quantiles of its past errors."""

from __future__ import annotations

import numpy as np

from hexi.monitoring.forecast.panel import ALONE, F, I

__all__ = ["Families", "grouped_quantile"]


class Families:
    """Rows by family; row ``family[i] = ALONE`` belongs to none."""

    def __init__(self, family: I, kind: I) -> None:
        # siblings on different scales do not compare
        keys = np.where(family == ALONE, ALONE, family * 4 + kind)
        names, self.of = np.unique(keys, return_inverse=True)
        #: (n,) number of the family from 0, or -1
        self.of = np.where(keys == ALONE, ALONE, self.of - (names[0] == ALONE)).astype(np.int64)
        self.count = int(len(names) - (names[:1] == ALONE).sum())
        order = np.argsort(self.of, kind="stable")
        ends = np.searchsorted(self.of[order], np.arange(self.count + 1))
        self._members = [order[ends[g] : ends[g + 1]] for g in range(self.count)]
        self.size = np.diff(ends)

    def medians(self, table: F) -> tuple[F, I]:
        """Median of each family in each column, and how many rows have a value there."""
        width = table.shape[1]
        middle = np.full((self.count, width), np.nan)
        seen = np.zeros((self.count, width), np.int64)
        columns = np.arange(width)
        for g, rows in enumerate(self._members):
            sorted_ = np.sort(table[rows], axis=0)
            k = np.isfinite(sorted_).sum(axis=0)
            upper = sorted_[np.minimum(k // 2, len(rows) - 1), columns]
            lower = sorted_[np.maximum((k - 1) // 2, 0), columns]
            middle[g] = np.where(k > 0, (upper + lower) / 2, np.nan)
            seen[g] = k
        return middle, seen

    def spread(self, table: F, default: float = np.nan) -> F:
        """A column per family given out to the rows; ``default`` to rows without family."""
        padded = np.concatenate([table, np.full((1, *table.shape[1:]), default)])
        return np.asarray(padded[self.of], float)


def grouped_quantile(values: F, group: I, groups: int, level: float) -> tuple[F, I]:
    """Quantile of the values in each group, and how many there are; NaN for empty groups."""
    order = np.lexsort((values, group))
    ends = np.searchsorted(group[order], np.arange(groups + 1))
    count = np.diff(ends)
    if not len(values):
        return np.full(groups, np.nan), count.astype(np.int64)
    place = ends[:-1] + level * np.maximum(count - 1, 0)
    lower = np.minimum(np.floor(place).astype(np.int64), len(values) - 1)
    upper = np.minimum(lower + 1, np.maximum(ends[1:] - 1, 0))
    part = place - lower
    picked = values[order]
    found = picked[lower] * (1 - part) + picked[np.maximum(upper, lower * (count > 0))] * part
    return np.where(count > 0, found, np.nan), count.astype(np.int64)
