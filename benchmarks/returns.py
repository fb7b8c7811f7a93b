"""Claims: a zip of 500 filled workbooks is checked, cell by cell, within 60 s of CPU; 16 clients
that save grids for 60 s lose no write, and none fails.

A fresh portal on SQLite gets 500 enterprises with a return of last month; their templates are
filled in, every tenth wrongly, and uploaded as one zip, read and previewed, then applied. The CPU
of the worker and of the process that reads for it are counted together. Then the server is started
as an office runs it and 16 clients save cells of their own returns and of a shared one.

    python benchmarks/returns.py [--workbooks 500] [--clients 16] [--seconds 60]
"""

from __future__ import annotations

import argparse
import io
import json
import logging
import os
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
import zipfile
from typing import Any

CLAIM_CPU = 60.0
HOME = tempfile.mkdtemp(prefix="hexi-bench-")
os.environ |= {"HEXI_HOME": HOME, "HEXI_MODE": "local", "HEXI_DATABASE_URL": ""}

from hexi.portal import bootstrap  # noqa: E402 - the home must be named first

bootstrap.setup()

from django.utils import timezone  # noqa: E402
from returns_office import (  # noqa: E402
    AT,
    FORM,
    PERIOD,
    VERSION,
    enter_enterprises,
    figures,
    filled_workbook,
    last_return,
)

from hexi.portal.core.acts.keep_token import make_token  # noqa: E402
from hexi.portal.core.models import Event, Person  # noqa: E402
from hexi.portal.returns import form_book  # noqa: E402
from hexi.portal.returns.acts.apply_batch import apply_batch  # noqa: E402
from hexi.portal.returns.acts.open_return import open_return  # noqa: E402
from hexi.portal.returns.acts.upload_batch import upload_batch  # noqa: E402
from hexi.portal.returns.batches.worker import take_waiting  # noqa: E402
from hexi.portal.returns.models import Batch, Reporter, Return  # noqa: E402
from hexi.portal.returns.workbooks.template import template_of  # noqa: E402
from hexi.reports.return_template_layout import Layout  # noqa: E402


def say(line: str = "") -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def cpu() -> float:
    """CPU seconds of this process and of the ones that it has ended."""
    return sum(
        part.ru_utime + part.ru_stime
        for part in (
            resource.getrusage(resource.RUSAGE_SELF),
            resource.getrusage(resource.RUSAGE_CHILDREN),
        )
    )


# --- a zip of workbooks


def zip_of(reporters: list[Any]) -> bytes:
    """A filled template of each; every tenth has a text where a figure belongs."""
    rows = Layout(form_book.version_of(FORM, VERSION)).item_rows
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for number, reporter in enumerate(reporters):
            blank = Return(
                form=FORM, form_version=VERSION, period=PERIOD, reporter=reporter,
                unit=reporter.home, due=AT.date(),
            )  # fmt: skip
            values = figures(reporter.pk + 1)
            if number % 10 == 9:
                values["output"] = -1.0
            book = filled_workbook(template_of(blank), rows, values)
            target.writestr(f"{reporter.name}.xlsx", book)
    return out.getvalue()


def batch_claim(count: int) -> bool:
    clerk, reporters = enter_enterprises(count)
    for reporter in reporters:
        last_return(reporter)
    data = zip_of(reporters)
    say(f"zip of {count} workbooks, {len(data) / 1e6:.1f} MB")
    batch = upload_batch([data], "一批.zip", by=clerk, at=timezone.now())
    started, clock = cpu(), time.monotonic()
    take_waiting()
    checked, waited = cpu() - started, time.monotonic() - clock
    states = _states(batch)
    say(f"  checked, previewed  {checked:6.1f} s CPU  {waited:6.1f} s  {states}")
    answered = sum(bool(line.answers) for line in batch.lines.all())
    apply_batch(batch.pk, by=clerk, at=timezone.now())
    started, clock = cpu(), time.monotonic()
    take_waiting()
    say(f"  applied             {cpu() - started:6.1f} s CPU  {time.monotonic() - clock:6.1f} s  "
        f"{_states(batch)}")  # fmt: skip
    good = states == {"good": count - count // 10, "refused": count // 10}
    holds = good and answered >= count // 10 and checked <= CLAIM_CPU
    say(f"  claim <= {CLAIM_CPU:.0f} s CPU with an answer for every wrong file: {_word(holds)}")
    return holds


def _states(batch: Batch) -> dict[str, int]:
    found: dict[str, int] = {}
    for state in batch.lines.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


# --- many clients


class Client(threading.Thread):
    """Saves a cell of its own return and one of the shared return, again and again."""

    def __init__(self, number: int, address: str, secret: str, own: int, shared: int) -> None:
        super().__init__(daemon=True)
        self.number, self.address, self.secret = number, address, secret
        self.own, self.shared = own, shared
        self.items = [code for code in figures(0) if code != "employees"]
        self.until = 0.0
        self.sent = 0
        self.failed: list[str] = []
        self.times: list[float] = []
        self.last: dict[tuple[int, str], str] = {}

    def run(self) -> None:
        while time.monotonic() < self.until:
            self.sent += 1
            mine = self.items[self.sent % len(self.items)]
            # on the shared return each client has one cell of its own
            shared = self.items[self.number % len(self.items)]
            for target, item in ((self.own, mine), (self.shared, shared)):
                if target == self.shared and self.number >= len(self.items):
                    continue
                self.save(target, item, f"{self.number}.{self.sent % 100:02d}")

    def save(self, target: int, item: str, value: str) -> None:
        body = json.dumps({"cells": {item: value}}).encode()
        request = urllib.request.Request(
            f"{self.address}/api/returns/{target}/cells", body, method="PATCH",
            headers={"Content-Type": "application/json",
                     "Authorization": f"Bearer {self.secret}"},
        )  # fmt: skip
        started = time.monotonic()
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                kept = json.load(answer)["kept"]
            if kept != {item: value}:
                self.failed.append(f"{target} {item}: {kept}")
            self.last[target, item] = value
        except (urllib.error.URLError, OSError, ValueError) as error:
            self.failed.append(f"{target} {item}: {error}")
        self.times.append(time.monotonic() - started)


def clients_claim(clients: int, seconds: float) -> bool:
    clerk, reporters = enter_clerk(clients)
    secret = make_token(clerk, "bench", at=timezone.now())
    rows = [open_return(FORM, PERIOD, r.pk, by=clerk, at=timezone.now()).pk for r in reporters]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "hexi.portal", "up", "--port", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ),
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address)
        before = Event.objects.filter(act="save_cells").count()
        # the last return is shared by all
        threads = [Client(n, address, secret, rows[n], rows[-1]) for n in range(clients)]
        until = time.monotonic() + seconds
        for thread in threads:
            thread.until = until
            thread.start()
        for thread in threads:
            thread.join(seconds + 90)
    finally:
        server.terminate()
        server.wait(30)
    return _judged(threads, before, seconds)


def enter_clerk(clients: int) -> tuple[Any, list[Any]]:
    """The clerk of the batch, or of a few enterprises where there was none."""
    clerk = Person.objects.filter(username="agency").first()
    if clerk is None:
        return enter_enterprises(clients + 1)
    mine = Reporter.objects.filter(fillers__person=clerk).order_by("code")
    return clerk, list(mine[: clients + 1])


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/health/", timeout=2)
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not come up")


def _judged(threads: list[Client], before: int, seconds: float) -> bool:
    failed = [fault for thread in threads for fault in thread.failed]
    times = sorted(one for thread in threads for one in thread.times)
    standing = {row.pk: row.values for row in Return.objects.filter(period=PERIOD)}
    lost = [
        (target, item)
        for thread in threads
        for (target, item), value in thread.last.items()
        if standing[target].get(item) != value
    ]
    events = Event.objects.filter(act="save_cells").count() - before
    say(f"{len(threads)} clients for {seconds:.0f} s: {len(times)} writes, "
        f"{len(times) / seconds:.0f} a second, {events} events")  # fmt: skip
    say(f"  median {1000 * statistics.median(times):.0f} ms, "
        f"p95 {1000 * times[int(len(times) * 0.95)]:.0f} ms")  # fmt: skip
    for fault in failed[:5]:
        say(f"  failed: {fault}")
    holds = not failed and not lost and len(times) > 0
    say(f"  claim no failed write ({len(failed)}) and no lost one ({len(lost)}): {_word(holds)}")
    return holds


def _word(holds: bool) -> str:
    return "holds" if holds else "does not hold"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workbooks", type=int, default=500)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    logging.disable(logging.WARNING)
    bootstrap.prepare(lambda line: None)
    spare = max(asked.workbooks, 10)
    first = batch_claim(spare) if asked.workbooks else True
    second = clients_claim(asked.clients, asked.seconds) if asked.clients else True
    return 0 if first and second else 1


if __name__ == "__main__":
    try:
        code = main()
    finally:
        shutil.rmtree(HOME, ignore_errors=True)
    raise SystemExit(code)
