"""The process that reads an upload (读取进程): bounded in time and memory, always replaceable.

It sends one return after the other; where a file kills it, that file is refused and another
process goes on with the next.
"""

from __future__ import annotations

import hashlib
import logging
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from hexi.portal.core.leases import Stopped
from hexi.portal.core.refusal import Refusal
from hexi.portal.returns.batches.archive import Entry, entries_of, kind_of, read_entry
from hexi.portal.returns.batches.table import read_table
from hexi.portal.returns.workbooks.reading import Filled, read_workbook

try:
    import resource
except ImportError:  # not on Windows
    resource = None  # type: ignore[assignment]

__all__ = ["Read", "Stopped", "read_in_child"]

log = logging.getLogger("hexi.returns")
_START: Final = "fork" if sys.platform.startswith("linux") else "spawn"
_BEAT: Final = 2.0
#: seconds for one file, and CPU seconds for all that one process reads
_PATIENCE: Final = 20.0
_CPU: Final = 240
#: files of one upload that may kill their process before it is given up
_MOST_LOST: Final = 10


@dataclass(frozen=True, slots=True)
class Read:
    """One return as it was read."""

    number: int
    digest: str
    filled: Filled


def read_in_child(
    path: Path,
    name: str,
    megabytes: int,
    alive: Callable[[], bool],
    *,
    total: int,
    after: int = 0,
) -> Iterator[Read]:
    """Returns of an upload with a number above ``after`` and up to ``total``, one by one."""
    start, lost_ones = after, 0
    while start < total:
        done = yield from _one_process(path, name, megabytes, alive, start)
        if done is None:
            return
        # whatever it was busy with killed it: that one is refused, the rest goes on
        start, lost_ones = done + 1, lost_ones + 1
        if lost_ones > _MOST_LOST:
            raise Refusal("reader_fault", "")
        lost = Filled(_name_of(path, name, start))
        lost.say("reader_fault")
        yield Read(start, "", lost)


def _one_process(
    path: Path, name: str, megabytes: int, alive: Callable[[], bool], after: int
) -> Any:
    """A generator that returns None at the end, else the last number that was read."""
    context: Any = multiprocessing.get_context(_START)
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(
        target=_work, args=(path, name, megabytes, after, theirs), daemon=True
    )
    process.start()
    theirs.close()
    last, heard = after, time.monotonic()
    try:
        while True:
            if not alive():
                raise Stopped
            if not ours.poll(_BEAT):
                if time.monotonic() - heard > _PATIENCE:
                    return last
                continue
            try:
                found = ours.recv()
            except EOFError:
                return last
            heard = time.monotonic()
            if found is None:
                return None
            last = found.number
            yield found
    finally:
        process.kill()
        process.join()
        ours.close()


def _work(path: Path, name: str, megabytes: int, after: int, out: Connection) -> None:
    _bound(megabytes)
    try:
        for read in _reads(path, name, after):
            out.send(read)
        out.send(None)
    except BrokenPipeError:
        return  # the worker is gone; so are we
    except Exception:
        log.exception("reading %s", name)


def _reads(path: Path, name: str, after: int) -> Iterator[Read]:
    if kind_of(path, name) == "csv":
        for number, filled in enumerate(read_table(path.read_bytes(), name), 1):
            if number > after:
                yield Read(number, "", filled)
        return
    for entry in entries_of(path, name):
        if entry.number > after:
            yield _read(path, entry)


def _read(path: Path, entry: Entry) -> Read:
    filled = Filled(entry.name)
    if entry.refused:
        filled.say(entry.refused)
        return Read(entry.number, "", filled)
    data = read_entry(path, entry)
    if not data:
        filled.say("too_large" if data is None else "broken")
        return Read(entry.number, "", filled)
    digest = hashlib.sha256(data).hexdigest()
    return Read(entry.number, digest, read_workbook(data, entry.name))


def _name_of(path: Path, name: str, number: int) -> str:
    if kind_of(path, name) == "csv":
        return f"{name} · {number + 1}"
    return next((e.name for e in entries_of(path, name) if e.number == number), name)


def _bound(megabytes: int) -> None:
    if resource is None:
        return
    most = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU, _CPU + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
