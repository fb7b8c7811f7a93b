"""Clocks of enquiries (招商线索时限): cases an official can read, checked on a wall calendar."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from hexi.promotion.clocks import Done, course_of, load_clocks

CLOCKS = load_clocks("gansu")


def day(text: str) -> date:
    return date.fromisoformat(text)


#: step, received, done before → last day, and whether the calendar is published that far
LAST_DAYS = (
    # Friday before a weekend
    ("answer", "2026-11-20", (), "2026-11-23", True),
    # 30 September, before the national holiday of eight days
    ("answer", "2026-09-30", (), "2026-10-08", True),
    # the Friday before the make-up Saturday 10 October counts no Sunday
    ("answer", "2026-10-09", (), "2026-10-10", True),
    ("judge", "2026-10-08", (), "2026-10-12", True),
    ("judge", "2026-11-19", (), "2026-11-24", True),
    # a week where experts were asked, in plain days
    ("judge", "2026-11-19", (("experts", "2026-11-20"),), "2026-11-26", True),
    # a plain week that ends on a Saturday moves to Monday
    ("judge", "2026-11-21", (("experts", "2026-11-21"),), "2026-11-30", True),
    ("feedback", "2026-11-02", (("judge", "2026-11-04"),), "2026-11-11", True),
    ("follow_up", "2026-11-02", (("judge", "2026-11-03"), ("feedback", "2026-11-04")),
     "2026-11-18", True),
    # into a year whose holidays are not announced
    ("judge", "2026-12-30", (), "2027-01-04", False),
)  # fmt: skip


@pytest.mark.parametrize(("step", "received", "before", "last", "announced"), LAST_DAYS)
def test_the_last_day_of_a_step(
    step: str, received: str, before: tuple[tuple[str, str], ...], last: str, announced: bool
) -> None:
    done = [Done(name, day(at)) for name, at in before]
    mark = course_of(day(received), done, CLOCKS, accepted=True).of(step)
    assert mark is not None and mark.due.day == day(last)
    assert mark.due.announced is announced


def test_what_is_due_first_comes_first_and_what_is_past_its_day_is_red() -> None:
    course = course_of(day("2026-11-16"), [Done("register", day("2026-11-16"))], CLOCKS)
    assert [mark.step for mark in course.open] == ["answer", "judge"]
    answer = course.next
    assert answer is not None and answer.due.day == day("2026-11-17")
    assert answer.lamp(day("2026-11-15")) == "waiting"
    assert answer.lamp(day("2026-11-17")) == "on_the_way"
    assert answer.lamp(day("2026-11-18")) == "missed"
    register = course.of("register")
    assert register is not None and register.in_time and register.lamp(day("2026-12-31")) == "met"


def test_a_late_step_stays_late() -> None:
    course = course_of(day("2026-11-16"), [Done("answer", day("2026-11-20"))], CLOCKS)
    answer = course.of("answer")
    assert answer is not None and answer.in_time is False
    assert answer.used(day("2026-12-01")) == 4


def test_follow_ups_repeat_until_the_talks_are_over() -> None:
    done = [
        Done("answer", day("2026-09-02")), Done("judge", day("2026-09-03")),
        Done("feedback", day("2026-09-04")), Done("follow_up", day("2026-09-17")),
        Done("follow_up", day("2026-10-14")),
    ]  # fmt: skip
    course = course_of(day("2026-09-01"), done, CLOCKS, accepted=True)
    marks = [mark for mark in course.marks if mark.step == "follow_up"]
    assert [mark.in_time for mark in marks] == [True, False, None]
    assert marks[1].due.day == day("2026-10-08")  # 1 October is off
    closed = course_of(day("2026-09-01"), done, CLOCKS, accepted=True, closed=day("2026-10-20"))
    # registering was never noted and is no longer asked for
    assert closed.next is None
    assert len([mark for mark in closed.marks if mark.step == "follow_up"]) == 2


def test_what_is_refused_is_fed_back_and_not_followed_up() -> None:
    done = [Done("judge", day("2026-09-03")), Done("feedback", day("2026-09-04"))]
    course = course_of(day("2026-09-01"), done, CLOCKS, accepted=False)
    assert course.of("follow_up") is None and course.of("feedback") is not None


def test_the_order_of_the_steps_told_changes_nothing() -> None:
    done = [
        Done("answer", day("2026-09-02")), Done("judge", day("2026-09-03")),
        Done("feedback", day("2026-09-04")), Done("follow_up", day("2026-09-17")),
    ]  # fmt: skip
    courses = {course_of(day("2026-09-01"), one, CLOCKS, accepted=True) for one in
               permutations(done)}  # fmt: skip
    assert len(courses) == 1
