"""Checking many returns in one pass (批量审核): one bit for each failed rule.

The checked table has a row for each return (or dynamic row) and a column for each source. One scan
computes a mask; only rows with a mask come back, and which rules they fail is read off its bits.
The text is one for all engines; where they differ in words, their dialect says how. Rules that SQL
cannot run on the table are named in `left_out`.
"""

# ruff: noqa: S608 - SQL is put together from our own words; texts are quoted

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

import pyarrow as pa

from hexi.statistics.checking.exact import verdict
from hexi.statistics.checking.rules import Rule
from hexi.statistics.checking.sql import Column, TooWide, condition_sql
from hexi.warehouse.engines import Dialect, Engine

__all__ = ["Batch", "column_name", "compile_batch", "failed_rows", "failures_of", "fitted"]

#: rules in one mask: bits of a signed 64-bit number
_MASK: Final = 62


@dataclass(frozen=True)
class Batch:
    """Statements over one table; each is a plain SELECT."""

    rules: tuple[Rule, ...]
    #: rules that have to be run in Python: SQL's numbers are too short for them, or the table
    #: has no column for something that they read
    left_out: tuple[Rule, ...]
    keys: tuple[str, ...]
    #: the key columns, and masks of the rules that a row fails, for the rows that fail any
    failures: str
    #: for each rule, in order: how many rows hold, fail, and cannot be told
    counts: str


@lru_cache(maxsize=4096)
def column_name(key: str) -> str:
    """The name of a source's column: a plain word, since engines quote names in different ways."""
    plain = re.sub(r"\W+", "_", key, flags=re.ASCII).strip("_")
    return f"f_{plain}" if plain == key else f"f_{plain}_{zlib.crc32(key.encode()):08x}"


def compile_batch(
    rules: Iterable[Rule],
    columns: Mapping[str, Column],
    table: str,
    keys: Sequence[str],
    dialect: Dialect,
) -> Batch:
    """One statement for all rules of a form.

    Args:
        rules: rules of one form and version, all on whole returns or all on rows of one section.
        columns: the column of each source, by the source's key.
        table: the table's name or a sub-select in brackets.
        keys: columns that name a row (reporter; reporter and facet).
        dialect: of the engine that will run it.
    """
    kept: list[tuple[Rule, str, str]] = []
    left_out: list[Rule] = []
    bare = {key: replace(column, sql=column_name(key)) for key, column in columns.items()}
    for rule in rules:
        if any(source.key not in columns for source in rule.tested):
            left_out.append(rule)
            continue
        try:
            when = condition_sql(rule.when, bare, dialect) if rule.when else ""
            kept.append((rule, when, condition_sql(rule.check, bare, dialect)))
        except TooWide:
            left_out.append(rule)
    found = tuple(rule for rule, _, _ in kept)
    if not kept:
        nothing = f"SELECT {', '.join(keys)} FROM {table} AS t WHERE 1 = 0"
        return Batch((), tuple(left_out), tuple(keys), nothing, "")
    used = {source.key for rule, _, _ in kept for source in rule.tested}
    typed = [*keys, *(_typed(key, columns[key], dialect) for key in columns if key in used)]
    rows = f"(SELECT {', '.join(typed)} FROM {table} AS t) AS r"
    counts = _counts(kept, rows, dialect)
    return Batch(found, tuple(left_out), tuple(keys), _failures(kept, keys, rows, dialect), counts)


def _typed(key: str, column: Column, dialect: Dialect) -> str:
    """A column as exactly the decimal that its figures need, so that widths add up as computed."""
    if not column.digits:
        return f"{column.sql} AS {column_name(key)}"
    digits = column.digits if column.digits <= 18 else 38
    return f"{dialect.decimal(column.sql, digits, column.scale)} AS {column_name(key)}"


def _failures(
    kept: list[tuple[Rule, str, str]], keys: Sequence[str], rows: str, dialect: Dialect
) -> str:
    masks: list[str] = []
    for start in range(0, len(kept), _MASK):
        bits = [
            f"CASE WHEN {f'{when} AND ' if when else ''}NOT {check} THEN {1 << n} ELSE 0 END"
            for n, (_, when, check) in enumerate(kept[start : start + _MASK])
        ]
        masks.append(f"{dialect.bigint(' + '.join(bits))} AS mask{len(masks)}")
    any_failed = " OR ".join(f"mask{n} <> 0" for n in range(len(masks)))
    failed = f"SELECT {', '.join([*keys, *masks])} FROM {rows}"
    return f"SELECT * FROM ({failed}) AS m WHERE {any_failed}"


def _counts(kept: list[tuple[Rule, str, str]], rows: str, dialect: Dialect) -> str:
    """One row: three counts a rule."""
    verdicts = [
        f"{f'CASE WHEN {when} THEN {check} END' if when else check} AS v{n}"
        for n, (_, when, check) in enumerate(kept)
    ]
    counts = [
        f"{dialect.count_where(test)} AS c{n}_{place}"
        for n in range(len(kept))
        for place, test in enumerate((f"v{n}", f"NOT v{n}", f"v{n} IS NULL"))
    ]
    return f"SELECT {', '.join(counts)} FROM (SELECT {', '.join(verdicts)} FROM {rows}) AS v"


def fitted(engine: Engine, columns: Mapping[str, Column], table: str) -> dict[str, Column]:
    """The columns with the digits that the table's figures really have.

    One more scan: worth it where a rule is left out because figures *could* need too many digits,
    as a product of three of the largest would.
    """
    numbers = [key for key, column in columns.items() if column.digits]
    if not numbers:
        return dict(columns)
    largest = ", ".join(f"max(abs({columns[key].sql})) AS {column_name(key)}" for key in numbers)
    found = engine.fetch(f"SELECT {largest} FROM {table} AS t").to_pylist()[0]
    digits = {key: len(str(int(found[column_name(key)] or 0))) for key in numbers}
    return {
        key: replace(column, digits=digits[key] + column.scale) if key in digits else column
        for key, column in columns.items()
    }


def failures_of(batch: Batch, found: pa.Table) -> dict[tuple[Any, ...], list[str]]:
    """The rules that each row of the answer fails, by the row's keys, in the order of the rules."""
    masks = list(zip(*(found[f"mask{n}"].to_pylist() for n in range(_masks(batch))), strict=True))
    keys = zip(*(found[key].to_pylist() for key in batch.keys), strict=True)
    # many rows fail alike: the bits of each mask are read once
    read = {mask: _rules_in(batch, mask) for mask in set(masks)}
    return {key: list(read[mask]) for key, mask in zip(keys, masks, strict=False)}


def _masks(batch: Batch) -> int:
    return -(-len(batch.rules) // _MASK)


def _rules_in(batch: Batch, mask: tuple[int, ...]) -> list[str]:
    return [rule.key for n, rule in enumerate(batch.rules) if mask[n // _MASK] >> n % _MASK & 1]


def failed_rows(
    engine: Engine, batch: Batch, columns: Mapping[str, Column], table: str
) -> dict[tuple[Any, ...], list[str]]:
    """The rules that each row fails, by the row's keys, in the order of the rules.

    What SQL has no digits for is run in Python on the same rows. Rules that read what the table
    does not have stay out.
    """
    found = failures_of(batch, engine.fetch(batch.failures)) if batch.rules else {}
    for rule in batch.left_out:
        if any(source.key not in columns for source in rule.tested):
            continue
        values = [f"{columns[s.key].sql} AS {column_name(s.key)}" for s in rule.tested]
        read = engine.fetch(f"SELECT {', '.join([*batch.keys, *values])} FROM {table} AS t")
        for row in read.to_pylist():
            given = {s.key: _fraction(row[column_name(s.key)]) for s in rule.tested}
            if verdict(rule.when, rule.check, given) is False:
                found.setdefault(tuple(row[key] for key in batch.keys), []).append(rule.key)
    return found


def _fraction(value: Any) -> Fraction | str | None:
    return value if value is None or isinstance(value, str) else Fraction(value)
