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
    power = 10**decimals
    factor = float(scale * power)
    bounds = pc.min_max(column).as_py()
    least, most = bounds["min"] or 0.0, bounds["max"] or 0.0
    signed = least < 0
    size = pc.abs(column) if signed else column
    if rounding == "half_up" and max(-least, most) * factor * share + floor <= _MOST_NOISE:
        # the same in fewer passes: noise is part of the factor
        whole = pc.floor(pc.add(pc.multiply(size, factor * (1 + share)), 0.5 + floor))
    else:
        whole = _whole(pc.multiply(size, factor), share, floor, rounding)
    if not signed:
        return pc.divide(whole, float(power))
    # plus zero: nothing prints as minus zero
    return pc.add(pc.divide(pc.multiply(pc.sign(column), whole), float(power)), 0.0)


def _whole(size: pa.Array, share: float, floor: float, rounding: str) -> pa.Array:
    """Sizes in units of the last decimal as whole numbers; noise never passes a thousandth."""
    noise = pc.add(pc.multiply(size, share), floor)
    noise = pc.min_element_wise(noise, _MOST_NOISE, skip_nulls=False)
    if rounding == "half_up":
        return pc.floor(pc.add(pc.add(size, noise), 0.5))
    low = pc.floor(size)
    tie = pc.less_equal(pc.abs(pc.subtract(pc.subtract(size, low), 0.5)), noise)
    odd = pc.subtract(low, pc.multiply(2.0, pc.floor(pc.divide(low, 2.0))))
    return pc.if_else(tie, pc.add(low, odd), pc.floor(pc.add(size, 0.5)))
