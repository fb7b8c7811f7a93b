"""Clients that write at once (并发客户端): a server as an office runs it, and threads that ask it.

Each client sends one request after another until the time is over, and keeps how long each took
and what failed.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

__all__ = ["Writer", "running_server", "times_of", "write_together"]

_SERVE = """
from hexi.portal import bootstrap
bootstrap.setup()
from hexi.portal.server import serve
serve("127.0.0.1", {port}, workers={workers})
"""


@contextmanager
def running_server(workers: int) -> Iterator[str]:
    """The portal on a free port with so many workers, its database as it stands; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-c", _SERVE.format(port=port, workers=workers)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ),
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address)
        yield address
    finally:
        server.terminate()
        server.wait(30)


class Writer(threading.Thread):
    """One client; ``turn`` sends what it sends in one round."""

    def __init__(self, address: str, secret: str) -> None:
        super().__init__(daemon=True)
        self.address, self.secret = address, secret
        self.until = 0.0
        self.failed: list[str] = []
        self.times: list[float] = []

    def turn(self, number: int) -> None:
        """The requests of one round."""
        raise NotImplementedError

    def run(self) -> None:
        number = 0
        while time.monotonic() < self.until:
            number += 1
            self.turn(number)

    def send(self, method: str, path: str, body: Any = None) -> Any:
        """One request; its answer, or None where it failed."""
        request = urllib.request.Request(
            f"{self.address}{path}",
            None if body is None else json.dumps(body).encode(),
            method=method,
            headers={"Content-Type": "application/json",
                     "Authorization": f"Bearer {self.secret}"},
        )  # fmt: skip
        started = time.monotonic()
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            self.failed.append(f"{method} {path}: {error.code} {error.read()[:300]!r}")
        except (OSError, ValueError) as error:
            self.failed.append(f"{method} {path}: {error}")
        finally:
            self.times.append(time.monotonic() - started)
        return None


def write_together(writers: Sequence[Writer], seconds: float) -> None:
    """Let them all begin, and wait until they have ended."""
    until = time.monotonic() + seconds
    for writer in writers:
        writer.until = until
        writer.start()
    for writer in writers:
        writer.join(seconds + 90)


def times_of(writers: Sequence[Writer]) -> tuple[int, float, float]:
    """How many requests, their median and 95th percentile in seconds."""
    times = sorted(one for writer in writers for one in writer.times)
    return len(times), statistics.median(times), times[int(len(times) * 0.95)]


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/health/", timeout=2)
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not come up")
