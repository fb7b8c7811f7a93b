"""Analytic hierarchy process (层次分析法): weights from pairwise judgements, and how consistent.

Source: Saaty 1980: principal eigenvector of the reciprocal matrix; the consistency ratio compares
its index with that of random matrices, and judgements above 0.1 are given back to be thought over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["MOST_INCONSISTENT", "Judged", "judged"]

MOST_INCONSISTENT = 0.1
#: mean index of random reciprocal matrices of 1, 2, 3 … members (Saaty)
_RANDOM = (0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)


@dataclass(frozen=True, eq=False)
class Judged:
    """Weights, and the consistency ratio (一致性比率) of the judgements."""

    weights: NDArray[np.float64]
    ratio: float

    @property
    def consistent(self) -> bool:
        """True where the judgements may be used."""
        return self.ratio <= MOST_INCONSISTENT


def judged(rows: Sequence[Sequence[float]]) -> Judged:
    """Weights of a reciprocal matrix of judgements, a row a member; ValueError for another."""
    matrix = np.array(rows, dtype=float)
    size = len(matrix)
    if matrix.shape != (size, size) or not size or not (matrix > 0).all():
        raise ValueError("judgements are a square matrix of positive numbers")
    if not np.allclose(matrix * matrix.T, 1.0, atol=0.02):
        raise ValueError("judgements are not reciprocal")
    values, vectors = np.linalg.eig(matrix)
    first = int(np.argmax(values.real))
    vector = np.abs(vectors[:, first].real)
    index = (float(values[first].real) - size) / (size - 1) if size > 1 else 0.0
    random = _RANDOM[min(size, len(_RANDOM)) - 1]
    ratio = max(index, 0.0) / random if random else 0.0
    return Judged(vector / vector.sum(), ratio)
