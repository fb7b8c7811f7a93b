"""The clock: days that another calendar gives, pauses, and what must always hold.

Deadlines counted by hand stand in ``hand_counted.csv``.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.calendar.clock import Limit, Pause, deadline, used_days
from hexi.calendar.working_days import is_working_day, nth_working_day

# Days that another package's calendar (chinesecalendar, MIT) gives for the same limits, 2020-2026.
CASES = list(
    csv.DictReader(Path(__file__).with_name("deadlines.csv").open(encoding="utf-8", newline=""))
)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['received']}+{case['days']}")
def test_a_limit_ends_on_the_day_that_another_calendar_gives(case: dict[str, str]) -> None:
    pauses = [Pause(*map(day, span.split("/"))) for span in case["pauses"].split()]
    found = deadline(day(case["received"]), Limit(int(case["days"])), pauses)
    assert found.day == day(case["due"])


def test_there_are_two_hundred_cases_and_pauses_among_them() -> None:
    assert len(CASES) >= 200
    assert sum(bool(case["pauses"]) for case in CASES) >= 40


@pytest.mark.parametrize(
    ("received", "days", "pauses", "due", "paused"),
    [
        ("2026-03-02", 10, [("2026-03-05", "2026-03-12")], "2026-03-23", 5),
        # overlapping pauses count once
        ("2026-03-02", 10,
         [("2026-03-05", "2026-03-10"), ("2026-03-09", "2026-03-12")], "2026-03-23", 5),
        # a pause over days that are off takes nothing
        ("2026-09-28", 3, [("2026-10-01", "2026-10-08")], "2026-10-08", 0),
        # a pause of no length, and one after the last day
        ("2026-03-02", 5, [("2026-03-04", "2026-03-04")], "2026-03-09", 0),
        ("2026-03-02", 5, [("2026-03-10", "2026-04-01")], "2026-03-09", 0),
        # begun before receipt
        ("2026-03-02", 2, [("2026-02-20", "2026-03-04")], "2026-03-05", 1),
        # a worked Saturday is paused like any day
        ("2026-02-13", 1, [("2026-02-14", "2026-02-15")], "2026-02-24", 1),
    ],
)  # fmt: skip
def test_what_is_paused_does_not_count(
    received: str, days: int, pauses: list[tuple[str, str]], due: str, paused: int
) -> None:
    spans = [Pause(day(first), day(until)) for first, until in pauses]
    found = deadline(day(received), Limit(days), spans)
    assert (found.day, found.paused) == (day(due), paused)


def test_a_pause_that_goes_on_leaves_the_day_open_unless_all_days_are_used() -> None:
    paused = [Pause(date(2026, 3, 5), None, "专家评审")]
    assert deadline(date(2026, 3, 2), Limit(10), paused).day is None
    assert deadline(date(2026, 3, 2), Limit(2), paused).day == date(2026, 3, 4)
    assert used_days(date(2026, 3, 2), date(2026, 3, 31), Limit(10), paused) == 2


def test_plain_days_run_on_days_off_and_the_last_one_moves_on() -> None:
    # Sixty days from 1 August 2025 end on 30 September; from 2 August on 1 October, a day off.
    assert deadline(date(2025, 8, 1), Limit(60, working=False)).day == date(2025, 9, 30)
    assert deadline(date(2025, 8, 2), Limit(60, working=False)).day == date(2025, 10, 9)
    strict = Limit(60, working=False, moves_on=False)
    assert deadline(date(2025, 8, 2), strict).day == date(2025, 10, 1)


def test_the_day_of_receipt_counts_where_the_rule_says_so() -> None:
    at_once = Limit(1, from_receipt=True)
    assert deadline(date(2026, 3, 6), at_once).day == date(2026, 3, 6)
    assert deadline(date(2026, 3, 7), at_once).day == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("received", "days", "announced"),
    [
        ("2026-12-01", 5, True),
        ("2026-12-24", 1, True),
        ("2026-12-24", 3, False),  # 29 December may be named by the notice for 2027
        ("2026-12-24", 10, False),
        ("2019-12-20", 10, False),
        ("2031-05-04", 1, False),
    ],
)
def test_a_day_that_no_notice_settles_is_provisional(
    received: str, days: int, announced: bool
) -> None:
    assert deadline(day(received), Limit(days)).announced is announced


@pytest.mark.parametrize("days", [0, -1, 4000])
def test_a_limit_has_days(days: int) -> None:
    with pytest.raises(ValueError, match="1 to"):
        Limit(days)


def test_a_pause_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="2026-03-05"):
        Pause(date(2026, 3, 5), date(2026, 3, 4))


DAYS = st.dates(date(2020, 1, 1), date(2026, 6, 1))
LIMITS = st.integers(1, 60)
NEAR = st.lists(st.tuples(st.integers(-9, 60), st.integers(0, 30)), max_size=4)


def near(received: date, spans: list[tuple[int, int]]) -> list[Pause]:
    starts = [(received + timedelta(days=first), length) for first, length in spans]
    return [Pause(first, first + timedelta(days=length)) for first, length in starts]


@given(DAYS, LIMITS, NEAR)
def test_exactly_the_limit_is_used_on_the_last_day_and_less_before(
    received: date, days: int, spans: list[tuple[int, int]]
) -> None:
    pauses, limit = near(received, spans), Limit(days)
    due = deadline(received, limit, pauses)
    assert due.day is not None and is_working_day(due.day)
    assert used_days(received, due.day, limit, pauses) == days
    assert used_days(received, due.day - timedelta(days=1), limit, pauses) == days - 1
    assert used_days(received, due.day, limit) == days + due.paused


@given(DAYS, LIMITS, NEAR)
def test_more_days_and_more_pauses_never_end_earlier(
    received: date, days: int, spans: list[tuple[int, int]]
) -> None:
    pauses = near(received, spans)
    due = deadline(received, Limit(days), pauses).day
    assert due is not None
    longer = deadline(received, Limit(days + 1), pauses).day
    assert longer is not None and longer > due
    assert deadline(received, Limit(days), pauses[::-1]).day == due
    without = deadline(received, Limit(days)).day
    assert without is not None and without <= due


@given(DAYS, LIMITS)
def test_without_pauses_it_is_the_working_day_of_that_number(received: date, days: int) -> None:
    plain = nth_working_day(received + timedelta(days=1), days).day
    assert deadline(received, Limit(days)).day == plain


@given(DAYS, LIMITS)
def test_a_pause_of_the_whole_limit_begins_it_anew(received: date, days: int) -> None:
    first = deadline(received, Limit(days)).day
    assert first is not None
    whole = [Pause(received, first + timedelta(days=1))]
    again = deadline(received, Limit(days), whole)
    assert again.day == deadline(first, Limit(days)).day
    assert again.paused == days
