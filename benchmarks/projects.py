"""Claims: with 100,000 projects and 2 million events on SQLite the list with its facets, the board,
time line, duplicates, screening of the library, idle land and portfolio figures at a past day each
cost under 200 ms of CPU, also right after a project has changed; a night's sweep of lamps takes
under 60 s, and a second one has nothing to write.

A library is made up at three sizes in one file and asked through the whole stack (middleware,
session, scope, database, template) as the administrator, who sees most. The first page of a process
reads all projects into columns; that is printed as *warming*, once a process. *Changed* is a page
right after one project got new progress, so that columns are renewed and the day's figures are
reckoned anew. The floor is one SQL query on the same file, hand-written, that gives a part of the
portfolio figures (number, started, invested by unit at the same past day).

    python benchmarks/projects.py [--sizes 1000,10000,100000] [--rounds 9]
"""

from __future__ import annotations

import argparse
import logging
import os
import resource
import shutil
import sqlite3
import statistics
import sys
import tempfile
from time import process_time

CLAIM_PAGE, CLAIM_SWEEP = 0.200, 60.0
HOME = tempfile.mkdtemp(prefix="hexi-bench-")
os.environ |= {"HEXI_HOME": HOME, "HEXI_MODE": "local", "HEXI_DATABASE_URL": ""}

from hexi.portal import bootstrap  # noqa: E402 - the home must be named first

bootstrap.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402
from projects_library import TODAY, fill_library  # noqa: E402

from hexi.portal.core.models import Event  # noqa: E402
from hexi.portal.plans.acts.seed_pack import seed_pack  # noqa: E402
from hexi.portal.preparation import administrator_link, local_administrator  # noqa: E402
from hexi.portal.projects.columns import kept  # noqa: E402
from hexi.portal.projects.models import Progress, ProjectRecord  # noqa: E402
from hexi.portal.projects.sweep.run import sweep_lamps  # noqa: E402

PAST = "2025-06-30"
PAGES = {
    "list with facets": "/projects/",
    "list, searched and sorted": "/projects/?q=光伏&stage=building&sort=-total",
    "list on a past day": f"/projects/?asof={PAST}&tag=provincial",
    "board by stage": "/projects/board/",
    "portfolio by unit": f"/projects/portfolio/?asof={PAST}",
    "portfolio by industry": f"/projects/portfolio/?asof={PAST}&by=industry",
    "portfolio by leader": f"/projects/portfolio/?asof={PAST}&by=leader",
    "portfolio by list": f"/projects/portfolio/?asof={PAST}&by=tag",
    "time line": "/projects/timeline/",
    "duplicates": "/projects/duplicates/",
    "screening of the library": "/admission/many/",
    "idle and stalled": "/admission/stalled/",
}
#: pages that are measured and printed, and have no claim yet
BESIDE = {
    "map": "/projects/map/",
    "leader's page": "/supervision/",
    "visits, coverage": "/supervision/visits/coverage/",
    "leads": "/promotion/leads/",
    "promotion figures": "/promotion/figures/",
    "my tasks": "/tasks/",
    "overview": "/",
}
FLOOR = """
SELECT p.unit_id, count(*), sum(s.started), sum(m.invested)
FROM projects_projectrecord p
JOIN (SELECT project_id, max(stage IN ('started', 'construction', 'completed', 'production'))
             AS started
      FROM projects_stagespell WHERE since <= :day GROUP BY project_id) s ON s.project_id = p.id
LEFT JOIN (SELECT project_id, sum(invested) AS invested
           FROM projects_progress WHERE month <= :month GROUP BY project_id) m
       ON m.project_id = p.id
WHERE p.merged_into_id IS NULL GROUP BY p.unit_id
"""


def say(line: str = "") -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def pages(client: Client, rounds: int) -> float:
    """CPU of every page, and right after a change; the dearest of all medians."""
    worst = 0.0
    for label, url in PAGES.items():
        client.get(url)
        still = _median(client, url, rounds, change=False)
        changed = _median(client, url, max(3, rounds // 3), change=True)
        worst = max(worst, still, changed)
        say(f"  {label:26} {still * 1000:6.1f} ms CPU, changed {changed * 1000:6.1f} ms")
    return worst


def beside(client: Client) -> None:
    """CPU of the pages without a claim: the second time each is asked for."""
    for label, url in BESIDE.items():
        client.get(url)
        say(f"  {label:26} {_median(client, url, 1, change=False) * 1000:6.1f} ms CPU (no claim)")


def _median(client: Client, url: str, rounds: int, *, change: bool) -> float:
    costs = []
    for number in range(rounds):
        if change:
            _change(number)
        started = process_time()
        answer = client.get(url)
        costs.append(process_time() - started)
        if answer.status_code != 200:
            raise SystemExit(f"{url}: {answer.status_code}")
    return statistics.median(costs)


def _change(number: int) -> None:
    """New progress of one project, as an act would write it."""
    row = Progress.objects.order_by("-pk")[number * 97]
    Progress.objects.filter(pk=row.pk).update(invested=row.invested + 10_000)
    ProjectRecord.objects.filter(pk=row.project_id).update(changed_at=timezone.now())


def floor() -> float:
    """CPU of the hand-written query, least of three runs."""
    costs = []
    with sqlite3.connect(f"{HOME}/hexi.sqlite3") as database:
        for _ in range(3):
            started = process_time()
            database.execute(FLOOR, {"day": PAST, "month": 202506}).fetchall()
            costs.append(process_time() - started)
    return min(costs)


def sweeps() -> tuple[float, float]:
    """CPU of the first sweep, which lights every lamp, and of one that finds nothing new."""
    costs, written = [], []
    for _ in range(2):
        before, started = Event.objects.count(), process_time()
        run = sweep_lamps(TODAY, at=timezone.now())
        costs.append(process_time() - started)
        written.append(Event.objects.count() - before)
    say(f"  sweep of {run.looked} projects     {costs[0]:6.1f} s CPU ({written[0]} lamps changed), "
        f"again {costs[1]:.1f} s ({written[1]})")  # fmt: skip
    if written[1]:
        raise SystemExit("the second sweep wrote something")
    return costs[0], costs[1]


def warming() -> float:
    """CPU of reading all projects into columns, as a process does once."""
    kept._kept = None
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = process_time()
    kept.library_now()
    cost = process_time() - started
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    say(f"  warming, once a process    {cost:6.1f} s CPU, {(after - before) / 1024:.0f} MB more")
    return cost


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    logging.disable(logging.WARNING)
    call_command("migrate", verbosity=0)
    seed_pack("gansu", at=timezone.now())
    local_administrator()
    client = Client(headers={"host": "localhost"})
    client.get(f"/sign-in/link/{administrator_link()}/")
    holds, here = True, 0
    for size in (int(one) for one in asked.sizes.split(",")):
        fill_library(size - here, seed=size)
        here = size
        rows = sum(table.objects.count() for table in (Progress, Event))
        say(f"{size} projects, {Event.objects.count()} events ({rows} rows with progress)")
        warming()
        worst = pages(client, asked.rounds)
        beside(client)
        say(f"  floor: SQL by unit         {floor() * 1000:6.1f} ms CPU")
        dearest = max(sweeps())
        good = worst < CLAIM_PAGE and dearest < CLAIM_SWEEP
        say(f"  claim page < {CLAIM_PAGE * 1000:.0f} ms ({worst * 1000:.0f}), sweep < "
            f"{CLAIM_SWEEP:.0f} s ({dearest:.1f}): {_word(good)}")  # fmt: skip
        holds = holds and good
    return 0 if holds else 1


def _word(holds: bool) -> str:
    return "holds" if holds else "does not hold"


if __name__ == "__main__":
    try:
        code = main()
    finally:
        shutil.rmtree(HOME, ignore_errors=True)
    raise SystemExit(code)
