"""Months, plans, lists and batches (进展、计划、清单、集中开工): corrections, all or nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hexi.portal.core.models import Event
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.core.told import Refusals
from hexi.portal.projects.acts.enter_progress import enter_progress
from hexi.portal.projects.acts.enter_statistics import enter_statistics
from hexi.portal.projects.acts.keep_batch import (
    add_to_batch,
    make_batch,
    start_batch,
    take_from_batch,
)
from hexi.portal.projects.acts.keep_tags import renew_tag, tag_records, untag
from hexi.portal.projects.acts.set_year_plan import set_year_plan
from hexi.portal.projects.models import Progress, ProjectTag, StartBatch
from tests.portal.projects.library import AT, TODAY, WAN, YI, Library, days_before

CODES = ("2603-620105-04-01-123456", "2603-620105-04-01-123457")


def report(library: Library, month: int = 202611, **said: Any) -> Progress:
    usual: dict[str, Any] = {"invested": 1000 * WAN, "done": "60", "note": ""}
    by = library.person("zone")
    return enter_progress(library.aluminium.pk, month, **{**usual, **said}, by=by, at=AT)


# months


def test_months_add_up_and_a_correction_replaces(library: Library) -> None:
    report(library)
    assert library.project_of("aluminium").invested == 16000 * WAN
    report(library, invested=500 * WAN, note="复核")
    assert library.project_of("aluminium").invested == 15500 * WAN
    event = Event.objects.filter(act="enter_progress").latest("id")
    assert (event.before["invested"], event.after["invested"]) == (1000 * WAN, 500 * WAN)
    assert event.before["done"] == "60"


@pytest.mark.parametrize(
    ("month", "said", "place"),
    [
        (202613, {}, "month"),
        (202612, {}, "month"),
        (20261, {}, "month"),
        (202611, {"invested": -1}, "invested"),
        (202611, {"invested": 10**16}, "invested"),
        (202611, {"done": "101"}, "done"),
        (202611, {"done": "很快"}, "done"),
        (202611, {"done": "NaN"}, "done"),
    ],
)
def test_what_no_month_can_say_is_named(
    library: Library, month: int, said: dict[str, Any], place: str
) -> None:
    with pytest.raises(Refusal) as refused:
        report(library, month, **said)
    assert refused.value.place == place
    assert library.project_of("aluminium").invested == 15000 * WAN


def test_going_back_and_spending_more_than_the_total_are_explained(library: Library) -> None:
    report(library, 202610, done="70", invested=5000 * WAN)
    with pytest.raises(Refusal, match="done_goes_back"):
        report(library, done="65")
    with pytest.raises(Refusal, match="over_total"):
        report(library, done="75", invested=12 * YI)
    assert report(library, done="65", note="返工").note == "返工"


def test_an_ended_project_reports_nothing(library: Library) -> None:
    library.moved("aluminium", "ended", ended_reason="market")
    with pytest.raises(Refusal, match="project_ended"):
        report(library)


def test_photos_come_with_the_month_in_one_event(library: Library) -> None:
    before = library.events()
    report(library, files=[
        SimpleUploadedFile("a.jpg", b"\xff\xd8\xff\xe0" + b"a" * 40),
        SimpleUploadedFile("b.png", b"\x89PNG\r\n\x1a\n" + b"b" * 40),
    ])  # fmt: skip
    assert library.events() == before + 1
    files = library.aluminium.files.values_list("of", "name")
    assert list(files) == [("month:202611", "a.jpg"), ("month:202611", "b.png")]
    bad = [SimpleUploadedFile("c.jpg", b"nothing like a picture")]
    with pytest.raises(Refusal, match="type_wrong"):
        report(library, invested=1, files=bad)
    assert library.project_of("aluminium").invested == 16000 * WAN


# plans of years


def test_a_plan_of_a_year_is_changed_with_a_reason(library: Library) -> None:
    zone, pk = library.person("zone"), library.aluminium.pk
    with pytest.raises(Refusal, match="reason_missing"):
        set_year_plan(pk, 2026, 5 * YI, "", by=zone, at=AT)
    set_year_plan(pk, 2026, 4 * YI, "主体封顶", by=zone, at=AT)
    set_year_plan(pk, 2026, 5 * YI, "主体封顶", by=zone, at=AT, reason="市上调度")
    assert library.aluminium.year_plans.get(year=2026).planned == 5 * YI
    for planned in (-1, 13 * YI):
        with pytest.raises(Refusal, match="planned_wrong"):
            set_year_plan(pk, 2027, planned, "", by=zone, at=AT)
    with pytest.raises(Refusal, match="year_wrong"):
        set_year_plan(pk, 20266, 1, "", by=zone, at=AT)


# lists


def spans(library: Library, key: str, tag: str) -> list[tuple[date, date | None]]:
    rows = ProjectTag.objects.filter(project=library.project_of(key), tag=tag)
    return list(rows.values_list("since", "until"))


def test_a_yearly_list_is_carried_over_and_last_years_stays(library: Library) -> None:
    admin = library.person("admin")
    # the nickel project is done; the aluminium one goes on
    assert renew_tag("provincial", 2027, by=admin, at=AT) == 1
    assert spans(library, "aluminium", "provincial") == [
        (TODAY, date(2027, 1, 1)),
        (date(2027, 1, 1), date(2028, 1, 1)),
    ]
    assert len(spans(library, "nickel", "provincial")) == 1
    with pytest.raises(Refusal, match="nothing_to_renew"):
        renew_tag("provincial", 2027, by=admin, at=AT)
    with pytest.raises(Refusal, match="not_yearly"):
        renew_tag("circular", 2027, by=admin, at=AT)
    with pytest.raises(Refusal, match="tag_unknown"):
        renew_tag("secret", 2027, by=admin, at=AT)


def test_only_the_own_scope_is_carried_over(library: Library) -> None:
    nickel = library.project_of("nickel").pk
    with pytest.raises(Refusal, match="nothing_to_renew"):
        renew_tag("provincial", 2027, ids=[nickel], by=library.person("zone"), at=AT)
    assert renew_tag("municipal", 2027, by=library.person("zone"), at=AT) == 1


def test_a_project_is_put_on_a_list_once_and_taken_off_by_day(library: Library) -> None:
    zone, pk = library.person("zone"), library.aluminium.pk
    with pytest.raises(Refusal, match="tagged_already"):
        tag_records([pk], "3341", TODAY, by=zone, at=AT)
    untag([pk], "3341", date(2026, 12, 1), reason="调出", by=zone, at=AT)
    assert spans(library, "aluminium", "3341") == [(TODAY, date(2026, 12, 1))]
    tag_records([pk], "3341", date(2026, 12, 1), by=zone, at=AT)
    # it was a mistake: it never stood on it
    untag([pk], "3341", date(2026, 12, 1), reason="误列", by=zone, at=AT)
    assert spans(library, "aluminium", "3341") == [(TODAY, date(2026, 12, 1))]
    with pytest.raises(Refusal, match="not_tagged"):
        untag([pk], "3341", date(2026, 12, 1), reason="调出", by=zone, at=AT)
    with pytest.raises(Refusal, match="reason_missing"):
        untag([pk], "provincial", TODAY, reason="", by=zone, at=AT)


def test_many_projects_come_onto_a_list_or_none_does(library: Library) -> None:
    zone = library.person("zone")
    inside = [library.project_of(key).pk for key in ("aluminium", "vaccine")]
    outside = library.project_of("nickel").pk
    with pytest.raises(NotFound):
        tag_records([*inside, outside], "circular", TODAY, by=zone, at=AT)
    assert not spans(library, "aluminium", "circular")
    assert len(tag_records(inside, "circular", TODAY, by=zone, at=AT)) == 2


# batches


def ready(library: Library) -> list[int]:
    """Two projects of the zone that may start."""
    first = library.moved("cold-chain", "approved", prepare={"state_code": CODES[0]})
    library.moved("vaccine", "approved", prepare={"state_code": CODES[1]})
    return [first.pk, library.project_of("vaccine").pk]


def batch(library: Library, day: date = TODAY, unit: str = "lz-etdz") -> StartBatch:
    by = library.person("zone")
    return make_batch("四季度集中开工", unit, day, by=by, at=AT, place="安宁")


def test_a_batch_starts_all_its_projects_on_its_day(library: Library) -> None:
    zone, made = library.person("zone"), batch(library, TODAY)
    ids = ready(library)
    assert add_to_batch(made.pk, ids, by=zone, at=AT) == 2
    assert add_to_batch(made.pk, ids, by=zone, at=AT) == 0
    before = library.events()
    assert start_batch(made.pk, by=zone, at=AT) == 2
    assert library.events() == before + 2
    for key in ("cold-chain", "vaccine"):
        row = library.project_of(key)
        assert (row.stage, row.actual_start, row.batch_id) == ("started", TODAY, made.pk)
        assert row.spells.get(until=None).evidence == "四季度集中开工"
    with pytest.raises(Refusal, match="nothing_to_start"):
        start_batch(made.pk, by=zone, at=AT)
    with pytest.raises(Refusal, match="started_already"):
        take_from_batch(made.pk, ids[:1], by=zone, at=AT)


def test_one_project_that_may_not_start_stops_the_whole_batch(library: Library) -> None:
    zone, made = library.person("zone"), batch(library)
    ids = [library.moved("cold-chain", "approved", prepare={"state_code": CODES[0]}).pk,
           library.project_of("vaccine").pk]  # fmt: skip
    add_to_batch(made.pk, ids, by=zone, at=AT)
    before = library.events()
    with pytest.raises(Refusal, match="stage_jump") as refused:
        start_batch(made.pk, by=zone, at=AT)
    assert refused.value.place == str(ids[1]) and "重组疫苗" in str(refused.value.message)
    assert library.events() == before
    assert library.project_of("cold-chain").stage == "approved"
    assert take_from_batch(made.pk, ids[1:], by=zone, at=AT) == 1
    assert start_batch(made.pk, by=zone, at=AT) == 1


def test_a_batch_of_a_day_ahead_waits_for_it(library: Library) -> None:
    zone, made = library.person("zone"), batch(library, date(2026, 12, 1))
    add_to_batch(made.pk, ready(library), by=zone, at=AT)
    with pytest.raises(Refusals) as refused:
        start_batch(made.pk, by=zone, at=AT)
    assert {part.code for part in refused.value.parts} == {"day_ahead"}


def test_a_batch_takes_projects_of_its_unit_that_have_not_started(library: Library) -> None:
    admin, made = library.person("admin"), batch(library)
    with pytest.raises(Refusals) as refused:
        add_to_batch(made.pk, [library.aluminium.pk, library.project_of("foil").pk],
                     by=admin, at=AT)  # fmt: skip
    assert [part.code for part in refused.value.parts] == [
        "started_already", "started_already", "elsewhere",
    ]  # fmt: skip


def test_a_batch_is_of_the_own_unit(library: Library) -> None:
    with pytest.raises(NotPermitted):
        batch(library, unit="jc-etdz")
    with pytest.raises(NotFound):
        batch(library, unit="nowhere")
    made = batch(library)
    stranger = library.person("stranger")
    assert not StartBatch.objects.visible_to(stranger).exists()
    with pytest.raises(NotFound):
        start_batch(made.pk, by=stranger, at=AT)
    with pytest.raises(Refusal, match="name_missing"):
        make_batch(" ", "lz-etdz", TODAY, by=library.person("zone"), at=AT)


# statistics


def test_a_project_points_to_one_row_of_the_register(library: Library) -> None:
    zone, code = library.person("zone"), library.project().code
    pk, other = library.aluminium.pk, library.project_of("vaccine").pk
    with pytest.raises(Refusal, match="reporting_unknown"):
        enter_statistics(pk, "2401-620100-04-01-999999", TODAY, by=zone, at=AT)
    with pytest.raises(Refusal, match="day_ahead"):
        enter_statistics(pk, code, date(2026, 12, 1), by=zone, at=AT)
    row = enter_statistics(pk, code, days_before(30), by=zone, at=AT)
    assert row.reporting is not None and row.in_statistics_since == days_before(30)
    with pytest.raises(Refusal, match="in_statistics_already"):
        enter_statistics(pk, code, TODAY, by=zone, at=AT)
    with pytest.raises(Refusal, match="reports_for_another"):
        enter_statistics(other, code, TODAY, by=zone, at=AT)
