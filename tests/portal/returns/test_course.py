"""The course of a return (报表流转): every step by whom it may be done, and in no other order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hexi.portal.core.models import Event
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.returns.acts.approve_return import approve_return
from hexi.portal.returns.acts.check_return import check_return
from hexi.portal.returns.acts.revise_return import revise_return
from hexi.portal.returns.acts.save_cells import save_cells
from hexi.portal.returns.acts.send_back import send_back
from hexi.portal.returns.acts.submit_return import submit_return
from hexi.portal.returns.acts.withdraw_approval import withdraw_approval
from hexi.portal.returns.models import Return, ReturnStep, Submission
from hexi.portal.returns.models.step import state_after
from tests.portal.returns.bureau import AT, Bureau

LADDER = ("park", "zone", "province")


def now(row: Return) -> Return:
    return Return.objects.get(pk=row.pk)


def approve(bureau: Bureau, row: Return, *whose: str) -> Return:
    for who in whose:
        row = approve_return(row.pk, by=bureau.person(who), at=AT)
    return row


def test_park_zone_and_province_approve_in_turn(bureau: Bureau) -> None:
    row = bureau.submitted()
    for level, who in enumerate(LADDER, 1):
        for other in (*LADDER[: level - 1], "stranger", "reader", "maker", "drugs", ""):
            with pytest.raises((NotPermitted, NotFound)):
                approve_return(row.pk, by=bureau.person(other), at=AT)
        row = approve(bureau, row, who)
        assert (row.state, row.level) == ("approved", level)
    assert row.waiting is None and row.approved_at == AT
    assert Submission.objects.get().approved_at == AT
    assert bureau.acts_of(row)[-3:] == ["approve_return"] * 3


def test_a_level_above_may_stand_in_for_one_below(bureau: Bureau) -> None:
    row = approve(bureau, bureau.submitted(), "zone")
    assert (row.level, row.waiting.code) == (1, "lz-etdz")  # type: ignore[union-attr]


def test_a_reviewer_sends_back_with_a_reason_and_the_unit_corrects(bureau: Bureau) -> None:
    row = approve(bureau, bureau.submitted(), "park")
    with pytest.raises(Refusal, match="reason_missing"):
        send_back(row.pk, reason=" ", by=bureau.person("zone"), at=AT)
    row = send_back(row.pk, reason="产值与税收不符", by=bureau.person("zone"), at=AT)
    assert (row.state, row.level, row.waiting) == ("returned", 0, None)
    save_cells(row.pk, {"output": "1250"}, by=bureau.person("maker"), at=AT)
    made = submit_return(row.pk, by=bureau.person("maker"), at=AT)
    assert (made.number, made.values["output"]) == (2, "1250.00")
    assert now(row).waiting.code == "etdz-an"


def test_an_approval_is_taken_back_from_above_down(bureau: Bureau) -> None:
    row = approve(bureau, bureau.submitted(), "park", "zone")
    with pytest.raises(Refusal, match="approved_above"):
        withdraw_approval(row.pk, reason="看错", by=bureau.person("park"), at=AT)
    row = withdraw_approval(row.pk, reason="看错", by=bureau.person("zone"), at=AT)
    assert (row.state, row.level, row.waiting.code) == ("approved", 1, "lz-etdz")  # type: ignore[union-attr]
    row = withdraw_approval(row.pk, reason="看错", by=bureau.person("park"), at=AT)
    assert (row.state, row.level, row.waiting.code) == ("submitted", 0, "etdz-an")  # type: ignore[union-attr]


def test_approved_figures_are_revised_with_a_reason_and_the_old_ones_stay(bureau: Bureau) -> None:
    row = approve(bureau, bureau.submitted(), *LADDER)
    with pytest.raises(Refusal, match="reason_missing"):
        revise_return(row.pk, reason="", by=bureau.person("maker"), at=AT)
    with pytest.raises(NotPermitted):
        revise_return(row.pk, reason="漏报", by=bureau.person("park"), at=AT)
    row = revise_return(row.pk, reason="漏报一个车间", by=bureau.person("maker"), at=AT)
    assert (row.state, row.revision) == ("revised", 1)
    save_cells(row.pk, {"output": "1300"}, by=bureau.person("maker"), at=AT)
    made = submit_return(row.pk, by=bureau.person("maker"), at=AT)
    assert (made.revision, made.reason) == (1, "漏报一个车间")
    approve(bureau, row, *LADDER)
    first, second = Submission.objects.order_by("number")
    assert (first.values["output"], second.values["output"]) == ("1200.00", "1300.00")


def test_nobody_approves_what_they_submitted(bureau: Bureau) -> None:
    row = bureau.submitted()
    Submission.objects.update(who=bureau.person("park").pk)  # type: ignore[union-attr]
    with pytest.raises(Refusal, match="own_return"):
        approve(bureau, row, "park")


def test_steps_and_submissions_are_never_changed(bureau: Bureau) -> None:
    row = bureau.submitted()
    step = row.steps.first()
    assert step is not None
    with pytest.raises(TypeError):
        step.save()
    with pytest.raises(TypeError):
        step.delete()


def test_an_act_that_fails_late_leaves_no_trace(bureau: Bureau, monkeypatch: Any) -> None:
    row = bureau.submitted()
    before = (bureau.events(), ReturnStep.objects.count())

    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("hexi.portal.returns.acts.approve_return.record", fail)
    with pytest.raises(OSError), transaction.atomic():
        approve(bureau, row, "park")
    assert (bureau.events(), ReturnStep.objects.count()) == before
    assert now(row).state == "submitted"


#: a step by a person, and the state in which it is taken
STEPS: dict[str, Callable[[Bureau, Return], Any]] = {
    "save": lambda b, r: save_cells(
        r.pk, {"output": str(1000 + r.edit)}, by=b.person("maker"), at=AT
    ),
    "check": lambda b, r: check_return(r.pk, by=b.person("maker"), at=AT),
    "submit": lambda b, r: submit_return(r.pk, by=b.person("maker"), at=AT),
    "revise": lambda b, r: revise_return(r.pk, reason="漏报", by=b.person("maker"), at=AT),
    "approve": lambda b, r: approve_return(r.pk, by=b.person("province"), at=AT),
    "park approves": lambda b, r: approve_return(r.pk, by=b.person("park"), at=AT),
    "send back": lambda b, r: send_back(r.pk, reason="不符", by=b.person("province"), at=AT),
    "withdraw": lambda b, r: withdraw_approval(
        r.pk, reason="看错", by=b.person("province"), at=AT
    ),
}  # fmt: skip
EDITABLE = {"draft", "checked", "returned", "revised"}


def allowed(step: str, row: Return) -> bool:
    """The rules once more, written from the outside."""
    if step in ("save", "submit"):
        return row.state in EDITABLE
    if step == "check":
        return True
    if step == "revise":
        return row.state == "approved" and row.level == 3
    if step == "park approves":
        return row.state == "submitted"
    if step == "withdraw":
        return row.state == "approved"
    return row.state == "submitted" or (row.state == "approved" and row.level < 3)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.sampled_from(sorted(STEPS)), min_size=4, max_size=14))
def test_any_course_keeps_the_rules(bureau: Bureau, steps: list[str]) -> None:
    """Whatever is tried in whatever order: what the rules allow happens with one event and a
    state that follows from the steps; what they refuse changes nothing."""
    with transaction.atomic():
        row = bureau.filled()
        for step in steps:
            row = now(row)
            before, state = Event.objects.count(), (row.state, row.level, row.revision, row.edit)
            may = allowed(step, row)
            try:
                STEPS[step](bureau, row)
                assert may, f"{step} in {state}"
                assert Event.objects.count() == before + 1
            except Refusal:
                assert not may, f"{step} in {state}"
                row = now(row)
                assert state == (row.state, row.level, row.revision, row.edit)
                assert Event.objects.count() == before
            row = now(row)
            assert (row.state, row.level, row.revision) == state_after(row.steps.order_by("id"))
            assert (row.waiting is not None) == (
                row.state == "submitted" or (row.state == "approved" and row.level < 3)
            )
        transaction.set_rollback(True)
