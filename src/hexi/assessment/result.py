"""What a run gives (考核结果): every step for every unit, so that each score can be followed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.data.matrix import Matrix
from hexi.assessment.scheme.nouns import Scheme

__all__ = ["PointsGiven", "Remark", "Result"]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a reader must know (说明): a value put in, an outlier cut, a constant column."""

    code: str
    text: str
    text_en: str
    #: unit and item concerned; empty: all
    unit: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class PointsGiven:
    """Bonus, penalty or veto of one unit."""

    unit: str
    matter: str
    points: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Result:
    """Arrays are (units, items) or (units, nodes); rows in the order of the matrix.

    ``ranks`` count from 1 for the best, ties share the better place; 0 is not rated.
    """

    scheme: Scheme
    matrix: Matrix
    #: ids of the items and of the groups, outermost group first
    items: tuple[str, ...]
    nodes: tuple[str, ...]
    #: after denominators, treatment and what was put in for missing values
    treated: NDArray[np.float64]
    #: scores of the items
    normalised: NDArray[np.float64]
    #: weight of every item in the whole, by unit: 1 altogether among those that count
    weights: NDArray[np.float64]
    #: normalised × weight; sums to the score where all groups are arithmetic, else NaN
    contributions: NDArray[np.float64]
    #: scores of the groups
    groups: NDArray[np.float64]
    #: before and after bonus, penalty and veto
    base: NDArray[np.float64]
    scores: NDArray[np.float64]
    rated: NDArray[np.bool_]
    ranks: NDArray[np.int64]
    #: attribute → ranks inside the unit's class
    class_ranks: dict[str, NDArray[np.int64]]
    grades: tuple[str, ...]
    points: tuple[PointsGiven, ...]
    remarks: tuple[Remark, ...]

    @property
    def year(self) -> int:
        """The year assessed."""
        return self.matrix.years[-1]

    def place(self, unit: str) -> int:
        """Row of a unit; ValueError for an unknown one."""
        if unit not in self.matrix.units:
            raise ValueError(f"{unit}: nobody of that id is assessed")
        return self.matrix.units.index(unit)
