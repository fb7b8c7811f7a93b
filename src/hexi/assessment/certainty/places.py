"""Ranks of many draws at once (批量名次), best first, ties at the better place."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["Places", "empty_places", "interval", "places_of"]

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
    order = _best_first(scores)
    for draw, row in enumerate(order):
        ordered = scores[draw, row]
        again = ordered[1:] == ordered[:-1]
        if again.any():
            own = numbers.copy()
            own[1:][again] = 0
            into[draw, row] = np.maximum.accumulate(own)
        else:
            into[draw, row] = numbers


def _best_first(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    if scores.shape[1] < _WIDE:
        return np.argsort(-scores, axis=1)
    # an IEEE number orders as its bits do once the sign is turned
    bits = (np.float32(0) - scores).view(np.int32)
    keys = (bits ^ ((bits >> 31) | np.int32(-(2**31)))).view(np.uint32)
    order = np.argsort(keys.astype(np.uint16), axis=1, kind="stable")
    high = np.take_along_axis((keys >> 16).astype(np.uint16), order, axis=1)
    return np.take_along_axis(order, np.argsort(high, axis=1, kind="stable"), axis=1)


def interval(
    places: Places, low: float, high: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Rank of every unit at the low and high share of the draws, and in the middle."""
    draws, units = places.shape
    at = (int(low * (draws - 1)), draws // 2, int(np.ceil(high * (draws - 1))))
    found = np.empty((3, units), dtype=np.int64)
    for start in range(0, units, _UNITS):
        ordered = np.sort(np.ascontiguousarray(places[:, start : start + _UNITS].T), axis=1)
        found[:, start : start + _UNITS] = ordered[:, at].T
    return found[0], found[2], found[1]
