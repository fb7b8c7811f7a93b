"""Warnings that rest on returns: one enterprise that carries a figure, projects that lag."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hexi.portal.core.models import Unit
from hexi.portal.returns.acts.approve_return import approve_return
from hexi.portal.returns.acts.close_period import close_period
from hexi.portal.returns.acts.open_return import open_return
from hexi.portal.returns.acts.save_cells import save_cells
from hexi.portal.returns.acts.submit_return import submit_return
from hexi.portal.returns.models import Project, Return
from hexi.portal.returns.queries.leading_projects import project_progress
from hexi.portal.scoreboard.models import EarlyWarning, MonitoredTarget
from hexi.portal.scoreboard.sweep.run import sweep_targets
from tests.portal.returns.bureau import AT, FORM, LATER, PERIOD, Bureau
from tests.portal.returns.test_projects import COVER, filled
from tests.portal.scoreboard.watch import Watch

DAY = date(2026, 11, 20)
MONTH = "project-month"


@pytest.fixture
def bureau(watch: Watch, settings: Any, tmp_path: Path) -> Bureau:
    """Enterprises beside the swept office, with a warehouse of their own."""
    settings.HEXI = replace(settings.HEXI, home=tmp_path)
    return Bureau()


def approved(bureau: Bureau, row: Return) -> None:
    for who in ("park", "zone", "province"):
        row = approve_return(row.pk, by=bureau.person(who), at=LATER)


def output(watch: Watch, unit: str) -> MonitoredTarget:
    """A running target for the industrial output of a unit."""
    running = watch.running()
    running.pk, running.key = None, f"output-{unit}"
    running.unit = Unit.objects.get(code=unit)
    running.indicator_id, running.indicator = "gio", "工业总产值"
    running.measure_unit = "亿元"
    running.save()
    return running


def warned(target: MonitoredTarget, kind: str) -> list[EarlyWarning]:
    return list(EarlyWarning.objects.filter(target=target, kind=kind).order_by("about"))


def test_one_enterprise_that_makes_the_figure_is_told_by_its_share(
    watch: Watch, bureau: Bureau
) -> None:
    approved(bureau, bureau.submitted())
    close_period(FORM, PERIOD, "gs", by=bureau.person("province"), at=LATER, reason="其余未报")
    mine, other = output(watch, "lz-etdz"), output(watch, "jc-etdz")
    sweep_targets(DAY, at=LATER)
    (row,) = warned(mine, "concentration")
    assert row.record["figures"]["share"] == 1.0
    assert "100.0%" in row.record["reasons"][0]["text"]
    assert not warned(other, "concentration"), "nobody of the other zone has reported"
    # the share is in the warning; the name stands in no record, and on the page of those in scope
    assert "甲机械" not in str(row.record) + row.about
    address = f"/scoreboard/warnings/{row.pk}/"
    assert "甲机械有限公司" in bureau.client("zone").get(address).content.decode()
    seen = bureau.client("reader").get(address)
    assert "甲机械" not in seen.content.decode()
    sweep_targets(DAY, at=LATER)
    assert len(warned(mine, "concentration")) == 1


def test_without_returns_nobody_carries_anything(watch: Watch, bureau: Bureau) -> None:
    target = output(watch, "lz-etdz")
    sweep_targets(DAY, at=LATER)
    assert not warned(target, "concentration")


def reported(bureau: Bureau, row: Project, **cells: str) -> None:
    """The progress returns of March to October, approved by all levels."""
    maker = bureau.person("maker")
    for period in range(202603, 202611):
        made = open_return(MONTH, period, row.pk, by=maker, at=AT, reason="补报")
        values = {**filled(made), **{k: v for k, v in COVER.items() if v}, **cells}
        saved = save_cells(made.pk, values, by=maker, at=AT)
        assert not saved.refused, {k: str(v.message) for k, v in saved.refused.items()}
        submit_return(made.pk, by=maker, at=AT)
        approved(bureau, Return.objects.get(pk=made.pk))


def test_a_project_of_the_target_that_lacks_funds_or_a_start(watch: Watch, bureau: Bureau) -> None:
    row = bureau.project()
    target = output(watch, "lz-etdz")
    target.projects = [{"name": row.name, "state": ""}, {"name": "未登记项目", "state": ""}]
    target.save()
    sweep_targets(DAY, at=LATER)
    assert not warned(target, "project_late"), "who has not reported may well have started"
    reported(bureau, row, project_year_plan="1200", project_funds="50", project_funds_own="50")
    found = project_progress([row.name], DAY)[row.name]
    assert (found.period, found.funds, found.year_plan) == (202610, 400, 1200)
    sweep_targets(DAY, at=LATER)
    (short,) = warned(target, "project_funds")
    # ten months of twelve: 1000 of 1200 are due
    assert short.record["figures"] == {"funds": 400.0, "due": 1000.0}
    assert short.about == row.name and not warned(target, "project_late")
