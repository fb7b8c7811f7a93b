"""Working days: holidays, weekends that are worked instead, and years not announced."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hexi.calendar.working_days import (
    announced_years,
    is_working_day,
    nth_working_day,
    source_of,
    working_days_between,
)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 1, 4), True),  # a Sunday worked for New Year
        (date(2026, 2, 23), False),  # the last day of the Spring Festival, a Monday
        (date(2026, 2, 28), True),
        (date(2020, 1, 31), False),  # the Spring Festival of 2020 was extended
        (date(2020, 2, 1), False),
        (date(2022, 12, 31), False),  # named by the notice for 2023, a Saturday
        (date(2023, 12, 30), False),
        (date(2024, 2, 9), True),  # New Year's Eve: only encouraged
        (date(2025, 10, 8), False),
        (date(2025, 10, 11), True),
    ],
)
def test_a_day_is_as_the_notice_says(day: date, worked: bool) -> None:
    assert is_working_day(day) is worked


def test_every_year_has_its_notice_and_the_usual_number_of_working_days() -> None:
    assert announced_years() == tuple(range(2020, 2027))
    for year in announced_years():
        days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
        assert source_of(year).startswith("国办发明电〔")
        assert 244 <= sum(map(is_working_day, days)) <= 252, year


def test_worked_days_are_weekends_and_holidays_are_not_worked() -> None:
    for year in announced_years():
        for n in range(366):
            day = date(year, 1, 1) + timedelta(days=n)
            if day.weekday() >= 5 and is_working_day(day):
                around = [day + timedelta(days=d) for d in range(-12, 13)]
                assert any(d.weekday() < 5 and not is_working_day(d) for d in around), day


def test_counting_begins_with_the_first_day_where_it_is_worked() -> None:
    assert nth_working_day(date(2026, 3, 2), 1).day == date(2026, 3, 2)
    assert nth_working_day(date(2025, 10, 1), 1).day == date(2025, 10, 9)
    with pytest.raises(ValueError, match="from 1"):
        nth_working_day(date(2026, 3, 2), 0)


def test_a_year_not_announced_knows_weekends_only_and_says_so() -> None:
    found = nth_working_day(date(2031, 10, 1), 1)
    assert (found.day, found.announced) == (date(2031, 10, 1), False)
    assert not nth_working_day(date(2026, 12, 31), 2).announced
    assert source_of(2031) == ""


def test_days_between_count_to_the_end_and_backwards() -> None:
    assert working_days_between(date(2026, 3, 6), date(2026, 3, 9)) == 1
    assert working_days_between(date(2026, 3, 9), date(2026, 3, 6)) == -1
    assert working_days_between(date(2026, 3, 9), date(2026, 3, 9)) == 0
