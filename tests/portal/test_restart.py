"""Killed in the middle (断电恢复): nothing half-imported, and the reading is taken up again."""

from __future__ import annotations

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

SENTENCE = "到2025年，规模以上工业企业达到{}家，全区生产总值达到{}亿元，年均增长{}%。\n"
UPLOAD = """
from pathlib import Path
from hexi.portal import bootstrap
bootstrap.setup()
from django.utils import timezone
from hexi.portal.core.models import Person
from hexi.portal.plans.acts.upload_document import upload_document
text = Path({path!r}).read_bytes()
admin = Person.objects.get(username="local")
upload_document([text], "long.txt", by=admin, at=timezone.now())
"""


def environment(home: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k != "HEXI_DATABASE_URL"}
    settings = "hexi.portal.config.settings"
    return {**kept, "HEXI_HOME": str(home), "DJANGO_SETTINGS_MODULE": settings}


def run(home: Path, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, *arguments], env=environment(home), check=True, capture_output=True
    )


def start_worker(home: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "hexi.portal", "worker"], env=environment(home))


def ask(home: Path, sql: str) -> list[Any]:
    with sqlite3.connect(home / "hexi.sqlite3", timeout=20) as database:
        return database.execute(sql).fetchall()


def wait_for(home: Path, sql: str, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if ask(home, sql)[0][0]:
            return
        time.sleep(0.02)
    raise AssertionError(f"never: {sql}")


def expire_the_lease(home: Path) -> None:
    """Twenty seconds later, without waiting for them."""
    with sqlite3.connect(home / "hexi.sqlite3", timeout=20) as database:
        database.execute("UPDATE plans_reading SET lease_until = '2020-01-01 00:00:00'")


def test_a_killed_reading_leaves_nothing_and_is_read_after_the_restart(
    bare_home: Path, tmp_path: Path
) -> None:
    run(bare_home, "-m", "hexi.portal", "prepare")
    run(bare_home, "-m", "hexi.portal", "link")
    path = tmp_path / "long.txt"
    lines = (SENTENCE.format(n % 900 + 10, n % 700 + 20, n % 9 + 1) for n in range(12_000))
    path.write_text("长规划\n\n第一章 目标\n\n" + "".join(lines), encoding="utf-8")
    run(bare_home, "-c", UPLOAD.format(path=str(path)))
    mine = "SELECT count(*) FROM plans_reading r JOIN plans_plandocument d ON d.id = r.document_id"
    mine += " WHERE d.name = 'long.txt' AND r.state = '{}'"
    before = ask(bare_home, "SELECT count(*) FROM plans_statementrow")

    for phase in ("documents", "statements"):
        worker = start_worker(bare_home)
        wait_for(bare_home, mine.format("reading") + f" AND r.phase = '{phase}'", 60)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        assert ask(bare_home, "SELECT count(*) FROM plans_statementrow") == before
        assert ask(bare_home, mine.format("ready")) == [(0,)]
        expire_the_lease(bare_home)

    worker = start_worker(bare_home)
    try:
        wait_for(bare_home, mine.format("ready"), 240)
    finally:
        worker.terminate()
        worker.wait(30)
    found = ask(bare_home, "SELECT count(*) FROM plans_statementrow")[0][0]
    assert found >= before[0][0] + 36_000 * 0.9


def test_a_worker_that_is_told_to_stop_puts_its_reading_back(
    bare_home: Path, tmp_path: Path
) -> None:
    run(bare_home, "-m", "hexi.portal", "prepare")
    run(bare_home, "-m", "hexi.portal", "link")
    path = tmp_path / "long.txt"
    path.write_text("长规划\n\n" + SENTENCE.format(1, 2, 3) * 40_000, encoding="utf-8")
    run(bare_home, "-c", UPLOAD.format(path=str(path)))
    worker = start_worker(bare_home)
    wait_for(bare_home, "SELECT count(*) FROM plans_reading WHERE state = 'reading'", 60)
    worker.terminate()
    assert worker.wait(30) == 0
    state = "SELECT state, attempts FROM plans_reading ORDER BY id DESC LIMIT 1"
    assert ask(bare_home, state) == [("queued", 0)]
