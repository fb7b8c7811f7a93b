"""Clocks, levels, proposals, agenda and coverage (督办规则计算): tables an official can read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.supervision.agenda import OpenProblem, agenda
from hexi.supervision.book import LEVELS
from hexi.supervision.coverage import Host, covered, months_before
from hexi.supervision.ladder import answer_by, next_level, problem_due
from hexi.supervision.lamps import clock_lamp
from hexi.supervision.loading import load_supervision
from hexi.supervision.proposing import Matter, proposed, running_months

BOOK = load_supervision("gansu")
TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("due", "today", "lamp", "left"),
    [
        ("2026-11-27", "2026-11-20", "green", 5),
        ("2026-11-25", "2026-11-20", "green", 3),
        ("2026-11-24", "2026-11-20", "yellow", 2),
        ("2026-11-20", "2026-11-20", "yellow", 0),
        # a weekend after the last day: late, by no working day yet
        ("2026-11-20", "2026-11-21", "red", 0),
        ("2026-11-20", "2026-11-23", "red", -1),
        # over the National Day and a worked Saturday
        ("2026-09-30", "2026-10-10", "red", -3),
    ],
)
def test_a_lamp_by_the_clock(due: str, today: str, lamp: str, left: int) -> None:
    found = clock_lamp(date.fromisoformat(due), date.fromisoformat(today), 2)
    assert (found.lamp, found.left) == (lamp, left)


def test_the_ladder_goes_up_and_ends() -> None:
    assert [next_level(level) for level in LEVELS] == ["yellow", "red", None]
    with pytest.raises(ValueError):
        next_level("green")
    clocks = BOOK.clocks_on(TODAY)
    assert [answer_by(level, TODAY, clocks).day for level in LEVELS] == [
        date(2026, 11, 27), date(2026, 11, 25), date(2026, 11, 24),
    ]  # fmt: skip
    assert not problem_due(date(2026, 12, 25), 10).announced


@pytest.mark.parametrize(
    ("when", "lamp", "length", "rule"),
    [
        ("lamp", "yellow", 1, None),
        ("lamp", "yellow", 2, "lamp-yellow"),
        ("lamp", "yellow", 9, "lamp-yellow"),
        ("lamp", "red", 1, "lamp-red"),
        ("lamp", "red", 2, "lamp-red"),
        ("lamp", "red", 3, "lamp-red-long"),
        ("lamp", "green", 12, None),
        ("problem", "", 0, None),
        ("problem", "", 1, "problem-late"),
        ("problem", "", 9, "problem-late"),
        ("problem", "", 10, "problem-very-late"),
    ],
)
def test_the_strictest_rule_that_fits_proposes(
    when: str, lamp: str, length: int, rule: str | None
) -> None:
    found = proposed(Matter(when, "m", lamp, length), BOOK.proposals_on(TODAY))  # type: ignore[arg-type]
    assert (found.rule.id if found else None) == rule


@pytest.mark.parametrize(
    ("lamps", "lamp", "found"),
    [
        ([], "red", (0, 0)),
        ([(202611, "green")], "red", (0, 0)),
        ([(202610, "red"), (202611, "green")], "red", (0, 0)),
        ([(202609, "red"), (202610, "red"), (202611, "red")], "red", (3, 202609)),
        ([(202609, "yellow"), (202610, "red"), (202611, "red")], "red", (2, 202610)),
        ([(202511, "red"), (202512, "red"), (202601, "red")], "red", (3, 202511)),
        # a month without a lamp breaks the run
        ([(202608, "red"), (202610, "red"), (202611, "red")], "red", (2, 202610)),
    ],
)
def test_months_running(lamps: list[tuple[int, str]], lamp: str, found: tuple[int, int]) -> None:
    assert running_months(lamps, lamp) == found


def problem(number: int, *, late: int = 0, risen: int = 0, answered: bool = False) -> OpenProblem:
    kind = "land" if number % 2 else "tax"
    return OpenProblem(number, kind, TODAY - timedelta(days=late), late, risen, answered)


def test_the_agenda_has_the_worst_first_and_the_answered_last() -> None:
    listed = [
        problem(1), problem(2, late=3), problem(3, late=9), problem(4, late=9, risen=1),
        problem(5, late=20, answered=True),
    ]  # fmt: skip
    assert [one.id for one in agenda(listed)] == [4, 3, 2, 1, 5]
    assert [one.id for one in agenda(listed, kinds=frozenset({"land"}))] == [3, 1, 5]
    assert [one.id for one in agenda(listed, least_late=4)] == [4, 3, 5]
    assert len(agenda([problem(n) for n in range(90)])) == 30


def test_coverage_names_whom_nobody_visited_longest_ago_first() -> None:
    hosts = [
        Host(1, "甲", "王", date(2026, 10, 1)), Host(2, "乙", "王", None),
        Host(3, "丙", "张", date(2026, 3, 1)), Host(4, "丁", "张", date(2026, 8, 20)),
    ]  # fmt: skip
    found = covered(hosts, date(2026, 8, 20))
    assert (found.hosts, found.visited, found.share) == (4, 2, 50.0)
    assert [host.id for host in found.missing] == [2, 3]
    assert covered([], TODAY).share is None


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-11-20", 3, "2026-08-20"),
        ("2026-05-31", 3, "2026-02-28"),
        ("2024-05-31", 3, "2024-02-29"),
        ("2026-01-31", 1, "2025-12-31"),
        ("2026-02-15", 12, "2025-02-15"),
    ],
)
def test_months_before_a_day(day: str, months: int, before: str) -> None:
    assert months_before(date.fromisoformat(day), months) == date.fromisoformat(before)


DAYS = st.dates(date(2020, 1, 1), date(2026, 11, 30))


@given(DAYS, DAYS, st.integers(0, 10))
def test_a_later_day_never_has_a_better_lamp(due: date, today: date, soon: int) -> None:
    order = ("green", "yellow", "red")
    now = clock_lamp(due, today, soon)
    next_day = clock_lamp(due, today + timedelta(days=1), soon)
    assert order.index(next_day.lamp) >= order.index(now.lamp)
    assert next_day.left <= now.left
    assert (now.lamp == "red") is (today > due)
