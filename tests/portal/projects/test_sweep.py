"""The sweep of lamps (亮灯扫描): what it keeps, leaves alone, and does not stop at."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from hexi.portal.core.models import Event
from hexi.portal.projects.acts.enter_progress import enter_progress
from hexi.portal.projects.acts.move_stage import move_stage
from hexi.portal.projects.columns.marks import changes_since
from hexi.portal.projects.models import LampMonth, LampRun, ProjectRecord, YearPlan
from hexi.portal.projects.sweep.run import look_again, sweep_lamps
from hexi.portal.projects.sweep.worker import look_now
from tests.portal.projects.library import AT, TODAY, WAN, Library

DECEMBER = datetime(2026, 12, 3, 1, 0, tzinfo=UTC)


def lit() -> list[Event]:
    return list(Event.objects.filter(act="light_lamps").order_by("id"))


def lamps_of(library: Library, *keys: str) -> list[str]:
    return [library.project_of(key).lamp for key in keys]


def test_each_project_gets_the_lamp_of_its_rules(library: Library) -> None:
    run = sweep_lamps(TODAY, at=AT)
    # 4 亿元 of the year from March on, eight parts of ten due by October, 1.5 亿元 invested; not in
    # statistics for eight months
    first = lamps_of(library, "aluminium", "vaccine", "cold-chain")
    assert first == ["red", "red", "yellow"]
    assert lamps_of(library, "nickel", "foil", "hydrogen") == ["red", "red", "grey"]
    assert (run.looked, run.failed) == (6, {})
    assert run.finished_at == AT
    row = LampMonth.objects.get(project=library.project_of("cold-chain"))
    assert (row.month, row.lamp) == (202611, "yellow")
    assert row.reasons == [{"rule": "start", "lamp": "yellow", "set": "lamps-1",
                            "saw": {"planned": "2026-09", "months": 2}}]  # fmt: skip
    assert library.project_of("cold-chain").lamp_reasons == row.reasons


def test_one_event_a_changed_lamp_and_none_the_second_time(library: Library) -> None:
    sweep_lamps(TODAY, at=AT)
    first = lit()
    assert len(first) == 6
    assert {event.unit_path for event in first} >= {library.aluminium.unit_path}
    event = next(one for one in first if one.object_id == str(library.aluminium.pk))
    assert (event.before["lamp"], event.after["lamp"]) == ("", "red")
    assert event.after["rules"] == ["behind", "statistics"]
    kept = list(LampMonth.objects.values_list("pk", "at", "lamp"))
    again = sweep_lamps(TODAY, at=DECEMBER)
    assert again.pk == LampRun.objects.get().pk, "one run a day"
    assert lit() == first
    assert list(LampMonth.objects.values_list("pk", "at", "lamp")) == kept, "nothing written again"


def test_the_running_month_is_renewed_and_past_months_stay(library: Library) -> None:
    sweep_lamps(TODAY, at=AT)
    library.moved("cold-chain", "approved", prepare={
        "state_code": "2611-620105-04-01-234567"}, day=date(2026, 11, 19))  # fmt: skip
    row = library.project_of("cold-chain")
    ProjectRecord.objects.filter(pk=row.pk).update(planned_start=date(2027, 3, 1))
    sweep_lamps(date(2026, 11, 25), at=AT)
    assert LampMonth.objects.get(project=row, month=202611).lamp == "green"
    sweep_lamps(date(2026, 12, 3), at=DECEMBER)
    november = LampMonth.objects.get(project=row, month=202611)
    assert (november.lamp, november.at) == ("green", AT)
    assert LampMonth.objects.filter(project=row).count() == 2


def test_a_project_that_changed_is_looked_at_soon(library: Library) -> None:
    run = sweep_lamps(TODAY, at=AT)
    before = len(lit())
    vaccine = library.project_of("vaccine")
    ProjectRecord.objects.filter(pk=vaccine.pk).update(planned_start=date(2027, 1, 1))
    YearPlan.objects.filter(project=vaccine).delete()
    changes = changes_since(run.mark)
    projects = set().union(*changes.projects.values())
    assert vaccine.pk in projects
    assert look_again(run, sorted(projects), changes.mark, at=DECEMBER) == 1
    assert lamps_of(library, "vaccine") == ["green"]
    assert len(lit()) == before + 1
    own = changes_since(run.mark)
    assert look_again(run, sorted(set().union(*own.projects.values())), own.mark, at=AT) == 0
    if connection.vendor == "sqlite":
        # on PostgreSQL a transaction sees its own marks until it has ended, and so does a test
        assert changes_since(run.mark).projects == {}, "its own writing is not looked at for ever"


def test_money_that_comes_in_puts_a_lamp_out(library: Library) -> None:
    sweep_lamps(TODAY, at=AT)
    row = library.aluminium
    ProjectRecord.objects.filter(pk=row.pk).update(in_statistics_since=date(2026, 4, 1))
    by = library.person("park")
    enter_progress(row.pk, 202609, invested=20_000 * WAN, done=None, note="设备到货", by=by, at=AT)
    sweep_lamps(TODAY, at=AT)
    assert lamps_of(library, "aluminium") == ["green"]


def test_ended_projects_go_grey_once_and_then_rest(library: Library) -> None:
    sweep_lamps(TODAY, at=AT)
    row = library.project_of("vaccine")
    move_stage(row.pk, "ended", day=TODAY, reason="投资方撤资", ended_reason="investor-withdrew",
               by=library.person("zone"), at=AT)  # fmt: skip
    sweep_lamps(TODAY, at=AT)
    assert lamps_of(library, "vaccine") == ["grey"]
    sweep_lamps(date(2026, 12, 3), at=DECEMBER)
    assert not LampMonth.objects.filter(project=row, month=202612).exists()


def test_one_failing_project_is_told_and_stops_no_other(library: Library) -> None:
    bad, strange = library.aluminium, library.project_of("foil")
    YearPlan.objects.filter(project=strange).update(planned=8 * 10**18)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            pytest.skip("the trigger below is of SQLite")
        cursor.execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON projects_lampmonth "
            f"WHEN NEW.project_id = {bad.pk} BEGIN SELECT RAISE(ABORT, 'disk'); END"
        )
    run = sweep_lamps(TODAY, at=AT, batch=4)
    assert run.failed == {str(bad.pk): "write", str(strange.pk): "sum"}
    assert lamps_of(library, "aluminium", "vaccine", "cold-chain", "hydrogen") == [
        "", "red", "yellow", "grey",
    ]  # fmt: skip
    assert not Event.objects.filter(act="light_lamps", object_id=str(bad.pk)).exists()
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER refuse")
    YearPlan.objects.filter(project=strange).update(planned=10**8)
    mended = sweep_lamps(TODAY, at=AT)
    assert mended.failed == {}
    assert lamps_of(library, "aluminium") == ["red"]


def test_merged_projects_have_no_lamp(library: Library) -> None:
    double = library.registered(name="铝箔项目（重复）", planned_start=date(2025, 1, 1))
    ProjectRecord.objects.filter(pk=double.pk).update(merged_into=library.aluminium.pk)
    sweep_lamps(TODAY, at=AT)
    assert not LampMonth.objects.filter(project=double).exists()


def test_the_command_tells_what_it_did(library: Library, capsys: Any) -> None:
    from django.core.management import call_command

    call_command("sweep_lamps")
    out = capsys.readouterr().out
    assert out.startswith(f"{timezone.localdate()}: 6 / 6 / 0")


def test_the_worker_sweeps_once_a_day_and_then_what_changed(library: Library) -> None:
    assert look_now() == 1
    run = LampRun.objects.get()
    assert run.finished_at is not None and run.as_of == timezone.localdate()
    if connection.vendor == "sqlite":
        assert [look_now(), look_now()] == [1, 0], "its own writing once more, then nothing"
    before = len(lit())
    row = library.project_of("hydrogen")
    ProjectRecord.objects.filter(pk=row.pk).update(planned_start=date(2020, 1, 1))
    assert look_now() == 1
    assert library.project_of("hydrogen").lamp == "red"
    assert len(lit()) == before + 1
    assert LampRun.objects.get().looked == 6, "still the one run of the day"
