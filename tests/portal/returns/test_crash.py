"""Power cuts (断电): a process killed in the midst of a closing leaves the state before it."""

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
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from hexi.portal.core.models import Person
from hexi.portal.returns.approval import publication
from hexi.portal.returns.acts.close_period import close_period
from hexi.portal.returns.models import PeriodLock, Submission
AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
def close():
    by = Person.objects.get(username="province")
    return close_period("enterprise-month", 202610, "gs", by=by, at=AT, reason="停产")
"""
LAY = """
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from hexi.portal.core.models import Unit
from hexi.portal.core.seed import seed_units
from hexi.catalogue import load_pack
from hexi.portal.core.roles import Role
seed_units(load_pack("gansu"))
from tests.portal.returns.bureau import Bureau
from hexi.portal.returns.acts.approve_return import approve_return
for name, unit in (("province", "gs"), ("zone", "lz-etdz"), ("park", "etdz-an")):
    person = Person.objects.create(username=name, name=name, role=Role(name))
    person.units.set(Unit.objects.filter(code=unit))
bureau = Bureau()
row = bureau.submitted()
for who in ("park", "zone", "province"):
    approve_return(row.pk, by=bureau.person(who), at=AT)
"""
#: where the process dies: after the files, after the rows, and just before the commit
KILLS = {
    "files": ("hexi.warehouse.manifest.Manifest", "add_snapshot"),
    "rows": ("hexi.warehouse.manifest.Manifest", "add_segment"),
    "event": ("hexi.portal.returns.acts.close_period", "record"),
}
DIE = """
from importlib import import_module
place, name = {place!r}, {name!r}
def die(*args, **kwargs):
    print("dying", flush=True)
    os.kill(os.getpid(), 9)
module, _, last = place.rpartition(".")
owner = getattr(import_module(module), last)
setattr(owner, name, die)
close()
"""
LOOK = """
print(len(publication.warehouse().snapshots()), PeriodLock.objects.count(),
      Submission.objects.filter(snapshot=None).count(), publication.warehouse().verify())
"""
CLOSE = """
lock = close()
store = publication.warehouse()
print(lock.snapshot, [f for f in store.verify() if f.code != "orphan"],
      store.facts([store.registry().forms["enterprise-month"]], [202610]).num_rows)
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


@pytest.mark.slow
@pytest.mark.parametrize("moment", KILLS)
def test_a_killed_closing_leaves_the_old_state(moment: str, bare_home: Path) -> None:
    laid = run(bare_home, LAY)
    assert laid.returncode == 0, laid.stderr
    place, name = KILLS[moment]
    died = run(bare_home, DIE.format(place=place, name=name))
    assert died.returncode == -signal.SIGKILL and "dying" in died.stdout, died.stderr
    assert list((bare_home / "warehouse").rglob("*.parquet")), "the files had been written"
    with sqlite3.connect(bare_home / "hexi.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM warehouse_snapshot").fetchone() == (0,)
    seen = run(bare_home, LOOK)
    assert seen.stdout.startswith("0 0 1 "), seen.stdout + seen.stderr
    again = run(bare_home, CLOSE)
    assert again.stdout.startswith("1 [] "), again.stdout + again.stderr
