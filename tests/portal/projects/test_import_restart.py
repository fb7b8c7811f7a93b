"""Power cut in the middle of an import (导入中断电): nothing is half-entered, nothing is lost."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.portal.projects.test_import import row, workbook

pytestmark = pytest.mark.slow

ROWS, DIES_AT = 300, 177
SETUP = """
import os, pathlib
from datetime import UTC, datetime
from hexi.portal import bootstrap
bootstrap.setup()
from hexi.portal.core.models import Person, Unit
from hexi.portal.projects.models import ProjectRecord, StageSpell
from hexi.portal.returns.acts.apply_import import apply_import
from hexi.portal.returns.models import RegisterImport
AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
def apply():
    return apply_import(RegisterImport.objects.get().pk, by=Person.objects.get(), at=AT)
"""
LAY = """
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from hexi.catalogue import load_pack
from hexi.portal.core.roles import Role
from hexi.portal.core.seed import seed_units
from hexi.portal.returns.acts.prepare_import import prepare_import
seed_units(load_pack("gansu"))
zone = Person.objects.create(username="zone", name="zone", role=Role.ZONE)
zone.units.set(Unit.objects.filter(code="lz-etdz"))
sheet = pathlib.Path(os.environ["HEXI_HOME"], "sheet.xlsx").read_bytes()
made = prepare_import(sheet, "项目.xlsx", by=zone, at=AT, kind="library")
print(made.counts["new"])
"""
DIE = """
write, seen = StageSpell.save, []
def die(self, *args, **kwargs):
    write(self, *args, **kwargs)
    seen.append(self.pk)
    if len(seen) == {at}:
        print("dying", ProjectRecord.objects.count(), flush=True)
        os.kill(os.getpid(), 9)
StageSpell.save = die
apply()
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


def counts(home: Path) -> tuple[int, int, int]:
    """Projects, lines of their histories, and events of the import."""
    with sqlite3.connect(home / "hexi.sqlite3") as database:
        projects = database.execute("SELECT count(*) FROM projects_projectrecord").fetchone()
        spells = database.execute("SELECT count(*) FROM projects_stagespell").fetchone()
        events = database.execute(
            "SELECT count(*) FROM core_event WHERE act IN ('apply_import', 'import_row')"
        ).fetchone()
    return projects[0], spells[0], events[0]


def test_an_import_that_is_killed_enters_nothing_and_can_be_applied_again(bare_home: Path) -> None:
    sheet = workbook(*(row(f"先进制造项目{number:03d}号") for number in range(ROWS)))
    (bare_home / "sheet.xlsx").write_bytes(sheet)
    laid = run(bare_home, LAY)
    assert laid.stdout.split() == [str(ROWS)], laid.stderr
    died = run(bare_home, DIE.format(at=DIES_AT))
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert died.stdout.split() == ["dying", str(DIES_AT)]
    assert counts(bare_home) == (0, 0, 0)
    again = run(bare_home, "apply()")
    assert again.returncode == 0, again.stderr
    assert counts(bare_home) == (ROWS, ROWS, ROWS + 1)
