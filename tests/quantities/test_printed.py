"""A printed figure stands for an interval; each mode contains the one before it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexi.quantities import printed
from hexi.quantities.interval import Interval


def between(low: str | None, high: str | None) -> Interval:
    return Interval(
        None if low is None else Fraction(low), None if high is None else Fraction(high)
    )


@pytest.mark.parametrize(
    ("figure", "unit", "bound", "mode", "low", "high"),
    [
        ("22.7", "%", "eq", "strict", "22.65", "22.75"),
        ("21.20", "%", "eq", "strict", "21.195", "21.205"),
        ("3100", "亿元", "ge", "strict", "3099.5", "3100.5"),
        ("3100", "亿元", "ge", "loose", "3050", "3150"),
        ("3100", "亿元", "ge", "bounded", "3050", None),
        ("15", "%", "le", "bounded", None, "15.5"),
        ("100", "亿美元", "approx", "bounded", "95", "105"),
        ("123", "亿元", "approx", "bounded", "116.85", "129.15"),
        ("1080", "个", "eq", "loose", "1080", "1080"),
        ("35", "家", "ge", "bounded", "35", None),
        ("20余", "场", "ge", "bounded", "20", "30"),
        ("10 余", "万人", "ge", "bounded", "9.5", "20"),
        ("20", "平方公里", "eq", "loose", "19", "21"),
        ("20", "亿元", "eq", "strict", "19.5", "20.5"),
        ("2.1", "万人", "eq", "strict", "2.05", "2.15"),
        ("8\ue0106", "亿美元", "eq", "strict", "8.55", "8.65"),
        ("0", "%", "eq", "loose", "-0.5", "0.5"),
        ("三分之一", "倍", "eq", "loose", "1/3", "1/3"),
    ],
)
def test_interval_of_a_printed_figure(
    figure: str, unit: str, bound: str, mode: printed.Mode, low: str | None, high: str | None
) -> None:
    assert printed.interval_of(figure, unit, bound, mode) == between(low, high)


def test_things_counted_in_a_measured_unit_are_exact_when_said_so() -> None:
    assert printed.interval_of("15", "亩", "eq", count=True) == between("15", "15")


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="not a printed number"):
        printed.interval_of("若干", "家", "eq")


@settings(deadline=None)
@given(
    st.decimals(0, 10**7, places=2).map(lambda d: d.normalize()),
    st.sampled_from(["亿元", "%", "家", "万人", "不知名"]),
    st.sampled_from(["eq", "ge", "le", "approx"]),
    st.sampled_from(["", "余"]),
)
def test_modes_widen_in_order(value: Decimal, unit: str, bound: str, more: str) -> None:
    figure = f"{value:f}{more}"
    strict, loose, bounded = (
        printed.interval_of(figure, unit, bound, mode) for mode in ("strict", "loose", "bounded")
    )
    assert strict.contains(Fraction(value))
    assert loose.contains(strict)
    assert bounded.contains(loose)


@settings(deadline=None)
@given(st.fractions(0, 10**5), st.integers(0, 3))
def test_rounding_a_value_prints_a_figure_whose_interval_holds_it(
    value: Fraction, decimals: int
) -> None:
    rounded = Decimal(round(value * 10**decimals)).scaleb(-decimals)
    assert printed.strict(rounded, decimals).contains(value)
