"""Periods are runs of months with one written form each."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexi import calendar
from hexi.calendar import Period

months = st.integers(1949 * 12, 2100 * 12)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2020", "year"),
        ("2016-2020", "span"),
        ("2015-12", "month"),
        ("2023-Q1", "quarter"),
        ("2023-H2", "half"),
        ("2023-01/05", "year_to_date"),
        ("2022-11/2023-02", "months"),
    ],
)
def test_each_written_form_has_its_kind(text: str, kind: str) -> None:
    period = calendar.parse(text)
    assert period.kind == kind
    assert str(period) == text


@settings(deadline=None)
@given(months, st.integers(0, 200))
def test_every_run_of_months_round_trips(first: int, more: int) -> None:
    period = Period(first, first + more)
    assert calendar.parse(str(period)) == period


@pytest.mark.parametrize("text", ["", "20", "2015-13", "2023-Q5", "2023-H3", "2020-2016", "十三五"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        calendar.parse(text)


def test_year_to_date_of_a_quarter_is_the_quarter() -> None:
    assert Period.year_to_date(2023, 3) == Period.quarter(2023, 1)
    assert Period.year_to_date(2023, 12) == Period.year(2023)


@pytest.mark.parametrize(
    ("name", "years"),
    [
        ("一五", "1953-1957"),
        ("三五", "1966-1970"),
        ("十五", "2001-2005"),
        ("十一五", "2006-2010"),
        ("“十二五”时期", "2011-2015"),
        ("十三五末", "2016-2020"),
        ("第十四个五年规划和2035年远景目标纲要", "2021-2025"),
        ("十五五", "2026-2030"),
    ],
)
def test_plan_names_give_their_years(name: str, years: str) -> None:
    assert str(calendar.plan_period(name)) == years


@pytest.mark.parametrize("name", ["五年", "十", "三", "规划", "近五年", ""])
def test_other_words_name_no_plan(name: str) -> None:
    assert calendar.plan_number(name) is None


@settings(deadline=None)
@given(st.integers(1, 99))
def test_plan_names_round_trip(number: int) -> None:
    period = calendar.plan_period(number)
    name = calendar.plan_name(period)
    assert name is not None
    assert calendar.plan_number(name) == number


def test_years_of_no_single_plan_have_no_name() -> None:
    assert calendar.plan_name(calendar.parse("2017-2021")) is None
    assert calendar.plan_name(calendar.parse("2016-2019")) is None


def test_growth_years_leave_the_base_year_out() -> None:
    assert calendar.parse("2016-2020").years_after(2015) == 5
    assert calendar.parse("2020").years_after(2015) == 5


def test_parts_of_a_period() -> None:
    plan = calendar.parse("2016-2020")
    assert plan.contains(calendar.parse("2020-12"))
    assert not plan.contains(calendar.parse("2015-12"))
    assert plan.overlaps(calendar.parse("2020-2025"))
    assert not plan.overlaps(calendar.parse("2021"))
    assert (plan.first_year, plan.last_year, plan.years, plan.months) == (2016, 2020, 5, 60)
