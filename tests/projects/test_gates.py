"""Gates between stages (阶段关口): every fault told; no sequence of steps breaks the history."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.projects.gates import (
    Step,
    date_faults,
    is_back_entered,
    missing_fields,
    standing_faults,
    step_faults,
    written_days,
)
from hexi.projects.stage_loading import load_stages

BOOK = load_stages("gansu")
TODAY = date(2026, 11, 20)
FULL: dict[str, Any] = {
    "name": "铝箔", "kind": "promoted", "stage": "signed", "stage_since": date(2026, 5, 1),
    "resume_stage": "", "investor": "甲公司", "industry": "3252", "total": 10**9,
    "state_code": "2401-620100-04-01-123456", "planned_start": date(2026, 6, 1),
    "planned_end": date(2028, 6, 1),
}  # fmt: skip


def step(to: str, **said: Any) -> Step:
    usual: dict[str, Any] = {
        "day": TODAY, "today": TODAY, "reason": "按进度", "proved": True,
        "since": date(2026, 5, 1),
    }  # fmt: skip
    return Step(to=to, **{**usual, **said})


def codes(record: dict[str, Any], to: str, **said: Any) -> list[tuple[str, str]]:
    return [(fault.code, fault.field) for fault in step_faults(BOOK, record, step(to, **said))]


def test_a_good_step_has_no_faults() -> None:
    assert codes(FULL, "approved") == []


def test_a_jump_is_refused_and_says_what_may_follow() -> None:
    (fault,) = step_faults(BOOK, FULL, step("completed"))
    assert fault.code == "stage_jump"
    assert fault.named == ("signed", "approved", "in_talks", "suspended", "ended")


def test_nothing_follows_the_end() -> None:
    assert codes({**FULL, "stage": "ended"}, "signed") == [("nothing_follows", "to")]


def test_every_fault_is_told_at_once() -> None:
    bare = {**FULL, "state_code": "", "industry": None}
    assert codes(bare, "approved", proved=False, reason=" ", day=date(2026, 12, 1)) == [
        ("day_ahead", "day"),
        ("reason_missing", "reason"),
        ("field_missing", "state_code"),
        ("field_missing", "industry"),
        ("evidence_missing", "evidence"),
    ]


def test_a_step_is_not_before_the_stage_that_it_leaves() -> None:
    assert codes(FULL, "approved", day=date(2026, 4, 30)) == [("day_before_stage", "day")]


def test_an_end_needs_a_reason_of_the_list_that_fits_the_stage() -> None:
    assert codes(FULL, "ended") == [("ended_reason_missing", "ended_reason")]
    assert codes(FULL, "ended", ended_reason="whim") == [("ended_reason_unknown", "ended_reason")]
    assert codes(FULL, "ended", ended_reason="lost-terms") == []
    built = {**FULL, "stage": "construction", "actual_start": date(2026, 6, 1)}
    assert codes(built, "ended", ended_reason="lost-terms") == [
        ("ended_reason_unknown", "ended_reason")
    ]
    halted = {**FULL, "stage": "suspended", "resume_stage": "signed"}
    assert codes(halted, "ended", ended_reason="lost-terms") == []


def test_a_suspension_takes_a_reason_of_the_list_where_one_is_given() -> None:
    assert codes(FULL, "suspended") == []
    assert codes(FULL, "suspended", ended_reason="funds") == []
    assert codes(FULL, "suspended", ended_reason="lost-terms") == [
        ("ended_reason_unknown", "ended_reason")
    ]


def test_going_back_and_going_on_need_no_new_proof() -> None:
    assert codes(FULL, "in_talks", proved=False) == []
    halted = {**FULL, "stage": "suspended", "resume_stage": "signed"}
    assert codes(halted, "signed", proved=False) == []


def test_a_step_writes_its_day_where_it_is_not_known() -> None:
    started = BOOK.stages["started"]
    assert written_days(started, FULL, TODAY) == {"actual_start": TODAY}
    assert written_days(started, {"actual_start": date(2026, 6, 3)}, TODAY) == {}


def test_days_are_in_order_and_what_happened_is_not_ahead() -> None:
    said = date_faults(
        {
            "planned_start": date(2027, 1, 1),
            "planned_end": date(2026, 1, 1),
            "actual_start": date(2026, 3, 1),
            "actual_end": date(2026, 2, 1),
        },
        TODAY,
    )
    assert [(fault.code, fault.field) for fault in said] == [
        ("dates_out_of_order", "planned_end"),
        ("dates_out_of_order", "actual_end"),
    ]
    ahead = date_faults({"actual_start": TODAY + timedelta(1)}, TODAY)
    assert [fault.code for fault in ahead] == ["day_ahead"]
    alone = date_faults({"actual_end": TODAY}, TODAY)
    assert [fault.code for fault in alone] == ["end_without_start"]


def test_an_old_fault_of_the_days_does_not_stop_a_step() -> None:
    wrong = {**FULL, "planned_start": date(2029, 1, 1)}
    assert date_faults(wrong, TODAY)
    assert codes(wrong, "approved") == []


def test_completing_before_the_start_is_refused() -> None:
    record = {**FULL, "stage": "started", "actual_start": date(2026, 10, 1)}
    assert codes(record, "completed", day=date(2026, 9, 1), since=date(2026, 9, 1)) == [
        ("dates_out_of_order", "actual_end")
    ]


def test_what_is_entered_in_a_stage_has_what_the_stage_needs() -> None:
    bare = {"kind": "promoted", "stage": "construction", "stage_since": TODAY}
    found = [(f.code, f.field) for f in standing_faults(BOOK, bare, TODAY)]
    assert found == [(c, f) for c, f in (
        ("field_missing", "total"), ("field_missing", "planned_end"),
        ("field_missing", "actual_start"),
    )]  # fmt: skip
    (fault,) = standing_faults(BOOK, {"kind": "enterprise", "stage": "in_talks"}, TODAY)
    assert fault.code == "stage_not_of_kind"
    ended = [f.code for f in standing_faults(BOOK, {"kind": "enterprise", "stage": "ended"}, TODAY)]
    assert ended == ["stage_unknown"]
    later = {"kind": "promoted", "stage": "lead", "stage_since": TODAY + timedelta(1)}
    assert [f.code for f in standing_faults(BOOK, later, TODAY)] == ["day_ahead"]


def test_a_field_that_a_passed_stage_needed_is_not_emptied() -> None:
    after = {**FULL, "stage": "approved", "investor": ""}
    (fault,) = missing_fields(BOOK, after, ("signed",))
    assert (fault.field, fault.named) == ("investor", ("signed",))


@pytest.mark.parametrize(("days", "late"), [(0, False), (15, False), (16, True)])
def test_a_late_entry_is_marked(days: int, late: bool) -> None:
    assert is_back_entered(BOOK, TODAY - timedelta(days), TODAY) is late


@given(
    kind=st.sampled_from(sorted(BOOK.kinds)),
    wishes=st.lists(
        st.tuples(st.sampled_from(sorted(BOOK.stages)), st.integers(-400, 5)), max_size=25
    ),
)
def test_no_sequence_of_wishes_breaks_the_history(kind: str, wishes: list[tuple[str, int]]) -> None:
    """Whatever is asked, what the gates let pass is one line: days grow, stages follow one another
    in order of the kind, and a suspension leads back to where it began."""
    first = BOOK.kinds[kind].stages[0]
    record = {**FULL, "kind": kind, "stage": first, "stage_since": TODAY - timedelta(400)}
    spells = [(first, TODAY - timedelta(400))]
    for to, offset in wishes:
        asked = step(
            to, day=TODAY + timedelta(offset), since=record["stage_since"], ended_reason="other"
        )
        if step_faults(BOOK, record, asked):
            continue
        stage = BOOK.stages[to]
        record |= {
            **written_days(stage, record, asked.day),
            "resume_stage": record["stage"] if stage.halts else "",
            "stage": to,
            "stage_since": asked.day,
        }
        spells.append((to, asked.day))
    days = [day for _stage, day in spells]
    assert days == sorted(days) and days[-1] <= TODAY
    assert [stage for stage, _day in spells[:-1] if BOOK.stages[stage].ends] == []
    way = [stage for stage, _day in spells if not BOOK.stages[stage].stops]
    assert set(way) <= set(BOOK.kinds[kind].stages)
    passed = BOOK.kinds[kind]
    for before, after in pairwise(way):
        here, there = BOOK.stages[before], BOOK.stages[after]
        if there.order > here.order:
            between = [s for s in passed.stages if here.order < BOOK.stages[s].order < there.order]
            assert set(between) <= passed.skips
        else:
            assert before == after or after in here.back
    assert not date_faults(record, TODAY)
