"""Publishing (发布入库): files first, then one transaction that names them.

Files are prepared without a lock. Inside the transaction, under the lock, it is looked whether the
months are still what they were prepared from; where somebody published in between, they are
prepared again. So no one's work is lost, and a crash leaves the old state and at worst some files
that no snapshot names, which vacuum removes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from hexi.warehouse.errors import WarehouseError, WarehouseFault
from hexi.warehouse.manifest import Manifest, Segment, Snapshot
from hexi.warehouse.registry import Registry
from hexi.warehouse.registry_check import faults_of_registry
from hexi.warehouse.rewriting import Change, cut, merged, part_of, prepared, reporters_of
from hexi.warehouse.segment import SCHEMA, FileMark, read_file, write_file, write_segment

__all__ = ["Publication", "publish"]


@dataclass(frozen=True, slots=True)
class Publication:
    """What is published at once, by whom, why and when."""

    changes: tuple[Change, ...]
    registry: Registry | None
    actor: str
    reason: str
    at: datetime
    definitions_hash: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    mark: FileMark
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class _Rewrite:
    """A month as it will be: parts that end, parts that come."""

    change: Change
    #: paths of the month's parts that this was prepared from
    base: tuple[str, ...]
    ended: tuple[Segment, ...]
    come: tuple[_Part, ...]


def publish(root: Path, manifest: Manifest, given: Publication, part_rows: int) -> Snapshot | None:
    """Publish; the new snapshot, or None where everything is as it was."""
    if given.at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    changes = [prepared(change) for change in given.changes]
    _refuse_twice(changes)
    if given.registry is not None:
        faults = faults_of_registry(given.registry)
        if faults:
            raise WarehouseError(*faults)
    _refuse_unknown(root, manifest, given.registry, changes)
    rewrites = [_rewrite(root, _current(manifest, change), change, part_rows) for change in changes]
    with manifest.writing():
        rewrites = [_fresh(root, manifest, rewrite, part_rows) for rewrite in rewrites]
        news = [rewrite for rewrite in rewrites if rewrite.ended or rewrite.come]
        tables = _new_tables(root, manifest, given.registry)
        if not news and not tables:
            return None
        snapshot = manifest.add_snapshot(
            given.at, given.actor, given.reason, given.definitions_hash
        )
        for name, mark in tables.items():
            manifest.replace_registry(name, mark, snapshot.id)
        for rewrite in news:
            _enter(manifest, rewrite, snapshot.id)
    return snapshot


def _refuse_twice(changes: Sequence[Change]) -> None:
    seen: set[tuple[int, int]] = set()
    for change in changes:
        month = (change.form, change.period)
        if month in seen:
            raise WarehouseError(WarehouseFault("", "twice", f"{change.form}/{change.period}"))
        seen.add(month)


def _current(manifest: Manifest, change: Change) -> list[Segment]:
    """The month's parts that are current now."""
    latest = manifest.latest()
    if latest is None:
        return []
    return manifest.segments(latest.id, [change.form], [change.period])


def _fresh(root: Path, manifest: Manifest, rewrite: _Rewrite, part_rows: int) -> _Rewrite:
    """The rewrite, prepared anew where the month has changed since."""
    now = _current(manifest, rewrite.change)
    if tuple(segment.path for segment in now) == rewrite.base:
        return rewrite
    for part in rewrite.come:
        (root / part.mark.path).unlink(missing_ok=True)
    return _rewrite(root, now, rewrite.change, part_rows)


def _rewrite(root: Path, current: Sequence[Segment], change: Change, part_rows: int) -> _Rewrite:
    """Write the parts that a change touches; the others stay."""
    base = tuple(segment.path for segment in current)
    lows = [segment.low for segment in current]
    ended: list[Segment] = []
    come: list[_Part] = []
    for index, new, withdrawn in _shares(change, lows):
        old = current[index] if index < len(current) else None
        before = read_file(root, old, SCHEMA.names).cast(SCHEMA) if old else None
        after = new if change.whole else merged(before, new, withdrawn)
        if after.equals(before if before is not None else SCHEMA.empty_table()):
            continue
        if old:
            ended.append(old)
        come += [_written(root, part) for part in cut(after, part_rows)]
    return _Rewrite(change, base, tuple(ended), tuple(come))


def _shares(change: Change, lows: Sequence[int]) -> list[tuple[int, pa.Table, list[int]]]:
    """The change by part: index, its rows, its withdrawn reporters; untouched parts left out."""
    table = change.table
    if len(lows) <= 1:
        if not (table.num_rows or change.withdrawn or change.whole):
            return []
        return [(0, table, sorted(change.withdrawn))]
    shares = []
    gone: dict[int, list[int]] = {}
    for reporter in change.withdrawn:
        gone.setdefault(part_of(lows, reporter), []).append(reporter)
    for index in range(len(lows)):
        inside = pc.scalar(True)
        if index:
            inside = pc.greater_equal(table["reporter"], lows[index])
        if index + 1 < len(lows):
            below = pc.less(table["reporter"], lows[index + 1])
            inside = below if index == 0 else pc.and_(inside, below)
        rows = table.filter(inside).combine_chunks()
        if rows.num_rows or index in gone or change.whole:
            shares.append((index, rows, gone.get(index, [])))
    return shares


def _written(root: Path, table: pa.Table) -> _Part:
    bounds = pc.min_max(table["reporter"]).as_py()
    return _Part(write_segment(root, table), bounds["min"], bounds["max"])


def _enter(manifest: Manifest, rewrite: _Rewrite, snapshot: int) -> None:
    for segment in rewrite.ended:
        manifest.end_segment(segment.id, snapshot)
    for part in rewrite.come:
        change = rewrite.change
        manifest.add_segment(change.form, change.period, part.mark, part.low, part.high, snapshot)


# --- register -----------------------------------------------------------------------------------


def _new_tables(root: Path, manifest: Manifest, registry: Registry | None) -> dict[str, FileMark]:
    """Files of the register's tables that differ from what is current."""
    if registry is None:
        return {}
    latest = manifest.latest()
    files = manifest.registry_files(latest.id) if latest else []
    current = {file.name: file for file in files}
    marks = {}
    for name, table in registry.tables().items():
        old = current.get(name)
        if old is None and table.num_rows == 0:
            continue
        if old is None or not read_file(root, old).cast(table.schema).equals(table):
            marks[name] = write_file(root, f"registry/{name}", table)
    return marks


def _refuse_unknown(
    root: Path, manifest: Manifest, registry: Registry | None, changes: Sequence[Change]
) -> None:
    """Facts of forms, items and reporters that no register knows can't be traced: refused.

    A warehouse without a register takes every number.
    """
    known = _known(root, manifest, registry)
    if not known:
        return
    faults = []
    for change in changes:
        place = f"{change.form}/{change.period}"
        given = {
            "form": pa.array([change.form], pa.int16()),
            "item": pc.unique(change.table["item"]),
            "reporter": reporters_of(change.table),
        }
        for name, numbers in given.items():
            strange = numbers.filter(pc.invert(pc.is_in(numbers, value_set=known[name])))
            if len(strange):
                shown = "、".join(str(number) for number in strange.to_pylist()[:5])
                faults.append(WarehouseFault(place, "unknown", f"{name} {shown}"))
    if faults:
        raise WarehouseError(*faults)


def _known(root: Path, manifest: Manifest, registry: Registry | None) -> dict[str, pa.Array]:
    """Numbers of forms, items and reporters; empty where there is no register."""
    if registry is not None:
        tables = registry.tables()
    else:
        latest = manifest.latest()
        files = manifest.registry_files(latest.id) if latest else []
        tables = {
            file.name: read_file(root, file, ["id"])
            for file in files
            if file.name in ("form", "item", "reporter")
        }
    if not any(name in tables and tables[name].num_rows for name in ("form", "item", "reporter")):
        return {}
    empty = {"form": pa.int16(), "item": pa.int16(), "reporter": pa.int32()}
    return {
        name: tables[name]["id"].combine_chunks() if name in tables else pa.array([], kind)
        for name, kind in empty.items()
    }
