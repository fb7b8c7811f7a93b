"""Rounding: exact decimals in, the printed decimal out, ties as declared, no noise of doubles."""

from __future__ import annotations

from fractions import Fraction

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.statistics.indicators.rounding import rounded, rounded_column


def column(values: list[Fraction | None], decimals: int, rounding: str, *, exact: bool) -> list:
    doubles = pa.array([None if v is None else float(v) for v in values], pa.float64())
    return rounded_column(doubles, Fraction(1), decimals, rounding, exact=exact).to_pylist()


@pytest.mark.parametrize(
    ("text", "decimals", "up", "even"),
    [
        ("2.675", 2, 2.68, 2.68),
        ("2.665", 2, 2.67, 2.66),
        ("-2.665", 2, -2.67, -2.66),
        ("1.005", 2, 1.01, 1.0),
        ("0.5", 0, 1.0, 0.0),
        ("2.5", 0, 3.0, 2.0),
        ("-0.004", 2, 0.0, 0.0),
        ("123456789012.3449", 2, 123456789012.34, 123456789012.34),
        ("99999999999.995", 2, 100000000000.0, 100000000000.0),
    ],
)
def test_ties_go_as_declared(text: str, decimals: int, up: float, even: float) -> None:
    value = Fraction(text)
    assert column([value, None], decimals, "half_up", exact=True) == [up, None]
    assert column([value, None], decimals, "half_even", exact=True) == [even, None]
    assert float(rounded(value, decimals, "half_up")) + 0.0 == up
    assert float(rounded(value, decimals, "half_even")) + 0.0 == even


def test_nothing_prints_as_minus_zero() -> None:
    printed = column([Fraction(-1, 1000), Fraction(-1)], 2, "half_up", exact=True)[0]
    assert str(printed) == "0.0"


@given(
    st.lists(st.decimals(-(10**11), 10**11, places=4), min_size=1, max_size=20),
    st.integers(0, 3),
    st.sampled_from(["half_up", "half_even"]),
)
def test_a_sum_is_rounded_as_the_exact_decimal_is(
    values: list, decimals: int, rounding: str
) -> None:
    exact = [Fraction(v) for v in values]
    wanted = [float(rounded(v, decimals, rounding)) + 0.0 for v in exact]
    assert column(exact, decimals, rounding, exact=True) == wanted


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6), st.integers(0, 3))
def test_a_quotient_is_rounded_as_the_exact_fraction_is(
    top: int, bottom: int, decimals: int
) -> None:
    quotient = pa.array([top / bottom])
    found = rounded_column(quotient, Fraction(1), decimals, "half_up", exact=False)
    assert found[0].as_py() == float(rounded(Fraction(top, bottom), decimals, "half_up")) + 0.0
