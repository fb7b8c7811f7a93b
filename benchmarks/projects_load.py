"""Claim: 16 clients that write to the project library for 60 s through 2 workers on SQLite have no
failed write and no lost one, every act leaves one event, and 95 in 100 are answered within 400 ms.

Each client enters the progress of months and the plan of a year, of a project of its own and of one
that all share, each in a month of its own; meanwhile two readers open the portfolio figures, and
the process beside the server lights the lamps of what changed.

    python benchmarks/projects_load.py [--projects 5000] [--clients 16] [--seconds 60]
"""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import sys
import tempfile
import time

CLAIM = 0.400
HOME = tempfile.mkdtemp(prefix="hexi-bench-")
os.environ |= {"HEXI_HOME": HOME, "HEXI_MODE": "local", "HEXI_DATABASE_URL": ""}

from hexi.portal import bootstrap  # noqa: E402 - the home must be named first

bootstrap.setup()

from clients import Writer, running_server, times_of, write_together  # noqa: E402
from django.utils import timezone  # noqa: E402
from projects_library import fill_library  # noqa: E402

from hexi.portal.core.acts.keep_token import make_token  # noqa: E402
from hexi.portal.core.models import Event  # noqa: E402
from hexi.portal.preparation import local_administrator  # noqa: E402
from hexi.portal.projects.models import Progress, ProjectRecord, YearPlan  # noqa: E402
from hexi.portal.projects.sweep.run import sweep_lamps  # noqa: E402

ACTS = ("enter_progress", "set_year_plan")
WAN = 10_000


def say(line: str = "") -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


class Steward(Writer):
    """Enters what its projects did; remembers what stands where."""

    def __init__(self, number: int, address: str, secret: str, own: int, shared: int) -> None:
        super().__init__(address, secret)
        self.number, self.own, self.shared = number, own, shared
        self.last: dict[tuple[int, int], int] = {}

    def turn(self, number: int) -> None:
        yuan = (number % 90 + 1) * WAN
        self.progress(self.own, 202601 + number % 10, yuan)
        # on the shared project each client has one month of its own
        self.progress(self.shared, 202401 + self.number % 12 + self.number // 12 * 100, yuan)
        body = {"planned": yuan, "content": "", "reason": "年中调整"}
        if self.send("PUT", f"/api/projects/{self.own}/plans/2026", body):
            self.last[self.own, 2026] = yuan

    def progress(self, project: int, month: int, yuan: int) -> None:
        body = {"month": month, "invested": yuan, "note": "按进度推进"}
        if self.send("POST", f"/api/projects/{project}/progress", body):
            self.last[project, month] = yuan


class Reader(Writer):
    """Opens the figures of a past day every other second, as somebody does who reads them."""

    def turn(self, number: int) -> None:
        time.sleep(2)
        self.send("GET", f"/api/projects/portfolio?asof=2025-{number % 12 + 1:02}-28")


def lost(stewards: list[Steward]) -> list[tuple[int, int]]:
    """What was answered as written and does not stand."""
    missing = []
    for steward in stewards:
        for (project, when), yuan in steward.last.items():
            if when < 10_000:
                stands = YearPlan.objects.get(project=project, year=when).planned
            else:
                stands = Progress.objects.get(project=project, month=when).invested
            if stands != yuan:
                missing.append((project, when))
    return missing


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--projects", type=int, default=5000)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--readers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    logging.disable(logging.WARNING)
    bootstrap.prepare(lambda line: None)
    admin = local_administrator()
    fill_library(asked.projects)
    sweep_lamps(timezone.localdate(), at=timezone.now())
    secret = make_token(admin, "bench", at=timezone.now())
    building = ProjectRecord.objects.filter(stage="construction", actual_start__lt="2024-01-01")
    ids = list(building.exclude(total=None).order_by("id").values_list("pk", flat=True))
    before = Event.objects.filter(act__in=ACTS).count()
    with running_server(2) as address:
        stewards = [Steward(n, address, secret, ids[n + 1], ids[0]) for n in range(asked.clients)]
        readers = [Reader(address, secret) for _ in range(asked.readers)]
        write_together([*stewards, *readers], asked.seconds)
    return _judged(stewards, readers, before, asked.seconds)


def _judged(stewards: list[Steward], readers: list[Reader], before: int, seconds: float) -> int:
    count, median, p95 = times_of(stewards)
    failed = [fault for one in (*stewards, *readers) for fault in one.failed]
    gone = lost(stewards)
    events = Event.objects.filter(act__in=ACTS).count() - before
    lamps = Event.objects.filter(act="light_lamps").count()
    say(f"{len(stewards)} clients for {seconds:.0f} s through 2 workers: {count} writes, "
        f"{count / seconds:.0f} a second, {events} events of them, {lamps} of lamps")  # fmt: skip
    say(f"  median {1000 * median:.0f} ms, p95 {1000 * p95:.0f} ms")
    if readers:
        opened, typical, slow = times_of(readers)
        say(f"  meanwhile figures opened {opened} times: median {1000 * typical:.0f} ms, "
            f"p95 {1000 * slow:.0f} ms")  # fmt: skip
    for fault in failed[:5]:
        say(f"  failed: {fault}")
    holds = not failed and not gone and events == count and p95 < CLAIM
    say(f"  claim no failed write ({len(failed)}), no lost one ({len(gone)}), one event each, "
        f"p95 < {1000 * CLAIM:.0f} ms: {'holds' if holds else 'does not hold'}")  # fmt: skip
    return 0 if holds else 1


if __name__ == "__main__":
    try:
        code = main()
    finally:
        shutil.rmtree(HOME, ignore_errors=True)
    raise SystemExit(code)
