"""A segment (数据段): the facts of one form and one period as they were known at one time.

A segment is one Parquet file that is never changed. Its rows are sorted by item, reporter and
facet, so that a query for three items reads three stretches of it; its numbers are exact decimals,
so that a published sum is the same on every engine. What was not reported has no row; zero has one.

A file appears whole or not at all: it is written beside its place, flushed to the disk, moved
there, and the folder is flushed too.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from hexi.warehouse.errors import WarehouseError, WarehouseFault

__all__ = [
    "DECIMAL",
    "KEY",
    "SCHEMA",
    "FileMark",
    "check_file",
    "facts_table",
    "hash_file",
    "ordered",
    "read_file",
    "read_segment",
    "write_file",
    "write_segment",
]

#: what every amount is stored as: 14 digits before the point, 4 behind it
DECIMAL: Final = pa.decimal128(18, 4)

#: columns of a segment; form and period are the same in every row, so that a bare list of files
#: can be read by any engine
SCHEMA: Final = pa.schema(
    [
        pa.field("form", pa.int16(), nullable=False),
        pa.field("period", pa.int32(), nullable=False),
        pa.field("reporter", pa.int32(), nullable=False),
        pa.field("item", pa.int16(), nullable=False),
        pa.field("facet", pa.int32(), nullable=False),
        pa.field("value", DECIMAL, nullable=False),
        pa.field("prior", DECIMAL),
        pa.field("submission", pa.int32(), nullable=False),
    ]
)

#: what makes a fact one fact inside a segment, in the order of sorting
KEY: Final = ("item", "reporter", "facet")

_REQUIRED = ("reporter", "item", "value")
#: rows that are skipped or read together
_ROW_GROUP = 131_072
#: few different values: kept once each; the others by their differences, which is read fastest
_REPEATING = ["form", "period", "item", "facet", "submission"]
_ENCODING = dict.fromkeys(("reporter", "value", "prior"), "DELTA_BINARY_PACKED")


@dataclass(frozen=True, slots=True)
class FileMark:
    """What the manifest knows of a file: enough to tell that it is whole and unchanged."""

    #: relative to the warehouse, with forward slashes
    path: str
    rows: int
    #: of the whole file, in hex
    sha256: str
    bytes: int


def facts_table(form: int, period: int, given: pa.Table) -> pa.Table:
    """The given columns as a segment holds them: cast exactly, sorted, each key once.

    ``given`` has reporter, item and value, and may have facet (0), prior (null) and submission
    (0). Raises WarehouseError with every fault: columns, nulls, inexact numbers, duplicates.
    """
    place = f"{form}/{period}"
    faults = _column_faults(place, given)
    if faults:
        raise WarehouseError(*faults)
    columns, rows = [], given.num_rows
    for field in SCHEMA:
        if field.name == "form":
            columns.append(pa.repeat(pa.scalar(form, field.type), rows))
        elif field.name == "period":
            columns.append(pa.repeat(pa.scalar(period, field.type), rows))
        elif field.name in given.column_names:
            columns.append(_exact(place, field, given[field.name]))
        else:
            default = None if field.nullable else 0
            columns.append(pa.repeat(pa.scalar(default, field.type), rows))
    # chunks of two writings of one table would differ in the file; one chunk never does
    table = ordered(pa.table(columns, schema=SCHEMA))
    _refuse_duplicates(place, table)
    return table


def ordered(table: pa.Table) -> pa.Table:
    """The rows by item, reporter and facet, in one chunk."""
    table = table.combine_chunks()
    if table.num_rows == 0:
        return table
    facets = pc.min_max(table["facet"]).as_py()
    least = min(pc.min(table[name]).as_py() for name in ("item", "reporter"))
    if least < 0 or facets["min"] < 0 or facets["max"] >= 1 << 17:
        return table.sort_by([(name, "ascending") for name in KEY]).combine_chunks()
    # item (15 bits), reporter (31) and facet (17) side by side in one number sort six times faster
    item, reporter, facet = (table[name].cast(pa.int64()) for name in KEY)
    key = pc.bit_wise_or(pc.shift_left(item, 48), pc.shift_left(reporter, 17))
    return table.take(pc.sort_indices(pc.bit_wise_or(key, facet))).combine_chunks()


def _column_faults(place: str, given: pa.Table) -> list[WarehouseFault]:
    known = set(SCHEMA.names) - {"form", "period"}
    names = given.column_names
    wrong = [f"缺 {name}" for name in _REQUIRED if name not in names]
    wrong += [f"多 {name}" for name in names if name not in known]
    wrong += [f"重 {name}" for name in sorted(set(names)) if names.count(name) > 1]
    if wrong:
        return [WarehouseFault(place, "columns", "，".join(wrong))]
    return [
        WarehouseFault(place, "null", name)
        for name in names
        if name != "prior" and given[name].null_count
    ]


def _exact(place: str, field: pa.Field, column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The column in the segment's type, or a refusal where a number would change."""
    kind = column.type
    exact = pa.types.is_integer(kind) or pa.types.is_null(kind)
    if field.type == DECIMAL:
        exact = exact or pa.types.is_decimal(kind)
    if not exact:
        raise WarehouseError(WarehouseFault(place, "inexact", f"{field.name} {kind}"))
    try:
        if field.type == DECIMAL and pa.types.is_integer(kind):
            # a whole number has up to 19 digits before it is known to fit
            column = column.cast(pa.decimal128(19, 0)).cast(pa.decimal128(23, 4))
        return column.cast(field.type)
    except pa.ArrowInvalid as error:
        raise WarehouseError(WarehouseFault(place, "inexact", f"{field.name}：{error}")) from error


def _refuse_duplicates(place: str, table: pa.Table) -> None:
    """Neighbours with the same key in a sorted table are one fact given twice."""
    if table.num_rows < 2:
        return
    same = None
    for name in KEY:
        column = table[name].combine_chunks()
        equal = pc.equal(column[1:], column[:-1])
        same = equal if same is None else pc.and_(same, equal)
    twice = table.slice(1).filter(same)
    if twice.num_rows:
        first = twice.select(list(KEY)).slice(0, 3).to_pylist()
        shown = "；".join(f"reporter {r['reporter']} item {r['item']}" for r in first)
        raise WarehouseError(
            WarehouseFault(place, "duplicate", f"{shown}（共 {twice.num_rows} 处）")
        )


def write_segment(root: Path, table: pa.Table) -> FileMark:
    """Write a segment below the warehouse's folder; ``table`` is what :func:`facts_table` gave."""
    form, period = table["form"][0].as_py(), table["period"][0].as_py()
    return write_file(root, f"segments/{form}/{period}", table)


def write_file(root: Path, folder: str, table: pa.Table) -> FileMark:
    """Write a table to a new file of a folder; when this returns, it survives a power cut."""
    path = f"{folder}/{secrets.token_hex(12)}.parquet"
    target = root / path
    _make_folders(root, target.parent)
    is_segment = table.schema.equals(SCHEMA)
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("xb") as file:
            pq.write_table(
                table,
                file,
                compression="zstd",
                row_group_size=_ROW_GROUP,
                store_decimal_as_integer=True,
                write_page_checksum=True,
                use_dictionary=_REPEATING if is_segment else True,
                column_encoding=_ENCODING if is_segment else None,
            )
            file.flush()
            os.fsync(file.fileno())
        mark = FileMark(path, table.num_rows, hash_file(part), part.stat().st_size)
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
    _sync_folder(target.parent)
    return mark


def _make_folders(root: Path, folder: Path) -> None:
    """Folders down to one, each entered in its parent for good."""
    missing = []
    while not folder.is_dir() and folder != root.parent:
        missing.append(folder)
        folder = folder.parent
    for step in reversed(missing):
        step.mkdir(exist_ok=True)
        _sync_folder(step.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def hash_file(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_file(root: Path, mark: FileMark, *, deep: bool = False) -> WarehouseFault | None:
    """What is wrong with a file: gone, torn (its length), and with ``deep`` altered (its hash)."""
    path = root / mark.path
    try:
        size = path.stat().st_size
    except OSError:
        return WarehouseFault(mark.path, "missing_file")
    if size != mark.bytes:
        code = "torn" if size < mark.bytes else "altered"
        return WarehouseFault(mark.path, code, f"{size} ≠ {mark.bytes} 字节")
    if deep and hash_file(path) != mark.sha256:
        return WarehouseFault(mark.path, "altered", "sha256")
    return None


def read_segment(root: Path, mark: FileMark, columns: list[str] | None = None) -> pa.Table:
    """The rows of a segment; WarehouseError names a file that is gone, torn or altered."""
    return read_file(root, mark, columns)


def read_file(
    root: Path, mark: FileMark, columns: list[str] | None = None, where: object = None
) -> pa.Table:
    """The rows of a file of the warehouse, optionally some columns and rows of it."""
    fault = check_file(root, mark)
    if fault is not None:
        raise WarehouseError(fault)
    try:
        return pq.read_table(
            root / mark.path,
            columns=columns,
            filters=where,
            partitioning=None,
            page_checksum_verification=True,
        )
    except (pa.ArrowException, OSError) as error:
        raise WarehouseError(WarehouseFault(mark.path, "altered", str(error))) from error
