"""Benefit of the doubt (有利权重，DEA一类): each unit takes the weights that suit it best, bounded.

Without bounds nearly every unit comes out best, and says nothing. Here each weight stays between
``least`` and ``most`` times the scheme's own and all add to 1. Then the linear programme of a unit
is a fractional knapsack: everybody gets the least, and what is left goes to the best scores first.
Sources: Melyn and Moesen 1991; Cherchye et al. 2007 for bounds on the shares.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["doubt_weights"]

Table = NDArray[np.float64]


def doubt_weights(scores: Table, own: Table, bounds: tuple[float, float]) -> Table:
    """The most favourable weights of every unit, (units, members), 1 a row.

    ``own``: the scheme's weights, any scale; members without a score get nothing."""
    counted = np.where(np.isnan(scores), 0.0, np.broadcast_to(own, scores.shape))
    total = counted.sum(axis=1, keepdims=True)
    shares = counted / np.where(total > 0, total, 1.0)
    least, most = bounds
    weights = shares * least
    room = shares * (most - least)
    # stable, so that equal scores share out in the order of the scheme and reruns agree
    order = np.argsort(np.where(np.isnan(scores), np.inf, -scores), axis=1, kind="stable")
    ordered = np.take_along_axis(room, order, axis=1)
    before = np.cumsum(ordered, axis=1) - ordered
    left = 1.0 - weights.sum(axis=1, keepdims=True)
    given = np.clip(left - before, 0.0, ordered)
    found = weights.copy()
    np.put_along_axis(found, order, np.take_along_axis(weights, order, axis=1) + given, axis=1)
    return np.where(total > 0, found, 0.0)
