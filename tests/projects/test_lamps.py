"""Lamps of projects: rules of the pack, bounds, and a plain reckoning (项目亮灯核对)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.catalogue.faults import PackError
from hexi.projects.lamps import Facts, Lamp, Lamps, due_month, lamps
from hexi.projects.lamps_rules import LampRules, check_lamps, lamp_rules, sentence

DATED = lamp_rules("gansu", 202611)
RULES = DATED.rule


@dataclass
class Plain:
    """One project as its page shows it; months as 202611, 0 where not set."""

    running: bool = True
    started: bool = False
    completed: bool = False
    planned_start: int = 0
    planned_end: int = 0
    actual_start: date | None = None
    in_statistics: date | None = None
    planned: int | None = None
    invested: int = 0


def facts(rows: list[Plain]) -> Facts:
    def flags(name: str) -> np.ndarray:
        return np.array([getattr(row, name) for row in rows], dtype=np.bool_)

    def whole(values: list[int]) -> np.ndarray:
        return np.array(values, dtype=np.int64)

    return Facts(
        running=flags("running"),
        started=flags("started"),
        completed=flags("completed"),
        planned_start=whole([row.planned_start for row in rows]),
        planned_end=whole([row.planned_end for row in rows]),
        actual_start=whole(
            [row.actual_start.toordinal() if row.actual_start else 0 for row in rows]
        ),
        in_statistics=whole(
            [row.in_statistics.toordinal() if row.in_statistics else 0 for row in rows]
        ),
        planned=whole([row.planned or 0 for row in rows]),
        has_plan=np.array([row.planned is not None for row in rows], dtype=np.bool_),
        invested=whole([row.invested for row in rows]),
    )


def lit(row: Plain, day: date) -> Lamps:
    return lamps(facts([row]), RULES, DATED.id, day)


def lamp_of(row: Plain, day: date) -> Lamp:
    return Lamp(int(lit(row, day).lamp[0]))


def plain_lamp(row: Plain, day: date) -> Lamp:
    """The rules said once more, in plain words of Python."""
    found = [Lamp.GREY]
    if not row.running:
        return Lamp.GREY
    if not row.started and row.planned_start:
        late = (day.year - row.planned_start // 100) * 12 + day.month - row.planned_start % 100
        found.append(_burns(late >= RULES.start.yellow, late >= RULES.start.red))
    if row.started and row.actual_start:
        late = 0
        while _later(row.actual_start, late + 1) <= day:
            late += 1
        missing = row.in_statistics is None or row.in_statistics > day
        found.append(
            _burns(
                missing and late >= RULES.statistics.yellow,
                missing and late >= RULES.statistics.red,
            )
        )
    if row.planned and not row.completed:
        due = due_share(row, day)
        if due > 0:
            gap = (due - Fraction(row.invested, row.planned)) * 100
            found.append(_burns(gap >= RULES.behind.yellow, gap > RULES.behind.red))
    return max(found)


def due_share(row: Plain, day: date) -> Fraction:
    month = day.month - 1 if day.day >= RULES.due_day else day.month - 2
    if row.planned_start // 100 > day.year:
        return Fraction(0)
    first = row.planned_start % 100 if row.planned_start // 100 == day.year else 1
    last = row.planned_end % 100 if row.planned_end // 100 == day.year else 12
    if last < first:
        first, last = 1, 12
    planned = range(first, last + 1)
    return Fraction(sum(at <= month for at in planned), len(planned))


def _burns(yellow: bool, red: bool) -> Lamp:
    return Lamp.RED if red else Lamp.YELLOW if yellow else Lamp.GREEN


def _later(day: date, months: int) -> date:
    at = day.year * 12 + day.month - 1 + months
    year, month = divmod(at, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
months = st.just(0) | days.map(lambda day: day.year * 100 + day.month)
rows = st.builds(
    Plain,
    running=st.booleans() | st.just(True),
    started=st.booleans(),
    completed=st.booleans(),
    planned_start=months,
    planned_end=months,
    actual_start=st.none() | days,
    in_statistics=st.none() | days,
    planned=st.none() | st.integers(0, 10**12),
    invested=st.integers(0, 10**12),
)


@given(st.lists(rows, min_size=1, max_size=8), days)
def test_lamps_are_those_of_a_plain_reckoning(many: list[Plain], day: date) -> None:
    found = lamps(facts(many), RULES, DATED.id, day)
    assert [Lamp(int(one)) for one in found.lamp] == [plain_lamp(row, day) for row in many]


@given(rows, days)
def test_a_project_burns_exactly_where_it_has_reasons(row: Plain, day: date) -> None:
    found = lit(row, day)
    reasons = found.reasons(0)
    assert bool(reasons) == (found.lamp[0] >= Lamp.YELLOW)
    for reason in reasons:
        assert sentence("gansu", reason) and sentence("gansu", reason, "en")
    if reasons:
        assert reasons[0]["lamp"] == Lamp(int(found.lamp[0])).word, "the worst comes first"


@given(rows.filter(lambda row: not row.started), days)
def test_waiting_longer_never_makes_a_late_start_better(row: Plain, day: date) -> None:
    early, late = lit(row, day), lit(row, day + timedelta(days=40))
    if row.running and row.planned_start:
        assert late.by_rule["start"][0] >= early.by_rule["start"][0]


@pytest.mark.parametrize(
    ("planned", "day", "lamp"),
    [
        (202611, date(2026, 11, 30), Lamp.GREEN),
        (202610, date(2026, 11, 1), Lamp.YELLOW),
        (202609, date(2026, 11, 30), Lamp.YELLOW),
        (202608, date(2026, 11, 1), Lamp.RED),
        (202512, date(2026, 2, 28), Lamp.YELLOW),
        (202512, date(2026, 3, 1), Lamp.RED),
    ],
)
def test_a_start_that_is_late(planned: int, day: date, lamp: Lamp) -> None:
    assert lamp_of(Plain(planned_start=planned), day) == lamp


@pytest.mark.parametrize(
    ("invested", "lamp"),
    [
        # 10 of 12 parts are due on 21 November: 1000 of 1200
        (1000, Lamp.GREEN),
        (881, Lamp.GREEN),
        (880, Lamp.YELLOW),  # ten points
        (640, Lamp.YELLOW),  # thirty points are not more than thirty
        (639, Lamp.RED),
    ],
)
def test_investment_behind_the_plan(invested: int, lamp: Lamp) -> None:
    row = Plain(started=True, planned=1200, invested=invested)
    assert lamp_of(row, date(2026, 11, 21)) == lamp


def test_a_month_is_looked_for_when_its_progress_must_be_in() -> None:
    row = Plain(started=True, planned=1200, invested=790)
    assert lamp_of(row, date(2026, 11, 9)) == Lamp.GREEN, "September is the last that must be in"
    assert lamp_of(row, date(2026, 11, 10)) == Lamp.YELLOW
    assert due_month(date(2026, 1, 31), 10) == (2026, 0)
    assert lamp_of(Plain(started=True, planned=1200), date(2026, 1, 31)) == Lamp.GREY


def test_a_plan_falls_on_the_months_of_work() -> None:
    """From July on: by October four of six parts are due, not ten of twelve."""
    row = Plain(started=True, planned=600, invested=400, planned_start=202607)
    found = lit(row, date(2026, 11, 21))
    assert found.by_rule["behind"][0] == Lamp.GREEN
    assert (found.due_parts[0], found.all_parts[0]) == (4, 6)


@pytest.mark.parametrize(
    ("started", "day", "lamp"),
    [
        (date(2026, 9, 20), date(2026, 10, 19), Lamp.GREEN),
        (date(2026, 9, 20), date(2026, 10, 20), Lamp.YELLOW),
        (date(2026, 9, 20), date(2026, 11, 20), Lamp.RED),
        (date(2026, 1, 31), date(2026, 2, 28), Lamp.YELLOW),
        (date(2026, 1, 31), date(2026, 3, 30), Lamp.YELLOW),
        (date(2026, 1, 31), date(2026, 3, 31), Lamp.RED),
    ],
)
def test_a_start_that_is_not_in_statistics(started: date, day: date, lamp: Lamp) -> None:
    assert lamp_of(Plain(started=True, actual_start=started), day) == lamp
    entered = Plain(started=True, actual_start=started, in_statistics=day)
    assert lamp_of(entered, day) == Lamp.GREEN


def test_reasons_say_what_was_seen() -> None:
    row = Plain(planned_start=202608, planned=1200, invested=500)
    found = lit(row, date(2026, 11, 21)).reasons(0)
    assert [(one["rule"], one["lamp"]) for one in found] == [("start", "red"), ("behind", "yellow")]
    assert sentence("gansu", found[0]) == "计划 2026-08 开工，已逾期 3 个月"
    # August to December: three of five parts by October
    assert sentence("gansu", found[1]) == (
        "2026 年计划到 2026-10 应完成 60%，实际完成 41.7%，落后 18.3 个百分点"
    )
    assert sentence("gansu", found[0], "en") == "Was to start in 2026-08, 3 months late"


def test_what_cannot_be_judged_is_grey() -> None:
    day = date(2026, 11, 21)
    assert lamp_of(Plain(), day) == Lamp.GREY
    assert lamp_of(Plain(running=False, planned_start=202001), day) == Lamp.GREY
    strange = facts([Plain(planned=4 * 10**15, planned_start=202001), Plain(planned_start=202001)])
    assert strange.strange.tolist() == [True, False]
    found = lamps(strange, RULES, DATED.id, day)
    assert found.lamp.tolist() == [Lamp.GREY, Lamp.RED], "the one beside it burns as it should"


def test_a_reason_of_a_set_that_is_gone_still_reads() -> None:
    gone = {"rule": "start", "set": "old", "saw": {"planned": "2020-01", "months": 4}}
    assert sentence("gansu", gone) == "start: planned 2020-01, months 4"


# --- the file of rules

GOOD = """
[[lamps]]
id = "a"
since = "2006-01"
until = "2026-01"
source = "甲"
due_day = 10
start = { yellow = 1, red = 3, text = "{planned}", text_en = "{months}" }
behind = { yellow = 10, red = 30, text = "{points}", text_en = "{due}" }
statistics = { yellow = 1, red = 2, text = "{started}", text_en = "{months}" }

[[lamps]]
id = "b"
since = "2026-01"
source = "乙"
due_day = 10
start = { yellow = 2, red = 4, text = "{planned}", text_en = "{months}" }
behind = { yellow = 10, red = 30, text = "{points}", text_en = "{due}" }
statistics = { yellow = 1, red = 2, text = "{started}", text_en = "{months}" }
"""


def pack(folder: Path, text: str) -> Path:
    (folder / "projects").mkdir(exist_ok=True)
    (folder / "projects" / "lamps.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_set_of_the_month_holds(tmp_path: Path) -> None:
    root = pack(tmp_path, GOOD)
    assert check_lamps(root) == []
    assert [lamp_rules(root, month).id for month in (202512, 202601)] == ["a", "b"]
    assert lamp_rules(root, 202601).rule.start.yellow == 2


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("yellow = 2, red = 4", "yellow = 4, red = 2", "red"),
        ('text = "{planned}"', 'text = "{plan}"', "text"),
        ('text_en = "{due}"', 'text_en = "{due"', "text_en"),
        ("due_day = 10", "due_day = 31", "due_day"),
        ("yellow = 10", "yellow = 101", "yellow"),
        ('until = "2026-01"', 'until = "2025-12"', "until"),
        ("red = 30,", "red = 30, blue = 1,", "blue"),
    ],
)
def test_a_mistake_is_told_with_its_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    root = pack(tmp_path, GOOD.replace(old, new))
    found = check_lamps(root)
    assert found and any(fault.key.endswith(key) and fault.line for fault in found)
    with pytest.raises(PackError):
        lamp_rules(root, 202611)


def test_a_rule_that_is_missing_is_told(tmp_path: Path) -> None:
    lines = [line for line in GOOD.splitlines() if not line.startswith("behind")]
    found = check_lamps(pack(tmp_path, "\n".join(lines)))
    assert {fault.key.rpartition(".")[2] for fault in found} == {"behind"}


def test_rules_of_the_pack_are_whole() -> None:
    assert check_lamps("gansu") == []
    assert isinstance(RULES, LampRules) and DATED.source and DATED.note_en
