"""Checking the register (名录审核): every fault of it, named, before anything is added up by it.

A reporter in two units at once would count twice; a circle of parents would never end; what closes
before it opens was typed wrong. All faults are gathered, so that one round of correction is enough.
"""

# ruff: noqa: S608 - SQL is put together from our own words; values are parameters

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from hexi.warehouse.errors import WarehouseFault
from hexi.warehouse.months import FREQUENCIES
from hexi.warehouse.registry import Registry
from hexi.warehouse.trees import circles

__all__ = ["faults_of_registry"]

#: faults of one kind that are shown; a register that is wrong throughout is wrong in a few ways
_SHOWN: Final = 20

_NOT_MONTH: Final = """(since < 190001 or until > 999912 or since % 100 not between 1 and 12
    or until % 100 not between 1 and 12)"""


def faults_of_registry(registry: Registry) -> list[WarehouseFault]:
    """Every fault of a register, at most twenty of a kind; empty for one that can be used."""
    found: list[WarehouseFault] = []
    connection = duckdb.connect(":memory:")
    try:
        for name, table in registry.tables().items():
            connection.register(f"{name}_", table)
        for place, code, sql in _questions():
            rows = connection.execute(f"{sql} limit {_SHOWN}").fetchall()
            found += [WarehouseFault(place, code, str(row[0])) for row in rows]
    finally:
        connection.close()
    found += _strange_frequencies(registry.form)
    if not found:
        # a tree is walked only where its entries make sense
        found += [
            WarehouseFault("edge", "cycle", f"{tree}：{circle}")
            for tree, circle in circles(registry)
        ]
    return found


def _questions() -> Iterator[tuple[str, str, str]]:
    """Queries that answer nothing for a sound register: place, code, SQL of what is found."""
    for name in ("form", "item", "facet", "reporter", "unit"):
        yield name, "empty_code", f"select id from {name}_ where trim(code) = '' order by 1"
        for column in ("id", "code"):
            yield (
                name,
                "code_twice",
                f"select {column} from {name}_ group by 1 having count(*) > 1 order by 1",
            )
    yield "facet", "code_twice", "select id from facet_ where id = 0"
    for name in ("reporter", "unit", "membership", "edge"):
        shown = "code" if name in ("reporter", "unit") else _shown(name)
        dates = "since || '—' || until"
        yield (
            name,
            "period",
            f"select {shown} || ' ' || {dates} from {name}_ where {_NOT_MONTH} order by 1",
        )
        yield (
            name,
            "ends_before",
            f"select {shown} || ' ' || {dates} from {name}_ where until <= since order by 1",
        )
    for name, column, owner in (
        ("membership", "reporter", "reporter"),
        ("membership", "unit", "unit"),
        ("edge", "unit", "unit"),
        ("edge", "parent", "unit"),
    ):
        yield (
            name,
            "unknown",
            f"select distinct '{column} ' || e.{column} from {name}_ e"
            f" anti join {owner}_ o on o.id = e.{column} order by 1",
        )
        yield (
            name,
            "outside_life",
            f"select {_shown(name, 'e.')} || ' ' || e.since || '—' || e.until from {name}_ e"
            f" join {owner}_ o on o.id = e.{column}"
            " where e.since < o.since or e.until > o.until order by 1",
        )
    for name, member in (("membership", "reporter"), ("edge", "unit")):
        yield name, "overlap", _overlaps(name, member)


def _shown(name: str, prefix: str = "") -> str:
    if name == "membership":
        return f"{prefix}tree || ' reporter ' || {prefix}reporter || ' unit ' || {prefix}unit"
    return f"{prefix}tree || ' unit ' || {prefix}unit || ' parent ' || {prefix}parent"


def _overlaps(name: str, member: str) -> str:
    """Entries of one member in one tree that begin before the one before has ended."""
    return f"""select tree || ' {member} ' || {member} || ' ' || since from (
        select *, max(until) over (partition by tree, {member} order by since, until
            rows between unbounded preceding and 1 preceding) as held from {name}_)
        where since < held order by 1"""


def _strange_frequencies(form: pa.Table) -> list[WarehouseFault]:
    known = pc.is_in(form["frequency"], value_set=pa.array(list(FREQUENCIES)))
    strange = form.filter(pc.invert(known)).to_pylist()
    return [
        WarehouseFault("form", "frequency", f"{row['code']} {row['frequency']}")
        for row in strange[:_SHOWN]
    ]
