"""Upkeep (维护): verify that nothing was torn or altered, remove what no snapshot names, thin out.

What a crash leaves behind is files that no snapshot names; they are removed once they are older
than a grace time, which must be longer than any publication takes. Snapshots are kept for ever,
unless the intermediate ones of past days are thinned out by act: the last state of each day stays.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from hexi.warehouse.errors import WarehouseFault
from hexi.warehouse.kept import outdated
from hexi.warehouse.manifest import Manifest, RegistryFile, Segment
from hexi.warehouse.registry import TABLES
from hexi.warehouse.segment import SCHEMA, check_file

__all__ = ["FOLDERS", "thin", "vacuum", "verify"]

#: where files of a warehouse lie
FOLDERS = ("segments", "registry")


def verify(root: Path, manifest: Manifest) -> list[WarehouseFault]:
    """Every file of every snapshot: there, whole, unchanged, of the right columns and rows.

    Files that no snapshot names are told too (code ``orphan``); they do no harm.
    """
    named: list[Segment | RegistryFile] = [*manifest.segments(), *manifest.registry_files()]
    faults = [fault for file in named if (fault := _fault_of(root, file))]
    known = {file.path for file in named}
    orphans = [path for path in _files(root) if path not in known]
    return faults + [WarehouseFault(path, "orphan") for path in orphans]


def _fault_of(root: Path, file: Segment | RegistryFile) -> WarehouseFault | None:
    fault = check_file(root, file, deep=True)
    if fault is not None:
        return fault
    wanted = SCHEMA if isinstance(file, Segment) else TABLES[file.name]
    try:
        opened = pq.ParquetFile(root / file.path)
        schema, rows = opened.schema_arrow, opened.metadata.num_rows
    except (pa.ArrowException, OSError) as error:
        return WarehouseFault(file.path, "altered", str(error))
    if not schema.equals(wanted):
        return WarehouseFault(file.path, "altered", "列不符")
    if rows != file.rows:
        return WarehouseFault(file.path, "altered", f"{rows} ≠ {file.rows} 行")
    if isinstance(file, Segment):
        return _wrong_month(opened, file)
    return None


def _wrong_month(opened: pq.ParquetFile, segment: Segment) -> WarehouseFault | None:
    """A segment whose rows are of another form or period than the manifest says."""
    for group in range(opened.metadata.num_row_groups):
        for column, wanted in ((0, segment.form), (1, segment.period)):
            seen = opened.metadata.row_group(group).column(column).statistics
            if seen is None or (seen.min, seen.max) != (wanted, wanted):
                return WarehouseFault(segment.path, "altered", SCHEMA.names[column])
    return None


def _files(root: Path) -> Iterator[str]:
    """Files of the warehouse's folders, relative to it."""
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file():
                yield path.relative_to(root).as_posix()


def vacuum(root: Path, manifest: Manifest, now: datetime, grace: timedelta) -> list[str]:
    """Remove files that no snapshot names and that are older than the grace time; their paths.

    What was added up from such a segment and kept goes with it.
    """
    limit = (now - grace).timestamp()
    old = [path for path in _files(root) if _changed(root / path) < limit]
    # the manifest is asked after the files are listed: what was published since is not in the list
    named = {file.path for file in (*manifest.segments(), *manifest.registry_files())}
    removed = [path for path in old if path not in named]
    removed += outdated(root, named, limit)
    for path in removed:
        (root / path).unlink(missing_ok=True)
    return removed


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        # a publisher has just renamed or removed it
        return float("inf")


def thin(root: Path, manifest: Manifest, before: datetime, zone: tzinfo) -> int:
    """Give up intermediate states of days before a moment; how many segments that sets free.

    The last snapshot of each day in the zone stays exactly as it was. Files are left to a later
    vacuum, whose grace time begins now, so that whoever is reading can finish.
    """
    with manifest.writing():
        snapshots = manifest.snapshots()
        last_of_day = {s.at.astimezone(zone).date(): s.id for s in snapshots}
        gone = {s.id for s in snapshots if s.at < before} - set(last_of_day.values())
        free = [
            s
            for s in manifest.segments()
            if s.end is not None and gone.issuperset(range(s.begin, s.end))
        ]
        for segment in free:
            path = root / segment.path
            if path.exists():
                os.utime(path)
        manifest.forget_segments([s.id for s in free])
        manifest.mark_thinned(sorted(gone - {s.id for s in snapshots if s.thinned}))
    return len(free)
