"""Weights from how members vary and go together (CRITIC、主成分): for the audit of a ranking.

Correlations are taken over the units that have both values. Members that tell nobody apart get no
weight. Sources: Diakoulaki, Mavrotas and Papayannakis 1995 (CRITIC); OECD/JRC handbook, step 6, for
weights from principal components.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["correlations", "critic_weights", "pca_weights"]

Table = NDArray[np.float64]


def correlations(scores: Table) -> Table:
    """Pearson correlations of the columns over pairs that are both known; 0 where undefined."""
    known = ~np.isnan(scores)
    members = scores.shape[1]
    if known.all():
        centred = scores - scores.mean(axis=0)
        lengths = np.sqrt((centred**2).sum(axis=0))
        # a column of one value has rounding for a length: its span says whether it varies
        varies = np.ptp(scores, axis=0) > 0
        found = centred.T @ centred
        with np.errstate(divide="ignore", invalid="ignore"):
            found = found / np.outer(lengths, lengths)
        found[~varies, :] = found[:, ~varies] = 0.0
    else:
        found = np.zeros((members, members))
        for first in range(members):
            for second in range(first):
                both = known[:, first] & known[:, second]
                x, y = scores[both, first], scores[both, second]
                if both.sum() > 2 and np.ptp(x) > 0 and np.ptp(y) > 0:
                    found[first, second] = found[second, first] = np.corrcoef(x, y)[0, 1]
    np.fill_diagonal(found, 1.0)
    bounded: Table = np.clip(found, -1.0, 1.0)
    return bounded


def critic_weights(scores: Table) -> NDArray[np.float64]:
    """Standard deviation after min-max times how little a member repeats the others."""
    low, high = _ends(scores)
    span = np.where(high > low, high - low, 1.0)
    shares = (scores - low) / span
    known = ~np.isnan(shares)
    count = np.maximum(known.sum(axis=0), 1)
    mean = np.where(known, shares, 0.0).sum(axis=0) / count
    spread = np.sqrt(
        np.where(known, (shares - mean) ** 2, 0.0).sum(axis=0) / np.maximum(count - 1, 1)
    )
    telling = high > low
    conflict = (1 - correlations(scores)) * telling[None, :]
    return _shares(np.where(telling, spread * conflict.sum(axis=1), 0.0), telling)


def pca_weights(scores: Table) -> NDArray[np.float64]:
    """Squared loadings of the components above the mean eigenvalue, by what they explain."""
    low, high = _ends(scores)
    telling = high > low
    weights = np.zeros(scores.shape[1])
    if telling.any():
        values, vectors = np.linalg.eigh(correlations(scores)[np.ix_(telling, telling)])
        kept = (values >= 1.0) | (values == values.max())
        explained = np.maximum(values[kept], 0.0)
        weights[telling] = (vectors[:, kept] ** 2 * explained).sum(axis=1)
    return _shares(weights, telling)


def _ends(scores: Table) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Least and largest known value a column; a column without any gets zeros."""
    known = ~np.isnan(scores)
    some = known.any(axis=0)
    low = np.where(known, scores, np.inf).min(axis=0, initial=np.inf)
    high = np.where(known, scores, -np.inf).max(axis=0, initial=-np.inf)
    return np.where(some, low, 0.0), np.where(some, high, 0.0)


def _shares(weights: NDArray[np.float64], telling: NDArray[np.bool_]) -> NDArray[np.float64]:
    """1 together; where no column says anything of its own, those that vary get the same."""
    total = float(weights.sum())
    if total > 0:
        shares: NDArray[np.float64] = weights / total
        return shares
    among = telling if telling.any() else np.ones_like(telling)
    alike: NDArray[np.float64] = among / among.sum()
    return alike
