"""The process that reads one file (读取进程): bounded in time and memory, always replaceable.

A document comes from outside and may be made to exhaust the machine. Whatever happens in here,
the worker outside sees one of three things: the result, a refusal, or silence.
"""

from __future__ import annotations

import logging
import multiprocessing
import sys
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from hexi.plans.documents import DocumentError, Limits
from hexi.portal.core.leases import Stopped
from hexi.portal.plans.reading.engine import PARTS, Compiled, Progress, compile_file

try:
    import resource
except ImportError:  # not on Windows
    resource = None  # type: ignore[assignment]

__all__ = ["Task", "read_in_child"]

log = logging.getLogger("hexi.reading")

_START = "fork" if sys.platform.startswith("linux") else "spawn"
#: how long the worker waits for a word before it looks at the clock and renews its claim
_BEAT = 2.0


@dataclass(frozen=True, slots=True)
class Task:
    """What the child needs to know."""

    path: Path
    name: str
    pack: str
    seconds: int
    megabytes: int


def read_in_child(task: Task, report: Progress, alive: Any) -> Compiled:
    """Run the engine in a child process.

    ``alive`` is called at every beat and returns False to give up. Raises ``DocumentError`` where
    the file is refused, took too long, or killed the process.
    """
    context: Any = multiprocessing.get_context(_START)
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(task, theirs), daemon=True)
    process.start()
    theirs.close()
    end = time.monotonic() + task.seconds
    try:
        return _listen(ours, task, report, alive, end)
    finally:
        process.kill()
        process.join()
        ours.close()


def _listen(ours: Connection, task: Task, report: Progress, alive: Any, end: float) -> Compiled:
    while True:
        if not alive():
            raise Stopped
        if time.monotonic() > end:
            raise DocumentError("too_slow", task.name)
        if not ours.poll(_BEAT):
            continue
        try:
            kind, content = ours.recv()
        except EOFError:
            # killed by the kernel or by the memory limit before it could say why
            raise DocumentError("expands", task.name) from None
        if kind == "part":
            report(*content)
        elif kind == "refused":
            raise DocumentError(content["code"], content["file"], content["place"])
        elif kind == "fault":
            raise RuntimeError(content)
        else:
            result: Compiled = content
            return result


def _work(task: Task, out: Connection) -> None:
    _bound(task)

    def report(part: str, done: int) -> None:
        out.send(("part", (part, done)))

    try:
        limits = Limits(seconds=float(task.seconds))
        result = compile_file(task.path, task.name, task.pack, limits, report)
        report(PARTS[-1], len(PARTS) - 1)
        out.send(("result", result))
    except DocumentError as error:
        out.send(("refused", {"code": error.code, "file": error.file, "place": error.place}))
    except MemoryError:
        out.send(("refused", {"code": "expands", "file": task.name, "place": ""}))
    except BrokenPipeError:
        return  # the worker is gone; so are we
    except Exception as error:
        log.exception("reading %s", task.name)
        out.send(("fault", f"{type(error).__name__}: {error}"))


def _bound(task: Task) -> None:
    if resource is None:
        return
    most = task.megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (task.seconds + 5, task.seconds + 10))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
