"""Power cuts (断电): a sweep that is killed leaves whole acts behind, and the next one finishes."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

SETUP = """
import os
from datetime import UTC, datetime
from hexi.portal import bootstrap
bootstrap.setup()
from hexi.portal.supervision.sweep import run
AT = datetime(2026, 12, 11, 1, 0, tzinfo=UTC)
"""
LAY = """
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from hexi.catalogue import load_pack
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.roles import Role
from hexi.portal.core.seed import seed_units
seed_units(load_pack("gansu"))
for name, role, unit in (("admin", "administrator", ""), ("province", "province", "gs"),
                         ("zone", "zone", "lz-etdz"), ("park", "park", "etdz-an")):
    person = Person.objects.create(username=name, name=name, role=Role(role))
    person.units.set(Unit.objects.filter(code=unit))
from tests.portal.supervision.desk import Desk
desk = Desk()
for number in range(3):
    desk.problem(kind="tax", title=f"问题{number}")
    desk.order()
"""
#: dies in the second order that rises: its row is written, its event is not
DIE = """
from hexi.portal.supervision.acts import escalate_order
real, seen = escalate_order.record, []
def die(*args, **kwargs):
    seen.append(1)
    if len(seen) == 2:
        os.kill(os.getpid(), 9)
    return real(*args, **kwargs)
escalate_order.record = die
run.sweep_supervision(at=AT)
"""
AGAIN = """
print(run.sweep_supervision(at=AT))
print(run.sweep_supervision(at=AT))
"""
COUNTS = {
    "levels": "SELECT count(*) FROM supervision_supervisionorder WHERE level = 'yellow'"
    " AND state = 'issued'",
    "steps": "SELECT count(*) FROM supervision_orderstep WHERE level = 'yellow'",
    "events": "SELECT count(*) FROM core_event WHERE act = 'escalate_order'",
}


def child(home: Path, script: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if k != "HEXI_DATABASE_URL"}
    root = str(Path(__file__).parents[3])
    return subprocess.run(
        [sys.executable, "-c", SETUP + script],
        env={**kept, "HEXI_HOME": str(home), "PYTHONPATH": root},
        capture_output=True,
        text=True,
        cwd=root,
        check=False,
    )


def counts(home: Path) -> dict[str, int]:
    with sqlite3.connect(home / "hexi.sqlite3") as database:
        return {name: database.execute(sql).fetchone()[0] for name, sql in COUNTS.items()}


@pytest.mark.slow
def test_a_killed_sweep_leaves_whole_acts_and_the_next_one_finishes(bare_home: Path) -> None:
    laid = child(bare_home, LAY)
    assert laid.returncode == 0, laid.stderr
    died = child(bare_home, DIE)
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert counts(bare_home) == {"levels": 1, "steps": 1, "events": 1}
    again = child(bare_home, AGAIN)
    assert again.returncode == 0, again.stderr
    assert counts(bare_home) == {"levels": 3, "steps": 3, "events": 3}
    last = again.stdout.splitlines()[-1]
    assert last == "Swept(problems_risen=0, orders_risen=0, proposed=0, lapsed=0, failed=0)"
