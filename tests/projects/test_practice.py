"""Practice records (演练项目): they add up to what was published, and every one could be."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.catalogue.faults import PackError
from hexi.catalogue.pack import pack_path
from hexi.projects.practice import PracticeRecord, make_practice_records
from hexi.projects.practice_plan import load_practice_plan
from hexi.projects.sharing_out import share_out
from hexi.statistics.practice import is_practice_code

YI = 10**8
UNTIL = date(2026, 11, 20)
PLAN = load_practice_plan("gansu")
RECORDS = tuple(make_practice_records(PLAN, UNTIL))


def on_list(tag: str, day: date) -> list[PracticeRecord]:
    return [
        one
        for one in RECORDS
        if any(t == tag and since <= day < (until or date.max) for t, since, until in one.tags)
    ]


def reached(records: list[PracticeRecord], stage: str, day: date) -> int:
    return sum(1 for one in records if (one.day_of(stage) or date.max) <= day)


def invested(records: list[PracticeRecord], month: int) -> int:
    return sum(yuan for one in records for m, yuan in one.progress.items() if m <= month)


def test_the_central_local_projects_of_january_2023() -> None:
    day = date(2023, 1, 31)
    listed = on_list("central-local", day)
    assert len(listed) == 204
    assert reached(listed, "started", day) == 157
    assert round(Fraction(157, 204) * 100, 2) == Fraction("76.96")
    assert reached(listed, "production", day) == 41
    paid = invested(listed, 202301)
    assert paid == 144391 * YI // 100
    assert round(Fraction(paid, sum(one.total for one in listed)) * 100, 2) == Fraction("24.36")
    plans = [sum(one.plans.get(year, 0) for one in listed) for year in (2022, 2023)]
    assert plans[1] == 973 * YI and round(Fraction(plans[1], plans[0]), 2) == Fraction("1.16")


def test_the_provincial_list_of_2023() -> None:
    listed = on_list("provincial", date(2023, 2, 11))
    assert len(listed) == 287
    assert sum(one.total for one in listed) == 16512 * YI
    planned = sum(one.plans[2023] for one in listed)
    assert planned == 2512 * YI
    before = sum(one.plans[2022] for one in on_list("provincial", date(2022, 6, 30)))
    assert round(Fraction(planned, before), 2) == Fraction("1.13")
    fields = {"transport", "energy", "industry", "innovation"}
    inside = sum(one.plans[2023] for one in listed if one.trade in fields)
    assert round(Fraction(inside, planned), 2) == Fraction("0.84")


def test_the_batch_of_the_first_quarter_of_2023() -> None:
    batch = [one for one in RECORDS if one.batch == "start-2023-q1"]
    assert len(batch) == 900
    assert all(one.total > YI for one in batch)
    assert all(one.day_of("started") == date(2023, 2, 11) for one in batch)
    planned = sum(one.plans[2023] for one in batch)
    assert planned == 2176 * YI
    earlier = sum(one.plans[2022] for one in RECORDS if one.batch == "start-2022-q1")
    assert round(Fraction(planned, earlier), 2) == Fraction("1.17")
    listed = [one for one in batch if one.tags]
    assert len(listed) == 75
    assert sum(one.plans[2023] for one in listed) == 535 * YI


@pytest.mark.parametrize(
    "holds",
    [
        lambda one: [d for _s, d in one.way] == sorted(d for _s, d in one.way),
        lambda one: one.way[-1][1] <= UNTIL,
        lambda one: sum(one.progress.values()) <= one.total,
        lambda one: all(yuan > 0 for yuan in one.progress.values()),
        lambda one: all(m <= 202611 for m in one.progress),
        lambda one: all(0 < yuan <= one.total for yuan in one.plans.values()),
        lambda one: one.planned_start <= one.planned_end,
        lambda one: is_practice_code(one.investor_code) and "演练" in one.investor,
        lambda one: one.day_of("completed") is None or one.day_of("started") is not None,
    ],
)
def test_every_record_could_be(holds: Callable[[PracticeRecord], bool]) -> None:
    assert [one.key for one in RECORDS if not holds(one)] == []


def test_the_same_plan_gives_the_same_records_and_more_come_behind() -> None:
    again = list(make_practice_records(PLAN, UNTIL, more=50))
    assert len(again) == len(RECORDS) + 50
    assert len({one.key for one in again}) == len(again)
    assert [one.total for one in again[: len(RECORDS)]] == [one.total for one in RECORDS]
    assert all(not one.tags and not one.batch for one in again[len(RECORDS) :])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('tag = "central-local"', 'tag = "no-list"', "tag"),
        ("started = 157", "started = 205", "started"),
        ("day = 2023-01-31", 'day = "2023-01-31"', "day"),
        ('kind = "government"', 'kind = "secret"', "kind"),
        ("number = 900", "numbers = 900", "number"),
    ],
)
def test_a_fault_in_the_file_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    shutil.copytree(pack_path("gansu") / "projects", tmp_path / "projects")
    path = tmp_path / "projects" / "practice.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError) as refused:
        load_practice_plan(tmp_path)
    assert any(said in fault.key for fault in refused.value.faults)


@given(
    st.lists(
        st.tuples(st.floats(0.01, 100), st.integers(0, 50), st.integers(0, 500)),
        min_size=1, max_size=20,
    ),
    st.floats(0, 1),
)  # fmt: skip
def test_parts_add_up_within_their_bounds(parts: list[tuple[float, int, int]], at: float) -> None:
    weights = [weight for weight, _low, _more in parts]
    least = [low for _weight, low, _more in parts]
    most = [low + more for _weight, low, more in parts]
    amount = sum(least) + int((sum(most) - sum(least)) * at)
    shared = share_out(amount, weights, least, most)
    assert sum(shared) == amount
    assert all(low <= one <= high for low, one, high in zip(least, shared, most, strict=True))


def test_a_sum_beyond_the_bounds_is_refused() -> None:
    with pytest.raises(ValueError, match="between"):
        share_out(11, [1, 1], [0, 0], [5, 5])
