"""What a place could take up next (产业培育建议): near industries that it does not have, and why.

An industry is near where much of its neighbourhood is there already (density, the industry itself
left out); the neighbours that carry it are named with their share, so that the advice can be
checked. Complexity and outlook say whether it is worth it; they decide nothing here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hexi.chains.relatedness import Relatedness

__all__ = ["Candidate", "Neighbour", "candidates_of"]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An industry of the place that lies near the candidate."""

    industry: str
    proximity: float
    #: part of the candidate's density that comes from it, 0 to 1
    share: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """An industry that the place is not specialised in yet."""

    industry: str
    density: float
    #: RCA now: what is there below the threshold; None where the table has nothing of it
    rca: float | None
    #: None where no complexity can be told
    complexity: float | None
    gain: float | None
    because: tuple[Neighbour, ...]


def candidates_of(
    found: Relatedness, place: int, industries: Sequence[str], *, most: int = 20, reasons: int = 4
) -> tuple[Candidate, ...]:
    """Industries that a place lacks, the nearest first; ties by code.

    Args:
        found: worked out with ``own=False``, so that present and absent compare fairly.
        place: row of the table.
    """
    here = found.present[place] > 0
    order = sorted(
        np.flatnonzero(~here & (found.density[place] > 0)).tolist(),
        key=lambda industry: (-found.density[place, industry], industries[industry]),
    )
    return tuple(
        Candidate(
            industries[one],
            float(found.density[place, one]),
            _known(found.rca[place, one]),
            _known(found.pci[one]),
            _known(found.cog[place, one]) if found.connected else None,
            _because(found.proximity[:, one], here, one, industries, reasons),
        )
        for one in order[:most]
    )


def _because(
    near: NDArray[np.float64],
    here: NDArray[np.bool_],
    candidate: int,
    industries: Sequence[str],
    most: int,
) -> tuple[Neighbour, ...]:
    carried = np.where(here, near, 0.0)
    carried[candidate] = 0.0
    total = carried.sum()
    first = sorted(np.flatnonzero(carried).tolist(), key=lambda one: (-carried[one], one))
    return tuple(
        Neighbour(industries[one], float(near[one]), float(carried[one] / total))
        for one in first[:most]
    )


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
