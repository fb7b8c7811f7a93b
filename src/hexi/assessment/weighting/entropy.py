"""Entropy weights (熵值法): what tells units apart weighs more.

Taken of the scores after min-max with a small floor, never of raw shares: entropy of raw shares
hangs on where zero lies, so that a rate between 85 and 95 % would get no weight and a growth rate
nearly all. Source: Shannon 1948; Zou, Yun and Sun 2006 for the form after standardising.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["FLOOR", "entropy_weights"]

#: share of the range that the least value keeps, so that its logarithm exists
FLOOR = 1e-3


def entropy_weights(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights of the columns of (units, members), 1 together; missing values are left out.

    A column that tells nobody apart gets nothing; where none does, all get the same."""
    units, members = scores.shape
    known = ~np.isnan(scores)
    if known.all():
        low, span = scores.min(axis=0), np.ptp(scores, axis=0)
        count = np.full(members, float(units))
    else:
        low = np.where(known, scores, np.inf).min(axis=0, initial=np.inf)
        span = np.where(known, scores, -np.inf).max(axis=0, initial=-np.inf) - low
        count = known.sum(axis=0).astype(float)
    telling = (span > 0) & np.isfinite(span) & (count > 1)
    # Σ p ln p with p = x / Σ x is Σ x ln x / Σ x − ln Σ x: one pass, no table of shares
    scale = np.where(telling, (1 - FLOOR) / np.where(telling, span, 1.0), 0.0)
    offset = FLOOR - np.where(telling, low, 0.0) * scale
    total, summed = np.zeros(members), np.zeros(members)
    for start in range(0, units, _BLOCK):
        block = scores[start : start + _BLOCK] * scale + offset
        block[np.isnan(block)] = 1.0  # ln 1 is 0; what it adds to the total is taken off below
        total += block.sum(axis=0)
        summed += np.einsum("ij,ij->j", block, np.log(block))
    total -= units - count
    with np.errstate(divide="ignore", invalid="ignore"):
        disorder = (np.log(total) - summed / total) / np.log(count)
    spread = np.where(telling, np.maximum(1 - disorder, 0.0), 0.0)
    whole = float(spread.sum())
    found: NDArray[np.float64] = spread / whole if whole > 0 else np.full(members, 1 / members)
    return found


#: rows at a time: a block of fifty columns stays in the cache
_BLOCK = 1024
