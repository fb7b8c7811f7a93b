"""Vintages (版次): all that was ever known of a fact, and the revision triangle (修订三角).

A value is told with the snapshots between which it was what was known. The triangle gives, for
each period, the first published sum, the second, and so on to the last: how far first figures are
to be trusted.
"""

# ruff: noqa: S608 - SQL is put together from our own words; names are ours

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from decimal import Decimal

import pyarrow as pa

from hexi.warehouse.engines.duckdb import DuckdbEngine
from hexi.warehouse.manifest import Segment, Snapshot
from hexi.warehouse.segment import DECIMAL

__all__ = ["history", "triangle"]

#: stands for "still known" in comparisons of snapshot numbers
_NEVER = 2**31 - 1


def history(
    segments: Sequence[Segment],
    files: dict[str, str],
    snapshots: Sequence[Snapshot],
    items: Collection[int] | None,
    reporters: Collection[int] | None,
) -> pa.Table:
    """Every value that a fact has had, oldest first.

    Columns form, period, reporter, item, facet, value, prior, submission, begin, end (snapshots;
    end null while current). A stretch without a row is a time when there was no return.
    """
    engine = DuckdbEngine()
    try:
        engine.register("life", _lives(segments, files, snapshots))
        source = _named_files(engine, [files[s.path] for s in segments])
        tests = [
            f"f.{column} in ({', '.join(str(int(v)) for v in sorted(wanted)) or 'null'})"
            for column, wanted in (("item", items), ("reporter", reporters))
            if wanted is not None
        ]
        where = f"where {' and '.join(tests)}" if tests else ""
        return engine.fetch(_islands(f"{source} f join life l on l.file = f.filename {where}"))
    finally:
        engine.close()


def _named_files(engine: DuckdbEngine, paths: Sequence[str]) -> str:
    if not paths:
        return f"(select *, '' as filename from {engine.dialect.files([])})"
    listed = ", ".join(engine.dialect.text(path) for path in paths)
    return f"read_parquet([{listed}], filename = true, hive_partitioning = false)"


def _lives(
    segments: Sequence[Segment], files: dict[str, str], snapshots: Sequence[Snapshot]
) -> pa.Table:
    """File, first snapshot, first snapshot no longer: both among those that can be shown."""
    kept = [snapshot.id for snapshot in snapshots if not snapshot.thinned]

    def next_kept(number: int | None) -> int:
        at = bisect_left(kept, number) if number is not None else len(kept)
        return kept[at] if at < len(kept) else _NEVER

    return pa.table(
        {
            "file": pa.array([files[s.path] for s in segments], pa.string()),
            "begins": pa.array([next_kept(s.begin) for s in segments], pa.int32()),
            "ends": pa.array([next_kept(s.end) for s in segments], pa.int32()),
        }
    )


def _islands(source: str) -> str:
    """Neighbouring vintages with the same content are one stretch."""
    key = "form, period, item, reporter, facet"
    content = "value, prior, submission"
    return f"""with seen as (select {key}, {content}, begins, ends from {source}),
        marked as (select *, case when
            lag(ends) over w = begins and lag(value) over w = value
            and lag(prior) over w is not distinct from prior
            and lag(submission) over w = submission then 0 else 1 end as fresh
            from seen window w as (partition by {key} order by begins)),
        counted as (select *, sum(fresh) over (partition by {key} order by begins) as island
            from marked)
        select form, period, reporter, item, facet, {content}, min(begins) as "begin",
            nullif(max(ends), {_NEVER}) as "end"
        from counted group by {key}, {content}, island
        order by {key}, "begin\""""


def triangle(
    segments: Sequence[Segment],
    files: dict[str, str],
    snapshots: Sequence[Snapshot],
    item: int,
    facet: int,
    reporters: Collection[int] | None,
) -> pa.Table:
    """The sum of an item in each period at every snapshot that changed it.

    Columns form, period, revision (1 is the first published), snapshot, at (UTC), value (null
    where nobody reported), n (reporters).
    """
    sums = _sums_of_files(segments, files, item, facet, reporters)
    moments = {snapshot.id: snapshot.at for snapshot in snapshots}
    kept = [snapshot.id for snapshot in snapshots if not snapshot.thinned]
    months: dict[tuple[int, int], list[Segment]] = {}
    for segment in segments:
        months.setdefault((segment.form, segment.period), []).append(segment)
    rows: list[tuple[object, ...]] = []
    for (form, period), parts in sorted(months.items()):
        revision = 0
        last: tuple[Decimal | None, int] = (None, 0)
        turns = {s.begin for s in parts} | {s.end for s in parts if s.end is not None}
        for turn in sorted({kept[bisect_left(kept, t)] for t in turns if t <= kept[-1]}):
            alive = [
                sums[s.path] for s in parts if s.begin <= turn and (s.end is None or s.end > turn)
            ]
            n = sum(count for _, count in alive)
            value = sum((total for total, _ in alive), Decimal(0)) if n else None
            if (value, n) != last:
                revision, last = revision + 1, (value, n)
                rows.append((form, period, revision, turn, moments[turn], value, n))
    return _triangle_table(rows)


def _sums_of_files(
    segments: Sequence[Segment],
    files: dict[str, str],
    item: int,
    facet: int,
    reporters: Collection[int] | None,
) -> dict[str, tuple[Decimal, int]]:
    """Sum and number of reporters in each segment."""
    engine = DuckdbEngine()
    try:
        source = _named_files(engine, [files[s.path] for s in segments])
        chosen = ""
        if reporters is not None:
            numbers = pa.array(sorted(reporters), pa.int32())
            engine.register("chosen", pa.table({"reporter": numbers}))
            chosen = "and reporter in (select reporter from chosen)"
        answer = engine.fetch(
            f"""select filename, sum(value) as value, count(*) as n from {source}
            where item = {int(item)} and facet = {int(facet)} {chosen} group by filename"""
        ).to_pylist()
    finally:
        engine.close()
    found = {row["filename"]: (row["value"], row["n"]) for row in answer}
    return {s.path: found.get(files[s.path], (Decimal(0), 0)) for s in segments}


def _triangle_table(rows: Sequence[tuple[object, ...]]) -> pa.Table:
    kinds = {
        "form": pa.int16(),
        "period": pa.int32(),
        "revision": pa.int32(),
        "snapshot": pa.int32(),
        "at": pa.timestamp("us", "UTC"),
        "value": pa.decimal128(38, DECIMAL.scale),
        "n": pa.int64(),
    }
    columns = list(zip(*rows, strict=True)) or [()] * len(kinds)
    return pa.table(
        {
            name: pa.array(column, kind)
            for (name, kind), column in zip(kinds.items(), columns, strict=True)
        }
    )
