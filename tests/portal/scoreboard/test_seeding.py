"""Targets come under monitoring (目标纳入监测): with the plan, under keys that last."""

from __future__ import annotations

import pytest
from django.db.models import F

from hexi.portal.plans.acts.reread_document import reread_document
from hexi.portal.plans.models import TargetRow
from hexi.portal.scoreboard.acts.adjust_target import Change, adjust_target
from hexi.portal.scoreboard.models import MonitoredTarget, TargetState
from hexi.portal.scoreboard.sweep.seeding import decimal_text, key_of, monitor_plans
from tests.portal.office import AT, Office, read_now


def test_every_target_is_monitored_once(office: Office) -> None:
    assert MonitoredTarget.objects.filter(parent=None).count() == TargetRow.objects.count()
    assert not TargetRow.objects.filter(monitored=None).exists()
    assert MonitoredTarget.objects.filter(plan=office.plan).exists()


def test_a_target_of_the_pack_keeps_the_packs_id(office: Office) -> None:
    row = MonitoredTarget.objects.get(key="gs-open-135.trade")
    assert (row.value, row.base, row.start, row.end) == ("120", "80.1", 2015, 2020)
    assert row.unit is not None and row.unit.code == "gs"


def test_a_target_without_a_year_is_given_none(office: Office) -> None:
    """建成三年内 is no year; the plan's last year is not put in its place."""
    row = MonitoredTarget.objects.get(key="lz-etdz-135.yaogu.output")
    assert row.end is None


def test_a_new_reading_keeps_addresses_and_what_people_added(office: Office) -> None:
    before = dict(MonitoredTarget.objects.filter(plan=office.plan).values_list("key", "pk"))
    worked_on = MonitoredTarget.objects.filter(plan=office.plan).order_by("pk")[0]
    MonitoredTarget.objects.filter(pk=worked_on.pk).update(requirement="每季度报告")
    reading = reread_document(office.reading.document_id, by=office.person("zone"), at=AT)
    read_now(reading)
    after = dict(MonitoredTarget.objects.filter(plan=office.plan).values_list("key", "pk"))
    assert after == before
    kept = MonitoredTarget.objects.get(pk=worked_on.pk)
    assert kept.requirement == "每季度报告"
    assert kept.target is not None, "the link to the plan's target is made anew"


def test_an_adjusted_target_no_longer_follows_the_document(office: Office) -> None:
    row = MonitoredTarget.objects.get(key="gs-open-135.trade")
    adjust_target(
        row.pk,
        Change(value="100"),
        reason="外部环境变化",
        authority="省人民政府",
        document="甘政发〔2018〕1号",
        by=office.person("province"),
        at=AT,
    )
    TargetRow.objects.filter(monitored=row).update(value="125", indicator="货物贸易总额")
    monitor_plans([row.plan], AT)
    row.refresh_from_db()
    assert row.value == "100"
    assert row.indicator == "货物贸易总额"


def test_a_target_that_is_gone_ends_where_people_worked_on_it(office: Office) -> None:
    rows = list(MonitoredTarget.objects.filter(plan=office.plan).order_by("pk")[:2])
    MonitoredTarget.objects.filter(pk=rows[0].pk).update(path_shape="straight")
    TargetRow.objects.filter(pk__in=[row.target_id for row in rows]).delete()
    monitor_plans([office.plan], AT)
    assert MonitoredTarget.objects.get(pk=rows[0].pk).state == TargetState.ENDED
    assert not MonitoredTarget.objects.filter(pk=rows[1].pk).exists()


def test_two_targets_for_one_thing_keep_two_keys(office: Office) -> None:
    target = TargetRow.objects.filter(plan=office.plan).order_by("number")[0]
    assert target.reading_id
    target.pk, target.number = None, 900
    target.save()
    monitor_plans([office.plan], AT)
    keys = MonitoredTarget.objects.filter(plan=office.plan, key__startswith=key_of(target))
    assert set(keys.values_list("key", flat=True)) == {key_of(target), f"{key_of(target)}#2"}


def test_a_second_seeding_changes_nothing(office: Office) -> None:
    before = list(MonitoredTarget.objects.order_by("pk").values())
    monitor_plans({row.plan for row in MonitoredTarget.objects.select_related("plan")}, AT)
    assert list(MonitoredTarget.objects.order_by("pk").values()) == before
    assert not MonitoredTarget.objects.filter(changed_at__gt=F("plan__updated_at")).exists()


@pytest.mark.parametrize(
    ("printed", "size", "text"),
    [
        ("12,000", None, "12000"),
        ("8.50", None, "8.50"),
        ("−2.5", None, "-2.5"),
        ("约30", 30.0, "30.0"),
        ("翻一番", None, ""),
        ("", None, ""),
    ],
)
def test_a_printed_figure_becomes_a_decimal_or_nothing(
    printed: str, size: float | None, text: str
) -> None:
    assert decimal_text(printed, size) == text
