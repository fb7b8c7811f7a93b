"""Warnings (预警): raised once, with a day in working days, rising when late, mailed once."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command

from hexi.calendar.working_days import working_days_between
from hexi.monitoring.lamps import Alarm
from hexi.monitoring.verdicts import Remark
from hexi.portal.core.models import Event, Unit
from hexi.portal.scoreboard.acts.answer_warning import answer_warning
from hexi.portal.scoreboard.acts.close_warning import close_warning
from hexi.portal.scoreboard.acts.escalate_warnings import escalate_warnings
from hexi.portal.scoreboard.acts.mail_warnings import mail_warnings
from hexi.portal.scoreboard.acts.raise_warnings import Seen, raise_warnings
from hexi.portal.scoreboard.models import EarlyWarning, MonitoredTarget, Standing, WarningState
from hexi.portal.scoreboard.queries.digest import WarningDigest
from hexi.portal.scoreboard.queries.track_record import track_record_of
from hexi.portal.scoreboard.queries.warnings import to_answer, to_close
from tests.portal.office import AT
from tests.portal.scoreboard.watch import GDP, TODAY, TRADE, Watch, give_address, late


def alarm(about: str = "2019") -> Alarm:
    said = Remark("stalled", "数据逾期", "late")
    return Alarm(GDP, "stalled", "stalling-1", TODAY, said, {}, 10, 5, about)


def test_a_running_target_that_lost_its_course_is_warned_of(watch: Watch) -> None:
    """Zone targets of 2028 have no figure yet: reporting has stalled, and the sweep said so."""
    row = EarlyWarning.objects.filter(target__plan__pack_id="lzna-process-2024")[0]
    assert (row.kind, row.state, row.rule) == ("stalled", WarningState.OPEN, "stalling-1")
    assert row.record["reasons"][0]["text"] and row.record["reasons"][0]["text_en"]
    assert working_days_between(TODAY, row.deadline) == 10
    assert row.unit is not None and row.desk is not None
    assert row.unit.path.startswith(row.desk.path) and row.unit != row.desk


def test_the_same_matter_is_raised_once(watch: Watch) -> None:
    warning = watch.warn()
    seen = Seen(watch.target(GDP), alarm(), "yellow", "another hash")
    assert raise_warnings([seen], at=AT) == 0
    answer_warning(warning.pk, "已督促", by=watch.office.person("zone"), at=AT)
    close_warning(warning.pk, "数据已到", by=watch.office.person("province"), at=AT)
    assert raise_warnings([Seen(watch.target(GDP), alarm(), "yellow", "hash of 2019")], at=AT) == 0
    assert raise_warnings([seen], at=AT) == 1, "other figures, another warning"
    assert raise_warnings([Seen(watch.target(GDP), alarm("2020"), "red", "x")], at=AT) == 1


def test_the_responsible_person_and_body_answer(watch: Watch) -> None:
    park = watch.office.person("park")
    body = Unit.objects.get(code="etdz-an")
    MonitoredTarget.objects.filter(key=GDP).update(person=park, body=body)
    warning = watch.warn()
    assert (warning.person, warning.unit) == (park, body)
    assert list(to_answer(park)) == [warning]
    assert warning.desk == watch.target(GDP).plan.unit, "who set the target closes it"
    answer_warning(warning.pk, "已落实", by=park, at=AT)
    assert not to_answer(park).exists()
    assert list(to_close(watch.office.person("zone"))) == [warning]


def test_an_overdue_warning_rises_level_by_level_to_the_top(watch: Watch) -> None:
    EarlyWarning.objects.all().delete()
    warning = watch.warn()
    assert warning.desk is not None and warning.desk.code == "lz"
    late(warning)
    assert escalate_warnings(at=AT) == 1
    warning.refresh_from_db()
    assert warning.desk is not None
    assert (warning.desk.code, warning.escalated) == ("gs", 1)
    assert working_days_between(TODAY, warning.deadline) == 5
    assert escalate_warnings(at=AT) == 0, "it has days again"
    late(warning)
    assert escalate_warnings(at=AT) == 0, "nobody stands above the province"
    risen = Event.objects.filter(act="escalate_warning")
    assert [event.after["unit"] for event in risen] == ["甘肃省"]


def test_an_answered_warning_does_not_rise(watch: Watch) -> None:
    EarlyWarning.objects.all().delete()
    warning = watch.warn()
    answer_warning(warning.pk, "已督促", by=watch.office.person("zone"), at=AT)
    late(warning)
    assert escalate_warnings(at=AT) == 0


def test_each_step_of_a_warning_is_mailed_once(watch: Watch) -> None:
    EarlyWarning.objects.all().delete()
    warning = watch.warn()
    give_address(warning.unit)
    box: list[WarningDigest] = []
    assert mail_warnings("https://hexi.example.cn/", box.append, at=AT) == (1, [])
    assert box[0].to == "zone@example.cn"
    assert "地区生产总值" in box[0].body and warning.deadline.isoformat() in box[0].body
    assert "https://hexi.example.cn/scoreboard/warnings/" in box[0].body
    assert mail_warnings("https://hexi.example.cn/", box.append, at=AT) == (0, [])
    late(warning)
    escalate_warnings(at=AT)
    assert mail_warnings("https://hexi.example.cn/", box.append, at=AT) == (1, [])


def test_an_address_that_fails_is_tried_again(watch: Watch) -> None:
    EarlyWarning.objects.all().delete()
    warning = watch.warn()
    give_address(warning.unit)

    def broken(_letter: WarningDigest) -> None:
        raise ConnectionRefusedError

    assert mail_warnings("https://x.cn", broken, at=AT) == (0, ["zone@example.cn"])
    warning.refresh_from_db()
    assert warning.mailed_to == []


def test_one_address_of_several_that_fails_is_tried_again_alone(watch: Watch) -> None:
    EarlyWarning.objects.all().delete()
    warning, other = watch.warn(), watch.running()
    raise_warnings([Seen(other, alarm(), "yellow", "another target")], at=AT)
    late(warning)
    assert escalate_warnings(at=AT) == 1
    warning.refresh_from_db()
    give_address(warning.unit)
    give_address(warning.desk, "province@example.cn")
    box: list[WarningDigest] = []

    def one_fails(letter: WarningDigest) -> None:
        if letter.to.startswith("province"):
            raise ConnectionRefusedError
        box.append(letter)

    answer = mail_warnings("https://x.cn", one_fails, at=AT)
    assert answer[1] == ["province@example.cn"]
    warning.refresh_from_db()
    assert warning.mailed_to == ["zone@example.cn"]
    box.clear()
    assert mail_warnings("https://x.cn", box.append, at=AT) == (1, [])
    assert [(letter.to, warning.pk in letter.warnings) for letter in box] == [
        ("province@example.cn", True)
    ]
    assert mail_warnings("https://x.cn", box.append, at=AT) == (0, [])
    warning.refresh_from_db()
    assert warning.mailed_to == ["zone@example.cn", "province@example.cn"]


def test_the_command_shows_letters_without_sending(
    watch: Watch, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("mail_warnings", "https://x.cn", "--show")
    assert capsys.readouterr().out == "", "no unit has an address"


def test_false_alarms_and_misses_are_counted_on_known_outcomes(watch: Watch) -> None:
    """The trade target burned red in 2018 and was missed; what was never warned of is a miss."""
    watch.sweep(date(2018, 12, 31))
    kept = track_record_of(watch.office.person("admin"))
    known = MonitoredTarget.objects.filter(latest__grade__in=("met", "missed"))
    assert kept.judged == known.count() > 0
    assert kept.whole is not None
    assert kept.whole.false.of == 1 and kept.whole.false.hits == 0
    missed = known.filter(latest__grade="missed").count()
    assert (kept.whole.missed.hits, kept.whole.missed.of) == (missed - 1, missed)
    early = Standing.objects.get(target__key=TRADE, as_of=date(2018, 12, 31))
    assert early.p is not None and early.p < 0.2
    assert kept.bands[0].came.hits == 0


def test_without_outcomes_nothing_is_claimed(watch: Watch) -> None:
    assert track_record_of(watch.office.person("stranger")).judged >= 0
    MonitoredTarget.objects.update(latest=None, lamp="grey")
    kept = track_record_of(watch.office.person("admin"))
    assert kept.judged == 0 and kept.bands == []
