"""Interval arithmetic holds every value that the parts can have."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexi.quantities.interval import Interval, hull_of, point

small = st.fractions(min_value=-50, max_value=50, max_denominator=20)


@st.composite
def interval_and_member(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    member = draw(small)
    low = draw(st.none() | small.filter(lambda x: x <= 50).map(lambda x: member - abs(x)))
    high = draw(st.none() | small.map(lambda x: member + abs(x)))
    return Interval(low, high), member


@settings(deadline=None)
@given(interval_and_member(), interval_and_member())
def test_operations_hold_the_result_of_any_members(
    left: tuple[Interval, Fraction], right: tuple[Interval, Fraction]
) -> None:
    (a, x), (b, y) = left, right
    assert (a + b).contains(x + y)
    assert (a - b).contains(x - y)
    assert (a * b).contains(x * y)
    if y != 0:
        assert (a / b).contains(x / y)


@settings(deadline=None)
@given(interval_and_member(), st.integers(0, 6))
def test_powers_hold_the_power_of_any_member(
    pair: tuple[Interval, Fraction], exponent: int
) -> None:
    interval, member = pair
    assert (interval**exponent).contains(member**exponent)
    if member != 0:
        assert (interval**-exponent).contains(1 / member**exponent)


@settings(deadline=None)
@given(interval_and_member(), interval_and_member())
def test_meeting_and_hull_agree(
    left: tuple[Interval, Fraction], right: tuple[Interval, Fraction]
) -> None:
    (a, x), (b, y) = left, right
    common = a.meet(b)
    assert (common is not None) == a.meets(b) == b.meets(a)
    hull = a.hull(b)
    assert hull.contains(a) and hull.contains(b) and x in hull and y in hull
    if common is not None:
        assert a.contains(common) and b.contains(common)


@settings(deadline=None)
@given(interval_and_member(), interval_and_member())
def test_addition_and_multiplication_commute(
    left: tuple[Interval, Fraction], right: tuple[Interval, Fraction]
) -> None:
    assert left[0] + right[0] == right[0] + left[0]
    assert left[0] * right[0] == right[0] * left[0]


@settings(deadline=None)
@given(st.fractions(0, 10**6, max_denominator=1000), st.integers(1, 12))
def test_a_root_is_rounded_outwards(value: Fraction, degree: int) -> None:
    root = point(value).root(degree)
    assert (root**degree).contains(value)
    assert root.low is not None and root.high is not None
    assert root.high - root.low <= Fraction(1, 10**12)


def test_growth_of_five_years_as_a_planner_computes_it() -> None:
    base, rate = (
        Interval(Fraction("326.5"), Fraction("327.5")),
        Interval(Fraction("1.1875"), Fraction("1.1885")),
    )
    target = base * rate**5
    assert target.low is not None and target.high is not None
    assert (round(target.low, 1), round(target.high, 1)) == (Fraction("771.0"), Fraction("776.6"))
    assert not target.contains(780)


def test_division_through_zero_is_unbounded() -> None:
    assert 1 / Interval(Fraction(-1), Fraction(1)) == Interval(None, None)
    assert 1 / Interval(Fraction(0), Fraction(2)) == Interval(Fraction(1, 2), None)
    with pytest.raises(ZeroDivisionError):
        1 / point(0)


def test_ends_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="out of order"):
        Interval(Fraction(2), Fraction(1))


def test_hull_of_several() -> None:
    assert hull_of([point(3), point(1), point(2)]) == Interval(Fraction(1), Fraction(3))
