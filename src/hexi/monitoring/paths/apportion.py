"""Rounding so that the sum stays right (最大余数法): largest remainders, ties by name."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

__all__ = ["apportion", "rounded"]


def rounded(value: float, decimals: int) -> Decimal:
    """A figure at so many decimals."""
    return Decimal(repr(float(value))).quantize(
        Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN
    )


def apportion(total: float, shares: Mapping[str, float], decimals: int) -> dict[str, Decimal]:
    """The total cut up in proportion to the shares, each cut printed with so many decimals.

    The cuts add up to the total as printed with so many decimals. Shares are not negative and not
    all zero; raises ValueError otherwise.
    """
    weight = sum((Decimal(repr(float(share))) for share in shares.values()), Decimal(0))
    if weight <= 0 or any(share < 0 for share in shares.values()):
        raise ValueError("shares must not be negative nor all zero")
    step = Decimal(1).scaleb(-decimals)
    whole = rounded(total, decimals)
    exact = {name: whole * Decimal(repr(float(share))) / weight for name, share in shares.items()}
    cuts = {name: value.quantize(step, rounding=ROUND_FLOOR) for name, value in exact.items()}
    left = int((whole - sum(cuts.values(), Decimal(0))) / step)
    by_remainder = sorted(cuts, key=lambda name: (cuts[name] - exact[name], name))
    for name in by_remainder[:left]:
        cuts[name] += step
    return cuts
