"""Claim: a page of a plan of 44,000 characters with 400 statements costs under 150 ms of CPU.

A fresh portal on SQLite reads a plan of that size, made up on the spot, and the largest real plan
where the labelled documents are; then every page of it is asked for through the whole stack
(middleware, session, permissions, database, template) as the administrator, who sees most. The
median of the rounds is printed for each page, after one round to warm up.

    python benchmarks/portal_page.py [--rounds 15]
"""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import statistics
import sys
import tempfile
from time import process_time

from material import made_up_plan, seed_files

CLAIM = 0.150
CHARACTERS = 44_000
STATEMENTS = 400
HOME = tempfile.mkdtemp(prefix="hexi-bench-")
os.environ |= {"HEXI_HOME": HOME, "HEXI_MODE": "local", "HEXI_DATABASE_URL": ""}

from hexi.portal import bootstrap  # noqa: E402 - the home must be named first

bootstrap.setup()

from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from hexi.portal.plans.acts.upload_document import upload_document  # noqa: E402
from hexi.portal.plans.models import FindingRow, Reading, TargetRow  # noqa: E402
from hexi.portal.plans.reading.worker import read_waiting  # noqa: E402
from hexi.portal.preparation import administrator_link, local_administrator  # noqa: E402

PAGES = {
    "overview": "/",
    "plan library": "/plans/",
    "plan summary": "/plans/{plan}/",
    "plan reader": "/plans/{plan}/text/",
    "plan reader, panel open": "/plans/{plan}/text/?s=20",
    "statement": "/plans/{plan}/statements/20/",
    "targets": "/targets/",
    "target": "/targets/{target}/",
    "findings": "/findings/",
    "checked and right": "/findings/?show=right",
    "finding": "/findings/{finding}/",
    "indicators": "/indicators/",
    "units": "/units/",
}


def say(line: str = "") -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def read(text: str, name: str) -> Reading:
    """Upload and read one plan."""
    officer = local_administrator()
    reading = upload_document([text.encode()], name, by=officer, at=timezone.now())
    read_waiting()
    reading.refresh_from_db()
    if reading.state != "ready":
        raise SystemExit(f"{name}: {reading.error}")
    return reading


def long_plan() -> str:
    """A plan of the claim's length, with at least the claim's number of statements."""
    return made_up_plan(CHARACTERS)


def measure(client: Client, url: str, rounds: int) -> tuple[float, int]:
    """Median CPU seconds of a page, and its size."""
    size = len(client.get(url).content)
    costs = []
    for _ in range(rounds):
        started = process_time()
        answer = client.get(url)
        costs.append(process_time() - started)
        if answer.status_code != 200:
            raise SystemExit(f"{url}: {answer.status_code}")
    return statistics.median(costs), size


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    logging.disable(logging.WARNING)
    bootstrap.prepare(lambda line: None)
    plans = [read(long_plan(), "长规划.txt")]
    if seeds := seed_files():
        largest = max(seeds.values(), key=lambda path: path.stat().st_size)
        plans.append(read(largest.read_text(encoding="utf-8"), "largest.txt"))
    client = Client(headers={"host": "localhost"})
    client.get(f"/sign-in/link/{administrator_link()}/")
    worst = 0.0
    for reading in plans:
        plan = reading.document.plan_id
        say(f"{reading.characters} characters, {reading.statement_count} statements")
        if reading is plans[0] and reading.statement_count < STATEMENTS:
            raise SystemExit("the made-up plan holds too few statements")
        ids = {
            "plan": plan,
            "target": TargetRow.objects.filter(plan=plan)[0].pk,
            "finding": FindingRow.objects.filter(reading=reading)[0].pk,
        }
        for label, template in PAGES.items():
            cost, size = measure(client, template.format(**ids), rounds)
            worst = max(worst, cost)
            say(f"  {label:26} {cost * 1000:6.1f} ms CPU {size / 1024:8.0f} KB")
    holds = worst < CLAIM
    say(
        f"slowest page {worst * 1000:.1f} ms CPU, claim < {CLAIM * 1000:.0f} ms: "
        f"{'holds' if holds else 'does not hold'}"
    )
    return 0 if holds else 1


if __name__ == "__main__":
    try:
        code = main()
    finally:
        shutil.rmtree(HOME, ignore_errors=True)
    raise SystemExit(code)
