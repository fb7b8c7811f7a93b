"""Rounding of published figures (四舍五入): the decimals that are printed, the same everywhere.

``half_up`` rounds half away from zero, as Chinese statistics are printed; ``half_even`` rounds half
to the even digit. A quotient of doubles that should be a tie can lie a hair beside it, so a figure
within the noise of its own arithmetic counts as the tie; sums are exact and need next to nothing.
All engines' answers pass through the one function here, so they are printed the same.
"""

from __future__ import annotations

from fractions import Fraction

import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["rounded", "rounded_column"]

#: share of the figure that arithmetic may be off by, and a floor for what was subtracted
_EXACT = 2e-15, 0.0
_QUOTIENT = 4e-15, 1e-11
_MOST_NOISE = 1e-3


def rounded(value: Fraction, decimals: int, rounding: str) -> Fraction:
    """The exact value as printed."""
    scale = 10**decimals
    size = abs(value) * scale
    whole = size.numerator // size.denominator
    rest = size - whole
    half = Fraction(1, 2)
    up = rest > half or (rest == half and (rounding == "half_up" or whole % 2 == 1))
    printed = Fraction(whole + up, scale)
    return printed if value >= 0 else -printed


def rounded_column(
    column: pa.Array, scale: Fraction, decimals: int, rounding: str, *, exact: bool
) -> pa.Array:
    """Doubles multiplied by ``scale`` and rounded; ``exact`` where they came from sums alone.

    Each answer is the double nearest to the printed decimal; null stays null.
    """
    share, floor = _EXACT if exact else _QUOTIENT
    power = float(10**decimals)
    value = column if scale == 1 else pc.multiply(column, float(scale.numerator))
    if scale.denominator != 1:
        value = pc.divide(value, float(scale.denominator))
    bounds = pc.min_max(value).as_py()
    signed = bounds["min"] is not None and bounds["min"] < 0
    size = pc.multiply(pc.abs(value) if signed else value, power)
    greatest = max(-(bounds["min"] or 0.0), bounds["max"] or 0.0) * power
    noise = pc.add(pc.multiply(size, share), floor)
    if greatest * share + floor > _MOST_NOISE:
        noise = pc.min_element_wise(noise, _MOST_NOISE, skip_nulls=False)
    if rounding == "half_up":
        whole = pc.floor(pc.add(pc.add(size, noise), 0.5))
    else:
        low = pc.floor(size)
        rest = pc.subtract(size, low)
        tie = pc.less_equal(pc.abs(pc.subtract(rest, 0.5)), noise)
        odd = pc.subtract(low, pc.multiply(2.0, pc.floor(pc.divide(low, 2.0))))
        even = pc.add(low, odd)
        whole = pc.if_else(tie, even, pc.floor(pc.add(size, 0.5)))
    if not signed:
        return pc.divide(whole, power)
    # plus zero: nothing prints as minus zero
    return pc.add(pc.divide(pc.multiply(pc.sign(value), whole), power), 0.0)
