"""Ranks of many draws at once (批量名次), best first, ties at the better place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Places", "Spread", "empty_places", "places_of", "spread_of"]

Places = NDArray[np.uint16] | NDArray[np.int32]

#: beyond this many units two passes over sixteen bits beat a comparison sort
_WIDE = 20_000
#: units at a time when draws are sorted by unit
_UNITS = 2048


def empty_places(draws: int, units: int) -> Places:
    """Room for ranks, (draws, units), in the smallest numbers that hold them."""
    if units < 65536:
        return np.empty((draws, units), dtype=np.uint16)
    return np.empty((draws, units), dtype=np.int32)


def places_of(scores: NDArray[np.float32], into: Places) -> None:
    """Ranks from 1 of every row of (draws, units), written into an array of that shape."""
    units = scores.shape[1]
    numbers = np.arange(1, units + 1, dtype=into.dtype)
    orders = np.argsort(-scores, axis=1) if units < _WIDE else map(_best_first, scores)
    for draw, order in enumerate(orders):
        ordered = scores[draw, order]
        again = ordered[1:] == ordered[:-1]
        if again.any():
            own = numbers.copy()
            own[1:][again] = 0
            into[draw, order] = np.maximum.accumulate(own)
        else:
            into[draw, order] = numbers


def _best_first(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """Order of one long row, in two passes over sixteen bits."""
    # an IEEE number orders as its bits do once the sign is turned
    bits = (np.float32(0) - scores).view(np.int32)
    keys = (bits ^ ((bits >> 31) | np.int32(-(2**31)))).view(np.uint32)
    order = np.argsort(keys.astype(np.uint16), kind="stable")
    high = (keys >> 16).astype(np.uint16)[order]
    found: NDArray[np.int64] = order[np.argsort(high, kind="stable")]
    return found


@dataclass(frozen=True, eq=False)
class Spread:
    """Ranks of every unit over the draws: at the low and high share, in the middle, at the ends."""

    low: NDArray[np.int64]
    high: NDArray[np.int64]
    median: NDArray[np.int64]
    #: share of the draws among the top, and behind the last place that is not the bottom
    p_top: NDArray[np.float64]
    p_bottom: NDArray[np.float64]


def spread_of(
    places: Places, top: int, last: NDArray[np.int64], *, low: float = 0.05, high: float = 0.95
) -> Spread:
    """``top``: places that are top; ``last``: (units,), places before the bottom."""
    draws, units = places.shape
    at = [int(low * (draws - 1)), int(np.ceil(high * (draws - 1))), draws // 2]
    found = np.empty((3, units), dtype=np.int64)
    shares = np.empty((2, units))
    for start in range(0, units, _UNITS):
        part = slice(start, min(start + _UNITS, units))
        ordered = np.sort(np.ascontiguousarray(places[:, part].T), axis=1)
        found[:, part] = ordered[:, at].T
        shares[0, part] = (ordered <= top).mean(axis=1)
        shares[1, part] = (ordered > last[part, None]).mean(axis=1)
    return Spread(*found, *shares)
