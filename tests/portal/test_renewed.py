"""Verdicts of read plans follow the calendar (判定随日历更新), corrections included."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hexi.portal.core.models import Event
from hexi.portal.plans.acts.correct_statement import correct_statement
from hexi.portal.plans.acts.seed_pack import seed_pack
from hexi.portal.plans.acts.upload_document import upload_document
from hexi.portal.plans.models import StatementRow, TargetRow
from tests.portal.office import AT, Office, read_now

BEFORE = datetime(2019, 6, 1, tzinfo=UTC)
TEXT = """甘肃省“十三五”经济发展要点

一、发展目标

到2020年，甘肃省地区生产总值达到15000亿元。
"""


def target(office: Office) -> TargetRow:
    reading = read_now(
        upload_document([TEXT.encode()], "要点.txt", by=office.person("admin"), at=AT)
    )
    row: TargetRow = TargetRow.objects.get(reading=reading, indicator_id="gdp")
    return row


def test_a_verdict_of_a_read_plan_follows_the_calendar(office: Office) -> None:
    row = target(office)
    today = row.verdict
    assert today == "missed"
    for at, expected in ((BEFORE, "unknown"), (AT, today)):
        seed_pack("gansu", at=at)
        row = TargetRow.objects.get(pk=row.pk)
        assert row.verdict == expected
    assert Event.objects.filter(act="seed_pack")[0].after["verdicts"] == 2


def test_within_a_month_nothing_is_judged_again(
    office: Office, django_assert_max_num_queries: Any
) -> None:
    target(office)
    seed_pack("gansu", at=AT)
    with django_assert_max_num_queries(1):
        seed_pack("gansu", at=AT)


def test_what_people_corrected_is_judged_as_corrected(office: Office) -> None:
    row = target(office)
    figure = StatementRow.objects.get(reading=row.reading, number=row.statements[0])
    correct_statement(
        figure.pk,
        "value",
        "20000",
        reason="印错",
        by=office.person("admin"),
        at=AT,
    )
    seed_pack("gansu", at=BEFORE)
    seed_pack("gansu", at=AT)
    again = TargetRow.objects.get(reading=row.reading, indicator_id="gdp")
    assert (again.size, again.verdict) == (20000, "missed")
