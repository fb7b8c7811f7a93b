"""Several workers at once (并发读取): each document is read once, on both databases."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

FILES = 12
PREPARE = """
from hexi.portal import bootstrap
bootstrap.setup()
from django.utils import timezone
from hexi.portal import preparation
from hexi.portal.plans.acts.upload_document import upload_document
bootstrap.prepare(lambda line: None)
admin = preparation.local_administrator()
for n in range({files}):
    text = f"第{{n}}号规划\\n\\n到2025年，工业企业达到{{n + 10}}家，全区生产总值达到{{n}}00亿元。"
    upload_document([text.encode()], f"{{n}}.txt", by=admin, at=timezone.now())
"""
READ = """
from hexi.portal import bootstrap
bootstrap.setup()
from hexi.portal.plans.reading.worker import read_waiting
print(read_waiting())
"""
COUNT = """
from hexi.portal import bootstrap
bootstrap.setup()
from hexi.portal.core.models import Event
from hexi.portal.plans.models import Reading
rows = Reading.objects.filter(document__name__endswith=".txt")
read = Event.objects.filter(act="read_document").count()
print(rows.filter(state="ready", attempts=1).count(), read)
"""


def run(code: str, surroundings: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], env=surroundings, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def read_by_three(surroundings: dict[str, str]) -> None:
    run(PREPARE.format(files=FILES), surroundings)
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", READ], env=surroundings, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    taken = [int(worker.communicate(timeout=120)[0].split()[-1]) for worker in workers]
    assert sum(taken) == FILES
    ready, events = run(COUNT, surroundings).split()
    assert (int(ready), int(events)) == (FILES, FILES + 1), "each once, and the sample plan"


def surroundings(home: Path, address: str) -> dict[str, str]:
    return {
        **os.environ,
        "HEXI_HOME": str(home),
        "HEXI_DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "hexi.portal.config.settings",
    }


@pytest.mark.slow
def test_on_sqlite(bare_home: Path) -> None:
    read_by_three(surroundings(bare_home, ""))


@pytest.fixture
def fresh_database() -> Iterator[str]:
    psycopg = pytest.importorskip("psycopg")
    address = os.environ.get("HEXI_DATABASE_URL", "")
    if not address.startswith("postgres"):
        pytest.skip("HEXI_DATABASE_URL names no PostgreSQL server")
    name = f"hexi_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.postgres
def test_on_postgresql(tmp_path: Path, fresh_database: str) -> None:
    read_by_three(surroundings(tmp_path / "home", fresh_database))
