"""Kept tables (预汇总存储): what was added up from segments, on disk, for the next process.

A segment never changes, so neither does what was added up from it. Such tables lie beside the
segments under a name that says all they depend on; whoever asks again, in this process or after a
restart, reads them instead of the facts. They can be lost without loss: a table that is not there,
torn or altered is made again. Each names the segments that it was made from, so that vacuum can
tell which of them no snapshot needs.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import secrets
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

import pyarrow as pa

__all__ = ["KeptTables", "outdated"]

_LOG = logging.getLogger(__name__)
#: folder of a warehouse that has them
_FOLDER: Final = "sums"
_SUFFIX: Final = ".arrow"
_DIGEST: Final = hashlib.sha256().digest_size
_SOURCES: Final = b"hexi_segments"


class KeptTables:
    """The kept tables of a warehouse; ``root`` is the warehouse's folder."""

    def __init__(self, root: Path) -> None:
        self._folder = root / _FOLDER

    def get(self, key: str) -> pa.Table | None:
        """The table of a key; None where it is not there or no longer what was written."""
        path = self._path(key)
        try:
            with path.open("rb") as file:
                said, content = file.read(_DIGEST), file.read()
        except OSError:
            return None
        if hashlib.sha256(content).digest() != said:
            return None
        table = pa.ipc.open_file(pa.py_buffer(content)).read_all()
        return table.replace_schema_metadata(None)

    def put(self, key: str, table: pa.Table, segments: Collection[str]) -> None:
        """Keep a table under a key, whole or not at all; ``segments`` are what it was made from.

        A disk that is full or read-only costs time at the next question, never an answer.
        """
        sink = pa.BufferOutputStream()
        said = {_SOURCES: json.dumps(sorted(segments)).encode()}
        options = pa.ipc.IpcWriteOptions(compression="zstd")
        given = table.replace_schema_metadata(said)
        with pa.ipc.new_file(sink, given.schema, options=options) as writer:
            writer.write_table(given)
        content = sink.getvalue()
        path = self._path(key)
        part = path.with_name(f".{path.name}.{secrets.token_hex(6)}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with part.open("xb") as file:
                    file.write(hashlib.sha256(content).digest())
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                part.rename(path)
            finally:
                part.unlink(missing_ok=True)
        except OSError as error:
            _LOG.warning("a table added up was not kept: %s", error)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}{_SUFFIX}"


def outdated(root: Path, named: Collection[str], limit: float) -> Iterator[str]:
    """Kept tables that were written before ``limit`` and rest on a segment that is not named.

    Paths relative to the warehouse; what a crash left half written is among them.
    """
    for path in sorted((root / _FOLDER).rglob("*")):
        try:
            if not path.is_file() or path.stat().st_mtime >= limit:
                continue
        except FileNotFoundError:
            continue  # another vacuum was quicker
        if path.suffix != _SUFFIX or not _segments(path) <= set(named):
            yield path.relative_to(root).as_posix()


def _segments(path: Path) -> set[str]:
    """The segments a table says it was made from; of one that cannot be read, an unknown one."""
    try:
        with path.open("rb") as file:
            file.seek(_DIGEST)
            schema = pa.ipc.open_file(pa.py_buffer(file.read())).schema
        said: list[str] = json.loads((schema.metadata or {})[_SOURCES])
    except (OSError, pa.ArrowException, KeyError, ValueError):
        return {""}
    return set(said)
