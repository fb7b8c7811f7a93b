"""Idle land and stalled projects: the day on which a rule begins to hold, its sums, suspicions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.admission import Site, load_follow_up, stalled
from hexi.admission.stalled import months_after

RULES = load_follow_up().rules
ON = date(2026, 11, 21)
GIVEN = Site(land_given=date(2020, 1, 10), price=20_000_000)


def seen(site: Site, on: date = ON) -> list[str]:
    return [case.rule.id for case in stalled(site, RULES, on)]


@pytest.mark.parametrize(
    ("start", "rule"),
    [
        (date(2026, 5, 22), []),
        (date(2026, 5, 21), ["start-late"]),
        (date(2025, 11, 22), ["start-late"]),
        (date(2025, 11, 21), ["idle-one-year"]),
        (date(2024, 11, 22), ["idle-one-year"]),
        (date(2024, 11, 21), ["idle-two-years"]),
    ],
)
def test_land_is_idle_from_the_day_on_which_the_year_is_full(start: date, rule: list[str]) -> None:
    assert seen(replace(GIVEN, agreed_start=start)) == rule
    assert not seen(replace(GIVEN, agreed_start=start, started=date(2026, 11, 20)))


def test_a_start_in_the_future_is_no_start() -> None:
    site = replace(GIVEN, agreed_start=date(2025, 1, 1), started=date(2026, 12, 1))
    assert seen(site) == ["idle-one-year"]


def test_the_fee_is_a_fifth_of_the_price_and_its_sum_is_shown() -> None:
    [case] = stalled(replace(GIVEN, agreed_start=date(2025, 6, 1)), RULES, ON)
    assert case.fee == 4_000_000
    assert "2,000 × 20% = 400 万元" in case.reason
    assert "¥20 m × 20% = ¥4 m" in case.reason_en
    [other] = stalled(Site(date(2020, 1, 1), agreed_start=date(2025, 6, 1)), RULES, ON)
    assert other.fee is None


def test_without_the_day_of_the_grant_it_is_a_suspicion() -> None:
    [case] = stalled(Site(agreed_start=date(2025, 6, 1)), RULES, ON)
    assert not case.certain and case.missing == ("land_given",)
    assert "疑似" in case.reason and "suspicion" in case.reason_en


@pytest.mark.parametrize(
    ("invested", "built", "expected"),
    [
        (24_999_999, None, ["stopped-one-year"]),
        (25_000_000, None, []),
        (25_000_000, 0.33, ["stopped-one-year"]),
        (25_000_000, 0.34, []),
        (10_000_000, 0.9, ["stopped-one-year"]),
    ],
)
def test_stopped_with_little_invested_or_built(
    invested: int, built: float | None, expected: list[str]
) -> None:
    begun = replace(GIVEN, started=date(2024, 1, 1), stopped=date(2025, 11, 21))
    site = replace(begun, total=100_000_000, invested=invested, built_share=built)
    assert seen(site) == expected
    assert not seen(replace(site, stopped=date(2025, 11, 22)))


def test_stopped_with_nothing_known_is_a_suspicion() -> None:
    [case] = stalled(replace(GIVEN, stopped=date(2025, 1, 1)), RULES, ON)
    assert case.missing == ("share",)


def test_built_and_not_producing() -> None:
    assert seen(Site(completed=date(2026, 6, 1))) == []
    assert seen(Site(completed=date(2026, 5, 21))) == ["built-not-producing-half"]
    assert seen(Site(completed=date(2025, 5, 21))) == ["built-not-producing"]
    assert seen(Site(completed=date(2025, 5, 21), producing=date(2026, 1, 1))) == []


def test_a_rule_counts_only_while_it_is_in_force() -> None:
    site = replace(GIVEN, agreed_start=date(2009, 1, 1))
    assert seen(site, date(2012, 6, 30)) == []
    assert seen(site, date(2012, 7, 1)) == ["idle-two-years"]


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(1, 600))
def test_months_after_is_never_more_than_a_month_apart(day: date, months: int) -> None:
    later = months_after(day, months)
    assert later.day <= day.day
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert (later + timedelta(1)).day == 1 or later.day == day.day


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("months = 6", "months = 0", "rule.0.months"),
        ('lacks = "started"', 'lacks = "permits"', "rule.0.lacks"),
        ("fee_share = 0.2", "fee_share = 20", "rule.1.fee_share"),
        ('id = "idle-one-year"', 'id = "start-late"', "rule.1.id"),
        ("since = 2012-07-01", 'since = "2012-07-01"', "rule.0.since"),
    ],
)
def test_a_fault_of_the_file_is_told_with_line_and_key(
    old: str, new: str, key: str, tmp_path: Path
) -> None:
    from hexi.admission.follow_up import check_follow_up
    from hexi.catalogue.pack import pack_path

    folder = tmp_path / "admission" / "follow_up"
    folder.mkdir(parents=True)
    for name in ("agreed.toml", "stalled.toml"):
        text = (pack_path("gansu") / "admission/follow_up" / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    [fault] = check_follow_up(tmp_path)
    assert (fault.key, fault.file) == (key, "admission/follow_up/stalled.toml") and fault.line
