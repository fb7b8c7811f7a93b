"""Acts of monitoring (监测行为): who may, which rules hold, one event each, none when refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.models import Event, Person
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.core.told import Refusals
from hexi.portal.plans.models import PlanRow
from hexi.portal.scoreboard.acts.adjust_target import Change, adjust_target
from hexi.portal.scoreboard.acts.answer_warning import answer_warning
from hexi.portal.scoreboard.acts.close_warning import close_warning
from hexi.portal.scoreboard.acts.escalate_warnings import escalate_warnings
from hexi.portal.scoreboard.acts.keep_calendar_key import make_calendar_key
from hexi.portal.scoreboard.acts.mail_warnings import mail_warnings
from hexi.portal.scoreboard.models import Adjustment, CalendarKey, EarlyWarning, MonitoredTarget
from hexi.portal.scoreboard.queries.board import board_rows, lamp_counts
from hexi.portal.scoreboard.sweep.seeding import monitor_plans
from tests.portal.office import AT
from tests.portal.scoreboard.watch import GDP, TRADE, Watch, give_address, late

WHY = {"reason": "外部环境变化", "authority": "省人民政府", "document": "甘政发〔2018〕1号"}


def adjust(watch: Watch, by: Person | None) -> Any:
    return adjust_target(watch.target(GDP).pk, Change(value="400"), by=by, at=AT, **WHY)


def answer(watch: Watch, by: Person | None) -> Any:
    warning = EarlyWarning.objects.filter(target__key=GDP).first() or watch.warn()
    return answer_warning(warning.pk, "已督促填报", by=by, at=AT)


def close(watch: Watch, by: Person | None) -> Any:
    warning = EarlyWarning.objects.filter(target__key=GDP).first()
    if warning is None:
        warning = watch.warn()
        answer_warning(warning.pk, "已督促填报", by=watch.office.person("zone"), at=AT)
    return close_warning(warning.pk, "数据已到", by=by, at=AT)


#: act to (how it is done, events it writes before itself)
DONE: dict[str, tuple[Callable[[Watch, Person | None], Any], int]] = {
    "adjust_target": (adjust, 0),
    "answer_warning": (answer, 1),
    "close_warning": (close, 2),
}


@pytest.mark.parametrize("act", DONE)
def test_an_act_writes_exactly_one_event(act: str, watch: Watch) -> None:
    do, others = DONE[act]
    before = Event.objects.count()
    do(watch, watch.office.person("province"))
    assert Event.objects.count() == before + others + 1
    event = Event.objects.all()[0]
    assert (event.act, event.who_name, event.at) == (act, "province 同志", AT)
    line = event_lines([event])[0]
    assert line.act_label != act and line.object


@pytest.mark.parametrize("act", DONE)
@pytest.mark.parametrize("who", ["", "stranger", "reader", "park"])
def test_a_refused_act_changes_nothing(act: str, who: str, watch: Watch) -> None:
    do, others = DONE[act]
    before = Event.objects.count()
    with pytest.raises((NotPermitted, NotFound)):
        do(watch, watch.office.person(who))
    assert Event.objects.count() == before + others
    assert watch.target(GDP).version == 1


def test_steps_of_the_portal_itself_write_one_event_each(watch: Watch) -> None:
    warning = watch.warn()
    assert Event.objects.filter(act="raise_warning", object_id=str(warning.pk)).count() == 1
    late(warning)
    others = EarlyWarning.objects.exclude(pk=warning.pk)
    others.delete()
    before = Event.objects.count()
    assert escalate_warnings(at=AT) == 1
    assert Event.objects.count() == before + 1
    give_address(warning.unit)
    before = Event.objects.count()
    assert mail_warnings("https://hexi.example.cn", lambda _letter: None, at=AT) == (1, [])
    assert Event.objects.count() == before + 1
    make_calendar_key(watch.office.person("zone"), at=AT)
    assert Event.objects.count() == before + 2


def test_an_adjustment_keeps_both_versions(watch: Watch) -> None:
    made = adjust(watch, watch.office.person("province"))
    assert (made.number, made.before["value"], made.after["value"]) == (1, "430", "400")
    row = watch.target(GDP)
    assert (row.value, row.version) == ("400", 2)
    second = adjust_target(
        row.pk, Change(end="2022"), by=watch.office.person("province"), at=AT, **WHY
    )
    assert second.before["value"] == "400"
    assert (second.before["end"], second.after["end"], second.after["period"]) == (
        2020, 2022, "2022",
    )  # fmt: skip
    assert Adjustment.objects.filter(target=row).count() == 2


def test_every_fault_of_an_adjustment_is_told_at_once(watch: Watch) -> None:
    with pytest.raises(Refusals) as told:
        adjust_target(
            watch.target(GDP).pk,
            Change(value="约30", end="2010"),
            reason=" ",
            authority="",
            document="",
            by=watch.office.person("zone"),
            at=AT,
        )
    assert [part.place for part in told.value.parts] == [
        "reason", "authority", "document", "value", "end",
    ]  # fmt: skip
    assert watch.target(GDP).value == "430"


@pytest.mark.parametrize("value", ["101", "-3"])
def test_a_share_stays_within_its_bounds(value: str, watch: Watch) -> None:
    share = MonitoredTarget.objects.filter(measure="share", measure_unit="%", parent=None)
    row = share.filter(plan__unit__code="lz-etdz", plan__source="pack")[0]
    with pytest.raises(Refusal, match="share_out_of_range"):
        adjust_target(row.pk, Change(value=value), by=watch.office.person("zone"), at=AT, **WHY)


def test_an_adjustment_must_change_something(watch: Watch) -> None:
    with pytest.raises(Refusal, match="nothing_changed"):
        adjust_target(
            watch.target(GDP).pk, Change(value="430"), by=watch.office.person("zone"), at=AT, **WHY
        )


def test_a_target_is_adjusted_where_it_was_set(watch: Watch) -> None:
    """The zone sets the park's part; it cannot touch a target of the province."""
    part = watch.part("accepted")
    zone = watch.office.person("zone")
    assert adjust_target(part.pk, Change(value="90"), by=zone, at=AT, **WHY).after["value"] == "90"
    with pytest.raises(NotPermitted):
        adjust_target(watch.target(TRADE).pk, Change(value="90"), by=zone, at=AT, **WHY)


def test_a_proposal_is_not_adjusted(watch: Watch) -> None:
    part = watch.part()
    with pytest.raises(Refusal, match="not_agreed"):
        adjust_target(part.pk, Change(value="90"), by=watch.office.person("zone"), at=AT, **WHY)


def test_who_answered_does_not_close(watch: Watch) -> None:
    warning, province = watch.warn(), watch.office.person("province")
    with pytest.raises(Refusal, match="not_answered"):
        close_warning(warning.pk, "办结", by=province, at=AT)
    answer_warning(warning.pk, "已督促", by=province, at=AT)
    with pytest.raises(Refusal, match="own_answer"):
        close_warning(warning.pk, "办结", by=province, at=AT)
    with pytest.raises(NotPermitted):
        close_warning(warning.pk, "办结", by=watch.office.person("zone"), at=AT)
    with pytest.raises(Refusal, match="reason_missing"):
        close_warning(warning.pk, " ", by=watch.office.person("admin"), at=AT)
    close_warning(warning.pk, "数据已到", by=watch.office.person("admin"), at=AT)
    for again in (
        lambda: answer_warning(warning.pk, "再答", by=province, at=AT),
        lambda: close_warning(warning.pk, "再结", by=province, at=AT),
    ):
        with pytest.raises(Refusal, match="closed_already"):
            again()


def test_an_empty_answer_is_refused(watch: Watch) -> None:
    with pytest.raises(Refusal, match="answer_missing"):
        answer_warning(watch.warn().pk, "  ", by=watch.office.person("zone"), at=AT)


def test_a_new_calendar_key_voids_the_old_one(watch: Watch) -> None:
    zone = watch.office.person("zone")
    first, second = (make_calendar_key(zone, at=AT) for _time in range(2))
    assert first != second and CalendarKey.objects.filter(person=zone).count() == 1
    with pytest.raises(NotPermitted):
        make_calendar_key(None, at=AT)


def test_a_withdrawn_target_stays_to_be_seen_and_counts_no_more(watch: Watch) -> None:
    row, officer = watch.running(), watch.office.person("province")
    watch.sweep()
    counted = lamp_counts(board_rows(officer)).running
    unit = row.unit or watch.office.unit("zone")
    EarlyWarning.objects.create(
        target=row, kind="stalled", rule="t", as_of=AT.date(), level="yellow", unit=unit,
        raised_at=AT, deadline=AT.date(),
    )  # fmt: skip
    with pytest.raises(Refusal, match="withdraw_alone"):
        adjust_target(row.pk, Change(value="9", withdraw=True), by=officer, at=AT, **WHY)
    client = watch.office.client("province")
    address = f"/scoreboard/targets/{row.pk}/"
    given = {**WHY, "withdraw": "1"}
    assert client.post(f"{address}adjust/", {**given, "document": ""}).status_code != 302
    assert client.post(f"{address}adjust/", given).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.value, row.version) == ("withdrawn", "130", 2)
    assert lamp_counts(board_rows(officer)).running == counted - 1
    # on a day before it was withdrawn it counted
    assert board_rows(officer, date(2025, 12, 31)).filter(pk=row.pk).count() == 1
    for who in ("province", ""):
        page = watch.office.client(who).get(address).content.decode()
        assert "已撤销</h1>" in page and WHY["document"] in page
    # nobody is asked to answer for it any more
    (warning,) = row.warnings.filter(rule="t")
    assert (warning.state, warning.closed_by) == ("closed", officer.name)
    assert WHY["document"] in warning.closing
    (event,) = event_lines(Event.objects.filter(act="adjust_target"))
    assert {"field": "目标撤销", "before": "", "after": "是"} in event.changes
    with pytest.raises(Refusal, match="not_agreed"):
        adjust_target(row.pk, Change(value="9"), by=officer, at=AT, **WHY)
    monitor_plans(PlanRow.objects.filter(pk=row.plan_id), AT)
    assert MonitoredTarget.objects.get(pk=row.pk).state == "withdrawn"
