"""Agreed figures: met, on the way, missed or without data, with the sum behind it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest

from hexi.admission import Promise, Seen, judge, load_follow_up

BOOK = load_follow_up()
WAN = 10_000


def figure(of: date, wan: int) -> Seen:
    return Seen(of, D(wan * WAN), "月度进度", "monthly progress")


def status(item: str, wan: int, by: date, seen: list[Seen], on: date, land: int = 100) -> str:
    known = BOOK.item(item)
    assert known is not None
    return judge(known, Promise(D(wan * WAN), by), seen, on, D(land)).status


DUE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("seen", "on", "expected"),
    [
        ([], date(2026, 3, 1), "no_data"),
        ([(date(2026, 2, 28), 100)], date(2026, 3, 1), "on_the_way"),
        ([(date(2026, 2, 28), 30000)], date(2026, 3, 1), "met"),
        # on the last day it is still on the way, a day later it is missed
        ([(date(2026, 6, 30), 29999)], date(2026, 6, 30), "on_the_way"),
        ([(date(2026, 6, 30), 29999)], date(2026, 7, 1), "missed"),
        ([(date(2026, 6, 30), 30000)], date(2026, 7, 1), "met"),
        # the figures end before the day: nobody knows
        ([(date(2026, 5, 31), 29999)], date(2026, 9, 1), "no_data"),
        ([], date(2026, 9, 1), "no_data"),
        # reached too late is missed, however much it is
        ([(date(2026, 6, 30), 10), (date(2026, 8, 31), 90000)], date(2026, 9, 1), "missed"),
        # the months around the day are missing: a sum that is enough in August says nothing of June
        ([(date(2026, 5, 31), 10), (date(2026, 8, 31), 90000)], date(2026, 9, 1), "no_data"),
        # one that is too small in August was so in June
        ([(date(2026, 5, 31), 10), (date(2026, 8, 31), 29999)], date(2026, 9, 1), "missed"),
        # a figure that is not yet known on the day does not count
        ([(date(2026, 5, 31), 10), (date(2026, 8, 31), 90000)], date(2026, 6, 1), "on_the_way"),
    ],
)
def test_a_cumulated_sum(seen: list[tuple[date, int]], on: date, expected: str) -> None:
    assert status("investment", 30000, DUE, [figure(*one) for one in seen], on) == expected


def test_the_month_of_the_day_counts_as_in_time() -> None:
    seen = [figure(date(2026, 6, 30), 30000)]
    assert status("investment", 30000, date(2026, 6, 15), seen, date(2026, 7, 1)) == "met"


def test_a_year_is_judged_by_its_own_figure() -> None:
    by, low, high = date(2026, 12, 31), figure(date(2025, 12, 31), 900), figure(by_end(2026), 2000)
    assert status("tax", 2000, by, [low], date(2026, 12, 31)) == "on_the_way"
    assert status("tax", 2000, by, [low], date(2027, 3, 1)) == "no_data"
    assert status("tax", 2000, by, [low, high], date(2027, 3, 1)) == "met"
    assert status("tax", 2001, by, [low, high], date(2027, 3, 1)) == "missed"
    # the year itself is missing: the years around it do not stand in
    next_year = figure(by_end(2027), 1)
    assert status("tax", 2001, by, [low, next_year], date(2028, 3, 1)) == "no_data"


def by_end(year: int) -> date:
    return date(year, 12, 31)


def test_a_figure_per_mu_shows_its_division() -> None:
    item = BOOK.item("investment_per_mu")
    assert item is not None
    kept = judge(item, Promise(D(3_000_000), DUE), [figure(DUE, 12000)], date(2026, 7, 1), D(100))
    assert kept.status == "missed" and kept.value == D(1_200_000)
    assert "12,000 ÷ 100 亩 = 120 万元/亩" in kept.sentence
    assert "约定 300 万元/亩，完成 40.0%，差 180 万元/亩" in kept.sentence
    assert "¥120 m ÷ 100 mu = ¥1.2 m/mu" in kept.sentence_en
    none = judge(item, Promise(D(1), DUE), [figure(DUE, 1)], date(2026, 7, 1), None)
    assert none.status == "no_data" and "用地" in none.sentence


def test_late_but_reached_is_said() -> None:
    item = BOOK.item("investment")
    assert item is not None
    seen = [figure(date(2026, 6, 30), 10), figure(date(2026, 9, 30), 40000)]
    kept = judge(item, Promise(D(30000 * WAN), DUE), seen, date(2026, 11, 21), None)
    assert kept.status == "missed" and "逾期后于 2026-09-30 达到" in kept.sentence
    assert "reached late, by 2026-09-30" in kept.sentence_en
