"""Weights (赋权): the scheme's own figures, or what the data say; every row adds to 1."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.scheme.nouns import Weighting

__all__ = ["weigh"]


def weigh(
    how: Weighting, scores: NDArray[np.float64], own: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Weights of a group's members for every unit. ``own``: the scheme's, by unit."""
    if how == "given":
        found = own
    elif how == "equal":
        found = np.ones_like(own)
    else:
        raise ValueError(f"no weights of this kind: {how}")
    total = found.sum(axis=1, keepdims=True)
    weights: NDArray[np.float64] = found / np.where(total > 0, total, 1.0)
    return weights
