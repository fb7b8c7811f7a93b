"""Checking many returns in one pass (批量审核): one bit for each failed rule.

The checked table has a row for each return (or dynamic row) and a column for each source. One scan
computes a mask; only rows with a mask are looked at again, and they answer with the list of the
rules they fail. Rules that SQL cannot run on the table are named in `left_out`.
"""

# ruff: noqa: S608 - SQL is put together from our own words; texts are quoted

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final, Protocol

from hexi.statistics.checking.exact import verdict
from hexi.statistics.checking.rules import Rule
from hexi.statistics.checking.sql import Column, TooWide, condition_sql, text_literal

__all__ = ["Batch", "Connection", "compile_batch", "failed_rows", "fitted", "quoted"]

#: rules in one mask: bits of a signed 64-bit number
_MASK: Final = 62


class Connection(Protocol):
    """What is asked of an engine: DuckDB's connection has it."""

    def execute(self, query: str, /) -> Any:
        """Run a statement; the answer has ``fetchall``."""
        ...


@dataclass(frozen=True)
class Batch:
    """Statements over one table; each is a plain SELECT."""

    rules: tuple[Rule, ...]
    #: rules that have to be run in Python: SQL's numbers are too short for them, or the table
    #: has no column for something that they read
    left_out: tuple[Rule, ...]
    #: key columns and ``rules``: the list of the keys of the rules that a row fails
    failures: str
    #: for each rule, in order: how many rows hold, fail, and cannot be told
    counts: str


def quoted(name: str) -> str:
    """A name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def compile_batch(
    rules: Iterable[Rule], columns: Mapping[str, Column], table: str, keys: Sequence[str]
) -> Batch:
    """One statement for all rules of a form.

    Args:
        rules: rules of one form and version, all on whole returns or all on rows of one section.
        columns: the column of each source, by the source's key.
        table: the table's name or a sub-select in brackets.
        keys: columns that name a row (reporter; reporter and facet).
    """
    kept: list[tuple[Rule, str, str]] = []
    left_out: list[Rule] = []
    bare = {key: replace(column, sql=quoted(key)) for key, column in columns.items()}
    for rule in rules:
        if any(source.key not in columns for source in rule.tested):
            left_out.append(rule)
            continue
        try:
            when = condition_sql(rule.when, bare) if rule.when else ""
            kept.append((rule, when, condition_sql(rule.check, bare)))
        except TooWide:
            left_out.append(rule)
    names = [quoted(key) for key in keys]
    used = {source.key for rule, _, _ in kept for source in rule.tested}
    typed = [*names, *(_typed(key, columns[key]) for key in columns if key in used)]
    rows = f"(SELECT {', '.join(typed)} FROM {table})"
    found = tuple(rule for rule, _, _ in kept)
    if not kept:
        nothing = f"SELECT {', '.join(names)}, CAST([] AS VARCHAR[]) AS rules FROM {table} LIMIT 0"
        return Batch((), tuple(left_out), nothing, "SELECT 0 LIMIT 0")
    return Batch(found, tuple(left_out), _failures(kept, names, rows), _counts(kept, rows))


def _typed(key: str, column: Column) -> str:
    """A column as exactly the decimal that its figures need, so that widths add up as computed."""
    if not column.digits:
        return f"{column.sql} AS {quoted(key)}"
    digits = column.digits if column.digits <= 18 else 38
    return f"CAST({column.sql} AS DECIMAL({digits},{column.scale})) AS {quoted(key)}"


def _failures(kept: list[tuple[Rule, str, str]], names: list[str], rows: str) -> str:
    masks: list[str] = []
    for start in range(0, len(kept), _MASK):
        bits = [
            f"CASE WHEN {f'{when} AND ' if when else ''}NOT {check} THEN {1 << n} ELSE 0 END"
            for n, (_, when, check) in enumerate(kept[start : start + _MASK])
        ]
        masks.append(f"CAST({' + '.join(bits)} AS BIGINT) AS mask{len(masks)}")
    listed = [
        f"CASE WHEN mask{n // _MASK} & {1 << n % _MASK} <> 0 THEN {text_literal(rule.key)} END"
        for n, (rule, _, _) in enumerate(kept)
    ]
    any_failed = " OR ".join(f"mask{n} <> 0" for n in range(len(masks)))
    keys = ", ".join(names)
    failed = f"SELECT {keys}, {', '.join(masks)} FROM {rows}"
    keep = "lambda rule: rule IS NOT NULL"
    answer = f"list_filter([{', '.join(listed)}], {keep}) AS rules"
    return f"SELECT {keys}, {answer} FROM ({failed}) WHERE {any_failed}"


def _counts(kept: list[tuple[Rule, str, str]], rows: str) -> str:
    """One row: three counts a rule."""
    verdicts = [
        f"{f'CASE WHEN {when} THEN {check} END' if when else check} AS v{n}"
        for n, (_, when, check) in enumerate(kept)
    ]
    counts = [
        f"count(*) FILTER (WHERE v{n}), count(*) FILTER (WHERE NOT v{n}),"
        f" count(*) FILTER (WHERE v{n} IS NULL)"
        for n in range(len(kept))
    ]
    return f"SELECT {', '.join(counts)} FROM (SELECT {', '.join(verdicts)} FROM {rows})"


def fitted(connection: Connection, columns: Mapping[str, Column], table: str) -> dict[str, Column]:
    """The columns with the digits that the table's figures really have.

    One more scan: worth it where a rule is left out because figures *could* need too many digits,
    as a product of three of the largest would.
    """
    numbers = [key for key, column in columns.items() if column.digits]
    if not numbers:
        return dict(columns)
    largest = ", ".join(f"max(abs({columns[key].sql}))" for key in numbers)
    found = connection.execute(f"SELECT {largest} FROM {table}").fetchall()[0]
    digits = {
        key: len(str(int(value or 0))) + columns[key].scale
        for key, value in zip(numbers, found, strict=True)
    }
    return {
        key: replace(column, digits=digits.get(key, column.digits))
        for key, column in columns.items()
    }


def failed_rows(
    connection: Connection,
    batch: Batch,
    columns: Mapping[str, Column],
    table: str,
    keys: Sequence[str],
) -> dict[tuple[Any, ...], list[str]]:
    """The rules that each row fails, by the row's keys, in the order of the rules.

    What SQL has no digits for is run in Python on the same rows. Rules that read what the table
    does not have stay out.
    """
    rows = connection.execute(batch.failures).fetchall()
    found: dict[tuple[Any, ...], list[str]] = {tuple(row[:-1]): list(row[-1]) for row in rows}
    for rule in batch.left_out:
        if any(source.key not in columns for source in rule.tested):
            continue
        names = [quoted(key) for key in keys]
        values = [columns[source.key].sql for source in rule.tested]
        read = connection.execute(f"SELECT {', '.join(names + values)} FROM {table}").fetchall()
        for row in read:
            cells = zip(rule.tested, row[len(keys) :], strict=True)
            given = {s.key: _fraction(value) for s, value in cells}
            if verdict(rule.when, rule.check, given) is False:
                found.setdefault(tuple(row[: len(keys)]), []).append(rule.key)
    return found


def _fraction(value: Any) -> Fraction | str | None:
    return value if value is None or isinstance(value, str) else Fraction(value)
