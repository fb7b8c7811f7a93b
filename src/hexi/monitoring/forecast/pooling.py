"""What siblings know together (同类借力): medians of a family and quantiles of its past errors."""

from __future__ import annotations

import numpy as np

from hexi.monitoring.forecast.panel import ALONE, F, I

__all__ = ["Families", "quantile_of"]


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
        self.members = [order[ends[g] : ends[g + 1]] for g in range(self.count)]
        self.size = np.diff(ends)

    def medians(self, table: F) -> tuple[F, I]:
        """Median of each family in each column, and how many rows have a value there."""
        width = table.shape[1]
        middle = np.full((self.count, width), np.nan)
        seen = np.zeros((self.count, width), np.int64)
        columns = np.arange(width)
        for g, rows in enumerate(self.members):
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


def quantile_of(values: F, level: float) -> float:
    """Quantile of the values that are there; NaN where none is."""
    known = values[np.isfinite(values)]
    if not len(known):
        return float("nan")
    place = level * (len(known) - 1)
    lower = int(place)
    upper = min(lower + 1, len(known) - 1)
    known.partition((lower, upper))
    return float(known[lower] + (known[upper] - known[lower]) * (place - lower))
