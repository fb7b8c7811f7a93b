"""Serving pages (网页服务): granian for the pages, and beside it a process that reads documents."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from granian import Granian
from granian.constants import Interfaces

__all__ = ["serve"]

#: how long the reading worker may take to end; a reading that is cut off is taken up again
GRACE_SECONDS = 5


def serve(host: str, port: int, *, workers: int = 1) -> int:
    """Serve until stopped. WSGI with one blocking thread a worker measured fastest."""
    with reading_worker():
        Granian(
            "hexi.portal.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=1,
            backpressure=64,
            log_access=False,
        ).serve()
    return 0


@contextmanager
def reading_worker() -> Iterator[None]:
    """Keep one reading worker alive; when it dies, the next one takes its reading up."""
    stop = threading.Event()
    running: list[subprocess.Popen[bytes]] = []

    def watch() -> None:
        while not stop.is_set():
            worker = subprocess.Popen([sys.executable, "-m", "hexi.portal", "worker"])
            running[:] = [worker]
            worker.wait()
            stop.wait(1.0)

    thread = threading.Thread(target=watch, name="reading-worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        for worker in running:
            _end(worker)
        thread.join(GRACE_SECONDS)


def _end(worker: subprocess.Popen[bytes]) -> None:
    if worker.poll() is not None:
        return
    worker.terminate()
    try:
        worker.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        worker.kill()
