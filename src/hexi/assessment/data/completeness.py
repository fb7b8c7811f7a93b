"""What is missing from the data of an assessment (完整性): by item, by unit, gap by gap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hexi.assessment.data.matrix import Matrix
from hexi.assessment.scheme.nouns import Scheme

__all__ = ["Completeness", "Present", "completeness"]


@dataclass(frozen=True, slots=True)
class Present:
    """How many of the values that should be there are there."""

    id: str
    present: int
    of: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.present / self.of if self.of else 1.0


@dataclass(frozen=True, slots=True)
class Completeness:
    """Of the year assessed, in the order of the scheme and of the matrix."""

    items: tuple[Present, ...]
    units: tuple[Present, ...]
    #: (unit, item) of every value that is missing
    gaps: tuple[tuple[str, str], ...]
    #: items with one value for all: they tell nobody apart
    constant: tuple[str, ...]

    @property
    def share(self) -> float:
        """Of all values, from 0 to 1."""
        of = sum(one.of for one in self.items)
        return sum(one.present for one in self.items) / of if of else 1.0


def completeness(scheme: Scheme, matrix: Matrix) -> Completeness:
    """What there is of what the scheme asks for."""
    items = [item.id for item in scheme.items()]
    values = matrix.chosen(items)[-1]
    known = ~np.isnan(values)
    rows, columns = np.nonzero(~known)
    return Completeness(
        tuple(
            Present(item, int(known[:, at].sum()), len(matrix.units))
            for at, item in enumerate(items)
        ),
        tuple(
            Present(unit, int(known[at].sum()), len(items)) for at, unit in enumerate(matrix.units)
        ),
        tuple(
            (matrix.units[row], items[column])
            for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        ),
        tuple(
            item
            for at, item in enumerate(items)
            if known[:, at].sum() > 1 and np.ptp(values[known[:, at], at]) == 0
        ),
    )
