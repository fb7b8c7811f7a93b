"""Killed in the middle of a sweep, and two processes at once (断电恢复与多进程): on a real file."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

PROJECTS = 4000
#: projects whose start is late by one to four months, written as any program may write them
FILL = """
from hexi.portal import bootstrap
bootstrap.setup()
from datetime import date
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.utils import timezone
from hexi.portal.plans.acts.seed_pack import seed_pack
from hexi.portal.core.models import Unit
from hexi.portal.projects.models import ProjectRecord, StageSpell
now = timezone.now()
seed_pack("gansu", at=now)
unit = Unit.objects.get(code="etdz-an")
today = timezone.localdate()
late = [date(today.year - 1, month, 1) for month in (9, 10, 11, 12)]
rows = [ProjectRecord(number=f"P{{n}}", name=f"项目{{n}}", kind="enterprise", unit=unit,
                      stage="reserve", stage_since=late[n % 4], planned_start=late[n % 4],
                      created_at=now, changed_at=now) for n in range({count})]
ProjectRecord.objects.bulk_create(rows)
StageSpell.objects.bulk_create(
    StageSpell(project=row, stage="reserve", since=row.stage_since, by_name="x", at=now)
    for row in rows)
"""
#: answers how many projects are chosen whenever a line comes in
READ = """
import sys
from hexi.portal import bootstrap
bootstrap.setup()
from django.utils import timezone
from hexi.portal.core.models import Person
from hexi.portal.projects.queries.chosen import choose
admin = Person(username="a", name="a", role="administrator")
for line in sys.stdin:
    print(choose(admin, {"stage": line.strip()}, timezone.localdate()).total, flush=True)
"""


def environment(home: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k != "HEXI_DATABASE_URL"}
    settings = "hexi.portal.config.settings"
    return {**kept, "HEXI_HOME": str(home), "DJANGO_SETTINGS_MODULE": settings}


@pytest.fixture
def home(bare_home: Path) -> Path:
    place = bare_home
    subprocess.run(
        [sys.executable, "-c", FILL.format(count=PROJECTS)], env=environment(place), check=True
    )
    return place


def ask(home: Path, sql: str) -> list[Any]:
    with sqlite3.connect(home / "hexi.sqlite3", timeout=20) as database:
        return database.execute(sql).fetchall()


def sweep(home: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "hexi.portal", "manage", "sweep_lamps"],
        env=environment(home), stdout=subprocess.DEVNULL,
    )  # fmt: skip


LIT = "SELECT count(*) FROM projects_lampmonth"
EVENTS = "SELECT count(*), count(DISTINCT object_id) FROM core_event WHERE act = 'light_lamps'"
#: what a project shows, what its month keeps and what its last event says
SPLIT = """
SELECT count(*) FROM projects_projectrecord p
LEFT JOIN projects_lampmonth m ON m.project_id = p.id
LEFT JOIN core_event e ON e.act = 'light_lamps' AND e.object_id = p.id
WHERE p.lamp <> '' AND (m.lamp IS NULL OR m.lamp <> p.lamp OR e.id IS NULL)
   OR p.lamp = '' AND (m.id IS NOT NULL OR e.id IS NOT NULL)
"""


def test_a_killed_sweep_loses_nothing_and_doubles_nothing(home: Path) -> None:
    for _time in range(3):
        before = ask(home, LIT)[0][0]
        process = sweep(home)
        end = time.monotonic() + 60
        while time.monotonic() < end and process.poll() is None:
            if ask(home, LIT)[0][0] > before:
                break
            time.sleep(0.005)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert ask(home, SPLIT) == [(0,)], "whole batches, or nothing of them"
        if ask(home, LIT)[0][0] == PROJECTS:
            break
    assert before < PROJECTS, "it was killed while there was work left"

    assert sweep(home).wait(60) == 0
    assert ask(home, LIT) == [(PROJECTS,)]
    assert ask(home, EVENTS) == [(PROJECTS, PROJECTS)], "one event a project"
    assert ask(home, SPLIT) == [(0,)]
    runs = ask(home, "SELECT finished_at IS NOT NULL, looked, failed FROM projects_lamprun")
    assert [(done, looked, json.loads(failed)) for done, looked, failed in runs] == [
        (1, PROJECTS, {})
    ]


def test_two_processes_see_what_was_committed_before_they_are_asked(home: Path) -> None:
    readers = [
        subprocess.Popen([sys.executable, "-c", READ], env=environment(home), text=True,
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(2)
    ]  # fmt: skip

    def counted(stage: str) -> list[int]:
        found = []
        for reader in readers:
            assert reader.stdin is not None and reader.stdout is not None
            reader.stdin.write(stage + "\n")
            reader.stdin.flush()
            found.append(int(reader.stdout.readline()))
        return found

    try:
        assert counted("reserve") == [PROJECTS, PROJECTS]
        with sqlite3.connect(home / "hexi.sqlite3", timeout=20) as database:
            for number in range(1, 6):
                database.execute(
                    "UPDATE projects_projectrecord SET stage = 'approved' WHERE number = ?",
                    [f"P{number}"],
                )
                database.commit()
                assert counted("approved") == [number, number]
            database.execute("UPDATE projects_projectrecord SET stage = 'approved'")
            database.rollback()
            assert counted("reserve") == [PROJECTS - 5, PROJECTS - 5], "rolled back, never seen"
            database.execute("DELETE FROM projects_stagespell")
            database.execute("DELETE FROM projects_projectrecord WHERE number <> 'P1'")
            database.commit()
            assert counted("approved") == [1, 1]
            assert counted("reserve") == [0, 0]
    finally:
        for reader in readers:
            reader.kill()
            reader.wait()
