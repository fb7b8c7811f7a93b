"""The sweep (监测扫描): the same twice, whole after a kill, against both versions."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import zlib
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from hexi.monitoring.forecast import foresee
from hexi.portal.core.models import Event
from hexi.portal.figures.models import Release
from hexi.portal.plans.models import PlanRow
from hexi.portal.scoreboard.acts.adjust_target import Change, adjust_target
from hexi.portal.scoreboard.models import (
    Against,
    EarlyWarning,
    Lamp,
    MonitoredTarget,
    Shown,
    Standing,
    SweepRun,
    TargetState,
)
from hexi.portal.scoreboard.sweep import worker
from hexi.portal.scoreboard.sweep.bench import bench_of
from hexi.portal.scoreboard.sweep.goals import Cases
from hexi.portal.scoreboard.sweep.released import released_observations
from hexi.portal.scoreboard.sweep.run import is_due
from tests.portal.office import AT
from tests.portal.scoreboard.watch import GDP, TODAY, TRADE, Watch

SETUP = """
import os
from datetime import UTC, date, datetime
from hexi.portal import bootstrap
bootstrap.setup()
from hexi.portal.scoreboard.models import EarlyWarning, MonitoredTarget, Standing, SweepRun
from hexi.portal.scoreboard.sweep import run
AT, DAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC), date(2026, 11, 20)
"""
LAY = """
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from hexi.portal.plans.acts.seed_pack import seed_pack
seed_pack("gansu", at=AT)
"""
#: dies in the midst of the fourth batch, after its standings were written
DIE = """
whole, calls = run.raise_warnings, []
def die(*args, **kwargs):
    calls.append(1)
    if len(calls) == 4:
        print("dying", flush=True)
        os.kill(os.getpid(), 9)
    return whole(*args, **kwargs)
run.raise_warnings = die
run.sweep_targets(DAY, at=AT, batch=20)
"""
LOOK = """
print(Standing.objects.count(), EarlyWarning.objects.count(),
      SweepRun.objects.filter(finished_at=None).count(), run.is_due(DAY))
"""
SWEEP = """
made = run.sweep_targets(DAY, at=AT, batch=20)
print(made.targets, made.changed)
"""
STATE = """
print(list(Standing.objects.order_by("target__key", "against").values_list(
    "target__key", "as_of", "against", "lamp", "grade", "p", "data_hash")),
    sorted(EarlyWarning.objects.values_list("target__key", "kind", "about")),
    sorted(MonitoredTarget.objects.values_list("key", "lamp")))
"""


def run(home: Path, script: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if k != "HEXI_DATABASE_URL"}
    settings = {"HEXI_HOME": str(home), "DJANGO_SETTINGS_MODULE": "hexi.portal.config.settings"}
    return subprocess.run(
        [sys.executable, "-c", SETUP + script],
        env={**kept, **settings},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_a_sweep_that_is_killed_is_whole_after_the_next(tmp_path: Path) -> None:
    killed, untouched = tmp_path / "killed", tmp_path / "untouched"
    for home in (killed, untouched):
        home.mkdir()
        laid = run(home, LAY)
        assert laid.returncode == 0, laid.stderr
    dead = run(killed, DIE)
    assert dead.returncode == -signal.SIGKILL and "dying" in dead.stdout
    # three batches stand whole, nothing of the fourth
    standings, _warnings, unfinished, due = run(killed, LOOK).stdout.split()
    assert (standings, unfinished, due) == ("60", "1", "True")
    again = run(killed, SWEEP)
    assert again.returncode == 0, again.stderr
    targets, changed = map(int, again.stdout.split())
    assert changed == targets - 60
    assert run(untouched, SWEEP).returncode == 0
    assert run(killed, STATE).stdout == run(untouched, STATE).stdout


def test_a_second_sweep_writes_nothing(watch: Watch) -> None:
    before = list(Standing.objects.order_by("pk").values())
    events = Event.objects.count()
    second = watch.sweep()
    assert second.changed == 0 and second.warned == 0
    assert list(Standing.objects.order_by("pk").values()) == before
    assert Event.objects.count() == events, "a sweep that found nothing new leaves no event"


def test_a_sweep_leaves_one_event(watch: Watch) -> None:
    swept = Event.objects.filter(act="sweep_targets")
    assert swept.count() == 1
    assert swept[0].after["changed"] == Standing.objects.count()


def test_known_outcomes_of_the_real_plans(watch: Watch) -> None:
    trade, gdp = watch.target(TRADE), watch.target(GDP)
    assert trade.latest is not None and gdp.latest is not None
    assert trade.latest.shown == gdp.latest.shown == Shown.MISSED
    assert trade.latest.actual == pytest.approx(55.30, abs=0.2)
    assert gdp.latest.actual == pytest.approx(331.49, abs=0.01)
    for row in (trade, gdp):
        assert row.latest is not None
        used = {one["observation"] for one in row.latest.record["series"]}
        assert used - {""}, "the observed values are named"


def test_what_cannot_be_computed_is_grey_with_its_reason(watch: Watch) -> None:
    row = watch.target("lz-etdz-135.yaogu.output")
    assert row.lamp == Lamp.GREY and row.latest is not None
    assert [one["code"] for one in row.latest.record["reasons"]] == ["no_deadline"]


def test_what_was_believed_then_uses_no_later_figure(watch: Watch) -> None:
    watch.sweep(date(2018, 12, 31))
    then = Standing.objects.get(target=watch.target(), as_of=date(2018, 12, 31))
    assert then.lamp == Lamp.RED
    assert then.record["last_period"] <= "2018"
    assert all(one["period"] <= "2018" for one in then.record["series"])
    row = watch.target()
    assert row.latest is not None and row.latest.as_of == TODAY, "today stays today"


def test_no_target_stands_anywhere_before_its_plan_began(watch: Watch) -> None:
    watch.sweep(date(2013, 12, 31))
    begun = Standing.objects.filter(as_of=date(2013, 12, 31))
    assert begun.exists()
    assert all(one.target.start <= 2013 for one in begun.select_related("target"))


def test_warnings_are_raised_for_today_alone(watch: Watch) -> None:
    watch.running()
    before = EarlyWarning.objects.count()
    watch.sweep(date(2025, 12, 31))
    assert EarlyWarning.objects.count() == before


def test_an_adjusted_target_stands_against_both_versions(watch: Watch) -> None:
    row = watch.running()
    watch.sweep()
    alone = Standing.objects.filter(target=row)
    assert {one.against for one in alone} == {Against.CURRENT}
    adjust_target(
        row.pk,
        Change(value="60"),
        reason="外需减弱",
        authority="省人民政府",
        document="甘政发〔2026〕9号",
        by=watch.office.person("province"),
        at=AT,
    )
    assert is_due(TODAY), "a changed target asks for a new sweep"
    watch.sweep()
    found = {one.against: one for one in Standing.objects.filter(target=row, as_of=TODAY)}
    now, first = found[Against.CURRENT], found[Against.ORIGINAL]
    assert now.p is not None and first.p is not None
    assert now.p > first.p, "the lower target is the likelier one"
    row.refresh_from_db()
    assert row.latest_id == now.pk


def test_a_page_gives_the_chance_that_the_sweep_gave(watch: Watch) -> None:
    row = watch.running()
    watch.sweep()
    kept = Standing.objects.get(target=row, as_of=TODAY)
    bench = bench_of(row, TODAY)
    assert bench is not None and kept.p is not None
    again = foresee(bench.asked.model, bench.asks())
    assert float(again.p[bench.place]) == pytest.approx(kept.p, abs=1e-9)


def test_two_versions_of_a_target_are_not_two_targets(watch: Watch) -> None:
    row = watch.running()
    watch.sweep()
    before = Standing.objects.get(target=row, as_of=TODAY)
    adjust_target(
        row.pk, Change(end="2029"), reason="提前", authority="省政府", document="甘政发9号",
        by=watch.office.person("province"), at=AT,
    )  # fmt: skip
    adjust_target(
        row.pk, Change(end="2030"), reason="恢复", authority="省政府", document="甘政发10号",
        by=watch.office.person("province"), at=AT,
    )  # fmt: skip
    watch.sweep()
    for one in Standing.objects.filter(target=row, as_of=TODAY):
        assert "two_targets" not in {reason["code"] for reason in one.record["reasons"]}
        if one.against == Against.CURRENT:
            assert one.p == before.p, "the same target, the same chance"


def test_a_change_never_reaches_back(watch: Watch) -> None:
    row = watch.running()
    adjust_target(
        row.pk, Change(value="60"), reason="外需减弱", authority="省政府", document="甘政发9号",
        by=watch.office.person("province"), at=AT,
    )  # fmt: skip
    watch.sweep(date(2025, 12, 31))
    then = Standing.objects.filter(target=row, as_of=date(2025, 12, 31))
    assert [one.against for one in then] == [Against.CURRENT]
    watch.sweep()
    original = Standing.objects.get(target=row, as_of=TODAY, against=Against.ORIGINAL)
    assert then[0].p is not None and original.p is not None
    assert abs(then[0].p - original.p) < 0.2, "both are against 130"


def test_parts_say_what_they_add_to_the_gap(watch: Watch) -> None:
    whole = watch.target(GDP)
    part = watch.part(TargetState.ACCEPTED)
    # the park's figure of the whole's year, as if it were observed: its own base and unit count
    MonitoredTarget.objects.filter(pk=part.pk).update(
        unit=whole.unit, value="200", base="100", facets=[]
    )
    watch.sweep()
    shares = watch.target(GDP).latest
    assert shares is not None
    names = [one["part"] for one in shares.record["contributions"]]
    assert f"{part.pk}:current" in names


def test_the_worker_sweeps_only_when_it_is_due(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Bell:
        rung = False

    monkeypatch.setattr(worker, "PAUSE", 0.0)
    monkeypatch.setattr(worker.timezone, "now", lambda: AT)
    assert not is_due(TODAY)
    years = len({*range(2010, 2026)} - {d.year for d in _done()})
    for _year in range(years):
        assert worker.take_turn(Bell()) == 1, "the ends of past years follow, one a turn"
    assert worker.take_turn(Bell()) == 0
    plan = PlanRow.objects.filter(source="pack")[0]
    MonitoredTarget.objects.filter(plan=plan).update(changed_at=AT.replace(hour=12))
    assert worker.take_turn(Bell()) == 1


def _done() -> set[date]:
    runs = SweepRun.objects.exclude(finished_at=None)
    return set(runs.values_list("as_of", flat=True))


def release(value: str, version: int = 1, *, public_at: datetime = AT) -> Release:
    """The trade of the zone in 2019, as the portal released it."""
    said = {
        "period": "2019",
        "units": [["lz-etdz", "兰州经济技术开发区", "zone", "", ""]],
        "measures": [
            {"indicator": "dz_trade", "view": "period", "name": "进出口总额", "unit": "万美元",
             "decimals": 1}
        ],
        "names": {"dz_trade": ["进出口总额", "Trade"]},
        "cells": [["lz-etdz", "dz_trade", "period", value, "A"]],
        "shown": [],
    }  # fmt: skip
    return Release.objects.create(
        space="figures", publication="zones-yearbook", period="2019", version=version,
        title="开发区统计年鉴", snapshot=1, definitions="x", at=public_at, public_at=public_at,
        by_name="省局", cells=1, hidden=0, rule="", decision=b"",
        content=zlib.compress(json.dumps(said).encode()),
    )  # fmt: skip


def seen_in_2019(watch: Watch) -> list[float]:
    cases = Cases(TODAY).of([watch.target("lz-etdz-135.trade")])
    observed = cases[0].observed
    assert observed is not None
    return [value for period, value, _id in observed.points() if period == "2019"]


def test_a_released_figure_is_an_observation_of_its_targets(watch: Watch) -> None:
    assert seen_in_2019(watch) == []
    row = release("640.5")
    assert is_due(TODAY), "a release asks for a new sweep"
    [seen] = released_observations(TODAY)
    assert (seen.unit, seen.indicator, seen.period, seen.basis) == (
        "lz-etdz", "trade", "2019", "level",
    )  # fmt: skip
    release("650.5", 2)
    assert [str(one.figure.value) for one in released_observations(TODAY)] == ["650.5"]
    earlier = row.public_at.date() - timedelta(days=1)
    assert released_observations(earlier) == [], "on the day before nothing was public"


def test_what_is_not_public_yet_moves_no_lamp(watch: Watch) -> None:
    release("640.5", public_at=AT + timedelta(days=3))
    assert released_observations(TODAY) == []
    assert not is_due(TODAY)
