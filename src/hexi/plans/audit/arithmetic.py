"""The sum as a person would write it (算式): 327 × 1.188⁵ = 773.8.

Figures appear as printed, computed values with four significant digits, ranges with an en dash.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hexi.plans.audit.gather import Figure
from hexi.quantities.interval import Interval

__all__ = ["amount", "brief", "factor", "power", "rounded", "span_of", "total_of", "with_unit"]

_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def rounded(value: Fraction, decimals: int) -> Decimal:
    """Half away from zero, as official tables round."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def brief(value: Fraction, digits: int = 4) -> str:
    """A computed value with ``digits`` significant digits, never fewer than its whole part."""
    if value == 0:
        return "0"
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    decimals = max(0, digits - 1 - exact.adjusted())
    text = f"{rounded(value, decimals):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(figure: Figure) -> str:
    """The figure as printed (sign kept)."""
    sign = "-" if figure.statement.value < 0 and not figure.printed.startswith("-") else ""
    return sign + figure.printed


def with_unit(figure: Figure) -> str:
    """The figure as printed with its unit."""
    return amount(figure) + figure.unit_name


def factor(rate: Fraction) -> str:
    """1.188 for a growth of 0.188."""
    text = f"{Decimal((1 + rate).numerator) / Decimal((1 + rate).denominator):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def power(exponent: int) -> str:
    """⁵ for 5, nothing for 1."""
    return "" if exponent == 1 else str(exponent).translate(_RAISED)


def span_of(interval: Interval, unit: str = "", digits: int = 4) -> str:
    """771.0–776.6, ≥ 38.5 or ≤ 12, with the unit."""
    tail = f" {unit}" if unit else ""
    if interval.low is None and interval.high is None:
        return ""
    if interval.low is None and interval.high is not None:
        return f"≤ {brief(interval.high, digits)}{tail}"
    if interval.high is None and interval.low is not None:
        return f"≥ {brief(interval.low, digits)}{tail}"
    assert interval.low is not None and interval.high is not None
    if interval.low == interval.high:
        return f"{brief(interval.low, 12)}{tail}"
    return f"{brief(interval.low, digits)}–{brief(interval.high, digits)}{tail}"


def total_of(parts: Iterable[Figure], unit: Fraction, limit: int = 12) -> str:
    """97.17 + 32.59, each in the unit of the whole."""
    written = [amount(p) if p.factor == unit else brief(p.exact / unit, 12) for p in parts]
    if len(written) > limit:
        written = [*written[: limit - 1], "…", written[-1]]
    return " + ".join(written)
