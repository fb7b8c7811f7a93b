"""Student's t on whole columns (t 分布): chance and quantile, as short series have heavy tails.

The chance is the regularised incomplete beta function by its continued fraction (Lentz's method;
Press et al., *Numerical Recipes*, 6.4), the quantile is found by Newton's steps. NumPy alone.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["cdf", "quantile", "survival"]

F = NDArray[np.float64]

_TINY = 1e-300
_ROUNDS = 200
#: beyond this many degrees of freedom t is the normal distribution to seven digits
_MANY = 1e6


def cdf(value: ArrayLike, df: ArrayLike) -> F:
    """Chance that a t variable with ``df`` degrees of freedom is at most ``value``."""
    x, free = np.broadcast_arrays(np.asarray(value, float), np.asarray(df, float))
    tail = _tail(np.abs(x), np.minimum(free, _MANY))
    return np.where(np.isnan(x), np.nan, np.where(x > 0, 1 - tail, tail))


def survival(value: ArrayLike, df: ArrayLike) -> F:
    """Chance that it is more than ``value``; exact far out, where 1 − cdf is not."""
    return cdf(-np.asarray(value, float), df)


def quantile(level: ArrayLike, df: ArrayLike) -> F:
    """Value that a t variable stays below with the chance ``level``, 0 < level < 1."""
    p, free = np.broadcast_arrays(np.asarray(level, float), np.asarray(df, float))
    pairs, back = np.unique(np.stack([p.ravel(), free.ravel()]), axis=1, return_inverse=True)
    found = np.array([_quantile(*pair) for pair in pairs.T.tolist()])
    return np.asarray(found[back.ravel()].reshape(p.shape), float)


@lru_cache(maxsize=4096)
def _quantile(level: float, df: float) -> float:
    """Newton's steps from the middle; above it the chance is concave, so none overshoots."""
    if level == 0.5:
        return 0.0
    if level < 0.5:
        return -_quantile(1 - level, df)
    top = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(df * math.pi)
    x = 0.0
    for _ in range(_ROUNDS):
        density = top * (1 + x * x / df) ** (-(df + 1) / 2)
        step = (level - float(cdf(x, df))) / density
        x += step
        if abs(step) <= 1e-13 * max(x, 1.0):
            break
    return x


def _tail(x: F, df: F) -> F:
    """Half of I_w(df/2, 1/2) with w = df/(df + x²)."""
    square = np.minimum(np.abs(x), 1e150) ** 2
    a, half = df / 2, np.full(df.shape, 0.5)
    w, rest = df / (df + square), square / (df + square)
    swap = w > (a + 1) / (a + 2.5)
    first, second = np.where(swap, half, a), np.where(swap, a, half)
    inside = np.where(swap, rest, w)
    with np.errstate(divide="ignore", invalid="ignore"):
        front = np.exp(
            a * np.log(w)
            + 0.5 * np.log(rest)
            + _log_gamma(a + 0.5)
            - _log_gamma(a)
            - _log_gamma(half)
        )
    part = np.where(inside > 0, front / first * _fraction(first, second, inside), 0.0)
    return np.asarray(0.5 * np.clip(np.where(swap, 1 - part, part), 0, 1), float)


def _fraction(a: F, b: F, x: F) -> F:
    """The continued fraction of the incomplete beta function."""
    c = np.ones(x.shape)
    d = _away(1 - (a + b) * x / (a + 1))
    d = 1 / d
    total = d.copy()
    for m in range(1, _ROUNDS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = 1 / _away(1 + even * d), _away(1 + even / c)
        total = total * (d * c)
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1 / _away(1 + odd * d), _away(1 + odd / c)
        step = d * c
        total = total * step
        if not (np.abs(step - 1) > 1e-15).any():
            break
    return total


def _away(value: F) -> F:
    return np.where(np.abs(value) < _TINY, _TINY, value)


def _log_gamma(x: F) -> F:
    """ln Γ by Stirling's series, after moving the argument beyond nine."""
    moved = np.zeros(x.shape)
    for _ in range(9):
        small = x < 9
        moved = moved - np.where(small, np.log(x), 0.0)
        x = np.where(small, x + 1, x)
    square = x * x
    series = (1 - (1 / 30 - (1 / 105 - (1 / 140 - 1 / 99 / square) / square) / square) / square) / (
        12 * x
    )
    return np.asarray(moved + (x - 0.5) * np.log(x) - x + 0.5 * np.log(2 * np.pi) + series, float)
