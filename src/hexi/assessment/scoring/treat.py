"""Outliers (异常值处理): winsorise first, then transform, only where skew and kurtosis both say so.

Method of the OECD/JRC handbook (step 3) as the R package COINr carries it out: values at an end are
drawn in to the next one, one by one and at most so many, until skewness and kurtosis are inside
their bounds; where that is not enough, the column as it came is transformed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.scheme.nouns import Treatment

__all__ = ["is_outlying", "kurtosis", "skewness", "treat"]

Column = NDArray[np.float64]


def skewness(values: Column) -> float:
    """Sample skewness G1 (adjusted for n); 0 with fewer than three values or none that differ."""
    x = values[~np.isnan(values)]
    n, spread = x.size, float(x.std()) if x.size else 0.0
    if n < 3 or not spread > 0:
        return 0.0
    plain = float(((x - x.mean()) ** 3).mean()) / spread**3
    return plain * float(np.sqrt(n * (n - 1))) / (n - 2)


def kurtosis(values: Column) -> float:
    """Sample excess kurtosis G2 (adjusted for n); 0 with fewer than four values."""
    x = values[~np.isnan(values)]
    n, spread = x.size, float(x.std()) if x.size else 0.0
    if n < 4 or not spread > 0:
        return 0.0
    plain = float(((x - x.mean()) ** 4).mean()) / spread**4 - 3
    return (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * plain + 6)


def is_outlying(values: Column, by: Treatment) -> bool:
    """Both above their bounds: a few far values, not merely a skewed column."""
    return abs(skewness(values)) > by.skew and kurtosis(values) > by.kurtosis


def treat(values: Column, by: Treatment) -> tuple[Column, int, str]:
    """The column, how many values were drawn in, and the transformation used (empty: none)."""
    if not (by.winsorise or by.transform) or not is_outlying(values, by):
        return values, 0, ""
    drawn = values.copy()
    for count in range(1, by.winsorise + 1):
        drawn = _draw_in(drawn)
        if not is_outlying(drawn, by):
            return drawn, count, ""
    if by.transform == "log":
        return _log(values), 0, "log"
    if by.transform == "boxcox":
        return _box_cox(values), 0, "boxcox"
    return drawn, by.winsorise, ""


def _draw_in(values: Column) -> Column:
    """The outermost values of the longer tail take the value of the next one."""
    known = np.unique(values[~np.isnan(values)])
    if known.size < 2:
        return values
    found = values.copy()
    if skewness(values) > 0:
        found[values == known[-1]] = known[-2]
    else:
        found[values == known[0]] = known[1]
    return found


def _log(values: Column) -> Column:
    """Logarithm after a shift that puts the least value at a hundredth of the range."""
    known = values[~np.isnan(values)]
    low, high = float(known.min()), float(known.max())
    shift = 0.01 * (high - low) - low
    turned = skewness(values) < 0
    if turned:
        # a long lower tail is mirrored, so that the logarithm shortens the right end
        mirrored = high + low - values
        found: Column = -np.log(mirrored + shift)
        return found
    plain: Column = np.log(values + shift)
    return plain


def _box_cox(values: Column) -> Column:
    """Box-Cox transformation with the exponent of greatest likelihood on a grid from -2 to 2."""
    known = values[~np.isnan(values)]
    shift = 0.0 if known.min() > 0 else 0.01 * (known.max() - known.min()) - known.min()
    x = known + shift
    logs = float(np.log(x).sum())

    def likelihood(power: float) -> float:
        y = np.log(x) if power == 0 else (x**power - 1) / power
        return float(-x.size / 2 * np.log(y.var()) + (power - 1) * logs)

    powers = np.round(np.arange(-2, 2.0001, 0.01), 2)
    best = float(powers[int(np.argmax([likelihood(power) for power in powers]))])
    shifted = values + shift
    found: Column = np.log(shifted) if best == 0 else (shifted**best - 1) / best
    return found
