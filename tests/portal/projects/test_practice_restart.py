"""Power cut while practice projects are laid or taken away (演练项目中断电): no half one stays."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SETUP = """
import os
from datetime import UTC, datetime
from hexi.portal import bootstrap
bootstrap.setup()
from django.core.management import call_command
from hexi.portal.core.models import Person
from hexi.portal.projects.acts.lay_practice_projects import lay_practice_projects
from hexi.portal.projects.acts.remove_practice_projects import remove_practice_projects
from hexi.portal.projects.models import Progress, ProjectRecord
from hexi.portal.projects.practice import removal
from hexi.portal.projects.practice.worker import take_turn
AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
"""
ASK = """
from hexi.catalogue import load_pack
from hexi.portal.core.roles import Role
from hexi.portal.core.seed import seed_units
call_command("migrate", interactive=False, verbosity=0)
seed_units(load_pack("gansu"))
admin = Person.objects.create(username="admin", name="admin", role=Role.ADMINISTRATOR)
print(lay_practice_projects(by=admin, at=AT).total)
"""
#: dies in the middle of the fourth portion, when its projects are written and their months are not
DIE_LAYING = """
write, calls = Progress.objects.bulk_create, []
def die(rows):
    calls.append(1)
    if ProjectRecord.objects.count() == 400:
        os.kill(os.getpid(), 9)
    return write(rows)
Progress._default_manager.bulk_create = die
take_turn()
"""
#: dies in the middle of the third portion, when its projects are gone and the count is not kept
DIE_REMOVING = """
remove_practice_projects(by=Person.objects.get(), at=AT)
take, calls = removal.take_away, []
def die(ids):
    take(ids)
    calls.append(1)
    if len(calls) == 3:
        os.kill(os.getpid(), 9)
removal.take_away = die
take_turn()
"""


def run(home: Path, script: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if k != "HEXI_DATABASE_URL"}
    root = str(Path(__file__).parents[3])
    return subprocess.run(
        [sys.executable, "-c", SETUP + script],
        env={**kept, "HEXI_HOME": str(home), "PYTHONPATH": root},
        capture_output=True,
        text=True,
        cwd=root,
    )


def counts(home: Path) -> dict[str, int]:
    """Projects, those without a line of history or with a lost month, the job's count, events."""
    asked = {
        "projects": "SELECT count(*) FROM projects_projectrecord",
        "bare": "SELECT count(*) FROM projects_projectrecord p WHERE NOT EXISTS "
        "(SELECT 1 FROM projects_stagespell s WHERE s.project_id = p.id AND s.until IS NULL)",
        "unpaid": "SELECT count(*) FROM projects_projectrecord p WHERE invested <> "
        "(SELECT coalesce(sum(invested), 0) FROM projects_progress m WHERE m.project_id = p.id)",
        "months": "SELECT count(*) FROM projects_progress",
        "done": "SELECT done FROM projects_practicejob ORDER BY id DESC LIMIT 1",
        "events": "SELECT count(*) FROM core_event WHERE object_type = 'practicejob'",
    }
    with sqlite3.connect(home / "hexi.sqlite3") as database:
        return {key: database.execute(one).fetchone()[0] for key, one in asked.items()}


def lease_runs_out(home: Path) -> None:
    """Half a minute passes without a sign of life."""
    with sqlite3.connect(home / "hexi.sqlite3") as database:
        database.execute("UPDATE projects_practicejob SET lease_until = '2026-11-20 09:00:00'")


def test_a_killed_worker_leaves_whole_projects_and_the_next_one_finishes(bare_home: Path) -> None:
    asked = run(bare_home, ASK)
    assert asked.stdout.split() == ["2016"], asked.stderr
    died = run(bare_home, DIE_LAYING)
    assert died.returncode == -signal.SIGKILL, died.stderr
    left = counts(bare_home)
    assert (left["projects"], left["done"]) == (300, 300)
    assert (left["bare"], left["unpaid"], left["events"]) == (0, 0, 1)

    early = run(bare_home, "print(take_turn())")
    assert early.stdout.split() == ["0"], "the lease of the dead worker still runs"
    lease_runs_out(bare_home)
    again = run(bare_home, "print(take_turn(), take_turn())")
    assert again.stdout.split() == ["1", "0"], again.stderr
    full = counts(bare_home)
    assert (full["projects"], full["done"]) == (2016, 2016)
    assert (full["bare"], full["unpaid"], full["events"]) == (0, 0, 1)

    died = run(bare_home, DIE_REMOVING)
    assert died.returncode == -signal.SIGKILL, died.stderr
    left = counts(bare_home)
    assert (left["projects"], left["done"], left["events"]) == (1816, 200, 2)
    assert (left["bare"], left["unpaid"]) == (0, 0)
    lease_runs_out(bare_home)
    again = run(bare_home, "print(take_turn(), take_turn())")
    assert again.stdout.split() == ["1", "0"], again.stderr
    gone = counts(bare_home)
    assert (gone["projects"], gone["months"], gone["done"], gone["events"]) == (0, 0, 2016, 2)
