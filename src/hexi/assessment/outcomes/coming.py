"""Next year's ranks, drawn (来年名次模拟): this year's scores moved by changes seen before.

Every unit's score is moved by a change drawn from all year-on-year changes of all units, and
everybody is ranked anew. Nothing is claimed of a unit's own trend: the history of a round is short,
and what is asked is only how likely ranks near a bound are to cross it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["coming_ranks"]

#: fewer changes than this are too few to draw from
_LEAST = 10


def coming_ranks(
    scores: NDArray[np.float64], *, draws: int = 1000, seed: int = 1
) -> NDArray[np.int64]:
    """Ranks, (units, draws), from scores of past years, (years, units), the latest last.

    NaN is not rated: such a unit is not ranked next year either. ValueError where fewer than ten
    changes from one year to the next are known."""
    steps = np.diff(scores, axis=0)
    # a year that lifts or lowers everybody changes no rank
    rows = [row - row[~np.isnan(row)].mean() for row in steps if (~np.isnan(row)).any()]
    pool = np.concatenate([row[~np.isnan(row)] for row in rows]) if rows else np.zeros(0)
    if pool.size < _LEAST:
        raise ValueError(f"{pool.size} changes from year to year: too few to draw from")
    now = scores[-1]
    moved = now[:, None] + np.random.default_rng(seed).choice(pool, (now.size, draws))
    there = ~np.isnan(now)
    ranks = np.zeros(moved.shape, dtype=np.int64)
    order = np.argsort(-moved[there], axis=0, kind="stable")
    inside = np.empty_like(order)
    np.put_along_axis(inside, order, np.arange(1, order.shape[0] + 1)[:, None], axis=0)
    ranks[there] = inside
    return ranks
