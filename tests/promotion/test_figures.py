"""Figures of promotion (招商成效): aims, months, growth, promptness, conversion."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hexi.promotion.clocks import Done, course_of, load_clocks
from hexi.promotion.figures import Aim, funnel, promptness, year_lines

YI = 10**8
ORIGINS = ("province_outside", "foreign")


def test_an_aim_of_both_kinds_asks_for_the_larger() -> None:
    aim = Aim(2023, 5000 * YI, Decimal(15))
    assert aim.total(None) == 5000 * YI
    assert aim.total(4000 * YI) == 5000 * YI
    assert aim.total(5000 * YI) == 5750 * YI
    assert Aim(2023, None, Decimal(15)).total(None) is None


def test_months_run_up_and_stand_beside_the_aim_and_last_year() -> None:
    money = {
        (202501, "foreign"): 40, (202502, "province_outside"): 60, (202512, "foreign"): 100,
        (202601, "province_outside"): 60, (202602, "foreign"): 30, (202602, "local"): 999,
    }  # fmt: skip
    lines = year_lines(money, 2026, 2, ORIGINS, Aim(2026, None, Decimal(20)))
    assert [line.to_date for line in lines] == [60, 90]
    assert [line.before for line in lines] == [40, 100]
    assert lines[1].to_date_by_origin == {"province_outside": 60, "foreign": 30}
    # 20 % more than 200 is 240, a twelfth of which is asked for each month
    assert [line.asked for line in lines] == [20, 40]
    assert lines[1].reached == 225.0
    assert lines[1].growth is not None and round(lines[1].growth, 6) == -10.0


def test_a_year_without_the_one_before_has_no_growth() -> None:
    (line,) = year_lines({(202601, "foreign"): 5}, 2026, 1, ORIGINS)
    assert (line.before, line.growth, line.asked, line.reached) == (None, None, None, None)


def test_promptness_counts_what_is_open_past_its_day_as_late() -> None:
    clocks, today = load_clocks("gansu"), date(2026, 11, 20)
    received = date(2026, 11, 16)
    courses = [
        course_of(received, [Done("answer", date(2026, 11, 17))], clocks),
        course_of(received, [Done("answer", date(2026, 11, 19))], clocks),
        course_of(received, [], clocks),
        course_of(date(2026, 11, 19), [], clocks),
    ]
    told = promptness(courses, "answer", today)
    assert (told.in_time, told.late, told.waiting, told.usual_days) == (1, 2, 1, 2.0)
    assert told.share is not None and round(told.share, 4) == 33.3333


def test_who_skips_a_stage_has_passed_it() -> None:
    order = ("lead", "in_talks", "signed", "started")
    reached = {1: ["lead"], 2: ["lead", "signed"], 3: ["in_talks"], 4: ["ended"]}
    assert funnel(reached, order) == {"lead": 3, "in_talks": 2, "signed": 1, "started": 0}
