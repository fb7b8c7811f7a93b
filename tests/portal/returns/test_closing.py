"""Closing a period (锁定时期): who is missing, publication, late data and revisions as vintages."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from hexi.portal.core.refusal import NotPermitted, Refusal
from hexi.portal.core.told import Refusals
from hexi.portal.returns import form_book
from hexi.portal.returns.acts.approve_return import approve_return
from hexi.portal.returns.acts.close_period import close_period
from hexi.portal.returns.acts.open_return import open_return
from hexi.portal.returns.acts.remind import remind
from hexi.portal.returns.acts.reopen_period import reopen_period
from hexi.portal.returns.acts.revise_return import revise_return
from hexi.portal.returns.acts.save_cells import save_cells
from hexi.portal.returns.acts.submit_return import submit_return
from hexi.portal.returns.acts.withdraw_approval import withdraw_approval
from hexi.portal.returns.approval import publication
from hexi.portal.returns.models import PeriodLock, Reminder, Return, Submission
from hexi.portal.returns.queries.expected import Tally, expected, tally
from tests.portal.returns.bureau import FORM, LATER, PERIOD, Bureau, figures_of

BEFORE_ITS_END = datetime(2026, 10, 31, 9, 0, tzinfo=UTC)
TOP = "gs"


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> None:
    """The warehouse of these tests lies in a folder of its own."""
    from dataclasses import replace

    settings.HEXI = replace(settings.HEXI, home=tmp_path)


def counts(path: str | None = None) -> Tally:
    form = form_book.form_at(FORM, PERIOD)
    return tally(expected(form, PERIOD, None if path is None else [path]))


def close(bureau: Bureau, reason: str = "", unit: str = TOP, who: str = "province") -> PeriodLock:
    return close_period(FORM, PERIOD, unit, by=bureau.person(who), at=LATER, reason=reason)


def approved(bureau: Bureau, row: Return) -> Return:
    for who in ("park", "zone", "province"):
        row = approve_return(row.pk, by=bureau.person(who), at=LATER)
    return row


def outputs(as_of: int | None = None) -> dict[int, Decimal]:
    store = publication.warehouse()
    register = store.registry(as_of)
    facts = store.facts(
        [register.forms[FORM]], [PERIOD], items=[register.items["output"]], as_of=as_of
    )
    return dict(zip(*facts.select(["reporter", "value"]).to_pydict().values(), strict=True))


def test_who_must_report_comes_from_the_dated_register(bureau: Bureau) -> None:
    assert counts() == Tally(3, 0, 0, 0)
    assert counts("/gs/lz/lz-etdz/").expected == 2
    bureau.submitted()
    assert counts() == Tally(3, 1, 1, 0)
    bureau.enter("91620100MA71TEAT3M", "丁小企业", "etdz-an", above_scale=False)
    assert counts().expected == 3


def test_handing_in_after_the_due_day_is_not_on_time(bureau: Bureau) -> None:
    bureau.submitted(at=LATER)
    assert counts() == Tally(3, 1, 0, 0)


def test_a_period_closes_when_it_is_over_and_decided(bureau: Bureau) -> None:
    row = bureau.submitted()
    with pytest.raises(Refusal) as told:
        close_period(FORM, PERIOD, TOP, by=bureau.person("province"), at=BEFORE_ITS_END)
    assert isinstance(told.value, Refusals)
    assert {p.code for p in told.value.parts} == {"period_not_over", "undecided", "incomplete"}
    for who in ("maker", "park", "reader"):
        with pytest.raises(NotPermitted):
            close(bureau, "已核", who=who)
    with pytest.raises(NotPermitted):
        close(bureau, "已核", who="zone")
    approved(bureau, row)
    with pytest.raises(Refusal, match="incomplete"):
        close(bureau)
    lock = close(bureau, "两户停产，已核实")
    assert (lock.expected, lock.approved, lock.snapshot) == (3, 1, 1)
    assert bureau.acts_of(lock) == ["close_period"]
    with pytest.raises(Refusal, match="closed_already"):
        close(bureau, "再次")


def test_closing_publishes_what_is_approved_with_its_origin(bureau: Bureau) -> None:
    row = approved(bureau, bureau.submitted())
    close(bureau, "两户停产")
    assert outputs() == {bureau.maker.pk: Decimal("1200.0000")}
    made = Submission.objects.get()
    assert made.snapshot == 1
    store = publication.warehouse()
    facts = store.facts([store.registry().forms[FORM]], [PERIOD])
    assert set(facts["submission"].to_pylist()) == {made.pk}
    snapshot = store.snapshots()[0]
    assert (snapshot.actor, snapshot.reason) == ("province 同志", "两户停产")
    with pytest.raises(Refusal, match="published"):
        withdraw_approval(row.pk, reason="看错", by=bureau.person("province"), at=LATER)


def test_late_data_need_a_reason_and_become_a_new_vintage(bureau: Bureau) -> None:
    approved(bureau, bureau.submitted())
    close(bureau, "两户停产")
    drugs = bureau.person("drugs")
    with pytest.raises(Refusal, match="late_reason"):
        open_return(FORM, PERIOD, bureau.drugs.pk, by=drugs, at=LATER)
    row = open_return(FORM, PERIOD, bureau.drugs.pk, by=drugs, at=LATER, reason="系统故障")
    assert row.late
    save_cells(row.pk, figures_of(row), by=drugs, at=LATER)
    submit_return(row.pk, by=drugs, at=LATER)
    approved(bureau, row)
    assert outputs() == {bureau.maker.pk: Decimal(1200), bureau.drugs.pk: Decimal(1200)}
    assert outputs(as_of=1) == {bureau.maker.pk: Decimal(1200)}
    assert publication.warehouse().snapshots()[-1].reason == "系统故障"


def test_a_draft_of_a_closed_period_cannot_slip_in(bureau: Bureau) -> None:
    row = bureau.filled()
    close(bureau, "全部停产")
    for act in (
        lambda: save_cells(row.pk, {"output": "9"}, by=bureau.person("maker"), at=LATER),
        lambda: submit_return(row.pk, by=bureau.person("maker"), at=LATER),
    ):
        with pytest.raises(Refusal, match="period_closed"):
            act()
    row = open_return(
        FORM, PERIOD, bureau.maker.pk, by=bureau.person("maker"), at=LATER, reason="晚报"
    )
    assert row.late
    submit_return(row.pk, by=bureau.person("maker"), at=LATER)


def test_a_revision_leaves_the_old_figures_until_it_is_approved(bureau: Bureau) -> None:
    row = approved(bureau, bureau.submitted())
    close(bureau, "两户停产")
    maker = bureau.person("maker")
    revise_return(row.pk, reason="漏报一个车间", by=maker, at=LATER)
    save_cells(row.pk, {"output": "1300"}, by=maker, at=LATER)
    submit_return(row.pk, by=maker, at=LATER)
    assert outputs() == {bureau.maker.pk: Decimal(1200)}
    approved(bureau, row)
    assert outputs() == {bureau.maker.pk: Decimal(1300)}
    assert outputs(as_of=1) == {bureau.maker.pk: Decimal(1200)}


def test_a_reopened_period_is_published_again_when_it_is_closed(bureau: Bureau) -> None:
    close(bureau, "全部停产")
    with pytest.raises(Refusal, match="reason_missing"):
        reopen_period(FORM, PERIOD, TOP, reason="", by=bureau.person("province"), at=LATER)
    lock = reopen_period(FORM, PERIOD, TOP, reason="补报", by=bureau.person("province"), at=LATER)
    assert bureau.acts_of(lock) == ["close_period", "reopen_period"]
    approved(bureau, bureau.submitted(at=LATER))
    close(bureau, "其余停产")
    assert outputs() == {bureau.maker.pk: Decimal(1200)}


def test_a_zone_closes_its_own_part_and_the_top_stays_open(bureau: Bureau) -> None:
    row = bureau.filled()
    close(bureau, "停产", unit="lz-etdz", who="zone")
    with pytest.raises(Refusal, match="period_closed"):
        save_cells(row.pk, {"output": "9"}, by=bureau.person("maker"), at=LATER)
    assert publication.warehouse().snapshots() == []
    close(bureau, "停产")
    with pytest.raises(Refusal, match="closed_above"):
        reopen_period(FORM, PERIOD, "lz-etdz", reason="补报", by=bureau.person("zone"), at=LATER)


def test_a_failure_after_the_files_leaves_the_old_state(bureau: Bureau, monkeypatch: Any) -> None:
    approved(bureau, bureau.submitted())
    events = bureau.events()

    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("hexi.portal.returns.acts.close_period.record", fail)
    with pytest.raises(OSError):
        close(bureau, "两户停产")
    assert publication.warehouse().snapshots() == []
    assert (bureau.events(), PeriodLock.objects.count()) == (events, 0)
    assert Submission.objects.get().snapshot is None


def test_reminders_reach_who_is_missing_once_a_day(bureau: Bureau) -> None:
    bureau.submitted()
    assert remind(FORM, PERIOD, TOP, by=bureau.person("province"), at=LATER, note="请尽快") == 2
    assert Reminder.objects.visible_to(bureau.person("maker")).count() == 0
    assert Reminder.objects.visible_to(bureau.person("drugs")).get().note == "请尽快"
    with pytest.raises(Refusal, match="nobody_to_remind"):
        remind(FORM, PERIOD, "lz-etdz", by=bureau.person("zone"), at=LATER)
    with pytest.raises(NotPermitted):
        remind(FORM, PERIOD, TOP, by=bureau.person("zone"), at=LATER)
