"""Figures before closing, laid over what is published (尚未关账数据): the same engine, more facts.

A month in which a level has approved returns that nobody has published is written anew beside the
warehouse, with those returns in their places, and read instead of the month's own segment. So
every indicator, view, tree and trace works on it unchanged; nothing of it is a vintage. The files
can be made again at any time; those that nobody has read for a while are removed.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings

from hexi.portal.figures.knowledge import Kept, Known
from hexi.portal.figures.space import Space
from hexi.portal.returns.queries.provisional import OpenMonth, Provisional
from hexi.statistics.indicators import Source
from hexi.statistics.indicators.additive import Part
from hexi.warehouse import Snapshot
from hexi.warehouse.rewriting import merged, part_of
from hexi.warehouse.segment import SCHEMA, facts_table

__all__ = ["laid_over"]

#: seconds after which a file that nobody reads any more is removed
_KEEP: Final = 86_400
_KNOWN: Final[Kept[Known]] = Kept(8)


def laid_over(known: Known | None, space: Space, given: Provisional) -> Known:
    """What was published with the open returns of a level in their places."""
    base = known or _nothing(space, given)
    key = hashlib.sha256(f"{base.key} {given.key}".encode()).hexdigest()

    def make() -> Known:
        return _made(base, given, key)

    return _KNOWN.get(key, make)


def _nothing(space: Space, given: Provisional) -> Known:
    """Before the first publication: no facts, and the register of today."""
    register = given.register
    source = Source((), register.items, register.membership, register.edge)
    return Known(space, "nothing", Snapshot(0, given.at, "", ""), source, register)


def _made(base: Known, given: Provisional, key: str) -> Known:
    folder = Path(settings.HEXI.home) / "provisional"
    touched = {(month.form, month.period): month for month in given.months}
    parts = [p for p in base.source.parts if (p.form, p.period) not in touched]
    for (form, period), month in touched.items():
        old = [p for p in base.source.parts if (p.form, p.period) == (form, period)]
        parts += _month(folder, sorted(old, key=lambda part: part.low), month)
    _sweep(folder, {Path(part.path).name for part in parts})
    register = given.register
    return replace(
        base,
        key=key,
        source=Source(tuple(parts), register.items, register.membership, register.edge),
        register=register,
        lane=f"open to {given.rank}",
        open=frozenset(month.period for month in given.months),
        revised=frozenset(month.period for month in given.months if month.closed)
        - {month.period for month in given.months if not month.closed},
    )


def _month(folder: Path, old: list[Part], month: OpenMonth) -> Iterator[Part]:
    """The parts of a month; one that holds no open return stays as it is."""
    facts = facts_table(month.form, month.period, month.facts)
    if not facts.num_rows:
        yield from old
        return
    if not old:
        yield _part(folder, None, facts, month)
        return
    lows = [part.low for part in old]
    reporters = facts["reporter"].to_pylist()
    homes = pa.array([part_of(lows, reporter) for reporter in reporters], pa.int32())
    for index, part in enumerate(old):
        rows = facts.filter(pc.equal(homes, index)).combine_chunks()
        yield _part(folder, part, rows, month) if rows.num_rows else part


def _part(folder: Path, old: Part | None, facts: pa.Table, month: OpenMonth) -> Part:
    """A part with the open returns in it, under the name of its content."""
    submissions = sorted(pc.unique(facts["submission"]).to_pylist())
    said = f"{month.form} {month.period} {old.key if old else ''} {submissions}"
    name = hashlib.sha256(said.encode()).hexdigest()
    path = folder / f"{name}.parquet"
    bounds = pc.min_max(facts["reporter"]).as_py()
    low, high = bounds["min"], bounds["max"]
    if old is not None:
        low, high = min(low, old.low), max(high, old.high)
    try:
        os.utime(path)
    except FileNotFoundError:
        before = None
        if old is not None:
            before = pq.read_table(old.path, columns=SCHEMA.names, partitioning=None).cast(SCHEMA)
        _write(path, merged(before, facts, ()))
    return Part(month.period, month.form, str(path), f"provisional/{name}", low, high)


def _write(path: Path, table: pa.Table) -> None:
    """The file appears whole or not at all; what a power cut takes is made again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        pq.write_table(table, part, compression="zstd", store_decimal_as_integer=True)
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)


def _sweep(folder: Path, used: Iterable[str]) -> None:
    """Remove what nobody has read for a day."""
    kept = set(used)
    last = time.time() - _KEEP
    for file in folder.glob("*.parquet") if folder.is_dir() else ():
        try:
            if file.name not in kept and file.stat().st_mtime < last:
                file.unlink()
        except FileNotFoundError:
            continue  # another process was quicker
