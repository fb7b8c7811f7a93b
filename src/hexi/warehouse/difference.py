"""Why a figure changed (变动原因): two snapshots compared, from the item to the enterprise.

The comparison is of sums as they were published on each side, with the register of each side: a
restated return, a late one, a withdrawn one and an enterprise that was moved all show, and the
changes of the rows always add up to the change of the sum above them.
"""

# ruff: noqa: S608 - SQL is put together from our own words; names are ours

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pyarrow as pa

from hexi.warehouse.engines.duckdb import DuckdbEngine
from hexi.warehouse.manifest import Segment
from hexi.warehouse.registry import Registry
from hexi.warehouse.trees import branches

__all__ = ["Difference", "Side", "differ"]

_KEYS = "form, period, item, facet"


@dataclass(frozen=True, slots=True)
class Difference:
    """Changes at three levels; ``change`` adds up exactly from each level to the one above.

    All have form, period, item, facet, before, after, change. Sums (``by_item``, ``by_unit``)
    carry n_before and n_after, the numbers of reporters, and hold every sum of a period in which
    anything changed; null is "nobody reported". ``by_unit`` and ``by_reporter`` have the unit:
    one of those right under the unit that was asked about, that unit itself for what belongs to
    it directly, null for what is outside the tree. ``by_reporter`` has only rows that changed,
    with submission_before and submission_after; a reporter that moved has two.
    """

    by_item: pa.Table
    by_unit: pa.Table
    by_reporter: pa.Table


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two snapshots: its segments, where they lie, its register."""

    segments: Sequence[Segment]
    files: dict[str, str]
    registry: Registry


def differ(
    a: Side, b: Side, *, tree: str, unit: int | None, items: Collection[int] | None
) -> Difference:
    """Compare side ``b`` (after) with side ``a`` (before) below a unit of a tree, or in all."""
    engine = DuckdbEngine()
    try:
        periods = sorted({s.period for s in (*a.segments, *b.segments)})
        for name, side in (("a", a), ("b", b)):
            engine.register(f"branch_{name}", _branch_table(side.registry, tree, periods, unit))
            engine.register(f"membership_{name}", side.registry.membership)
            engine.stage(f"place_{name}", _place(name, engine.dialect.text(tree)))
        touched = _touched_months(a.segments, b.segments) | {
            (form, period)
            for period in _moved_periods(engine)
            for form in {s.form for s in (*a.segments, *b.segments)}
        }
        for name, side in (("a", a), ("b", b)):
            files = [side.files[s.path] for s in side.segments if (s.form, s.period) in touched]
            source = engine.dialect.files(files)
            engine.stage(f"facts_{name}", _facts(name, source, unit, items))
        return Difference(
            engine.fetch(_sums("")),
            engine.fetch(_sums(", unit")),
            engine.fetch(_rows()),
        )
    finally:
        engine.close()


def _touched_months(before: Sequence[Segment], after: Sequence[Segment]) -> set[tuple[int, int]]:
    """Months whose files differ."""
    paths_before, paths_after = {s.path for s in before}, {s.path for s in after}
    return {(s.form, s.period) for s in before if s.path not in paths_after} | {
        (s.form, s.period) for s in after if s.path not in paths_before
    }


def _branch_table(
    registry: Registry, tree: str, periods: Sequence[int], top: int | None
) -> pa.Table:
    """Period, unit of membership, unit that it is shown under."""
    rows = [
        (period, unit, branch)
        for period in periods
        for unit, branch in branches(registry, tree, period, top).items()
    ]
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    return pa.table(
        {
            name: pa.array(column, pa.int32())
            for name, column in zip(("period", "member", "unit"), columns, strict=True)
        }
    )


def _place(name: str, tree: str) -> str:
    """Reporter and period to the unit that its facts are shown under."""
    return f"""select b.period, m.reporter, b.unit from branch_{name} b
        join membership_{name} m on m.unit = b.member and m.tree = {tree}
            and m.since <= b.period and m.until > b.period"""


def _moved_periods(engine: DuckdbEngine) -> list[int]:
    """Periods in which some reporter is shown under another unit."""
    answer = engine.fetch(
        """select distinct period from (
            (select * from place_a except select * from place_b)
            union all (select * from place_b except select * from place_a))"""
    )
    return [int(period) for period in answer["period"].to_pylist()]


def _facts(name: str, source: str, unit: int | None, items: Collection[int] | None) -> str:
    join = "left join" if unit is None else "join"
    chosen = ""
    if items is not None:
        listed = ", ".join(str(int(item)) for item in sorted(items)) or "null"
        chosen = f"where f.item in ({listed})"
    return f"""select f.form, f.period, f.item, f.facet, f.reporter, p.unit, f.value, f.submission
        from {source} f {join} place_{name} p
            on p.reporter = f.reporter and p.period = f.period {chosen}"""


def _sums(unit: str) -> str:
    """Published sums of both sides, side by side."""
    return f"""select {_KEYS}{unit},
            sum(value) filter (where side = 'a') as before,
            sum(value) filter (where side = 'b') as after,
            sum(case when side = 'b' then value else -value end) as change,
            count(*) filter (where side = 'a') as n_before,
            count(*) filter (where side = 'b') as n_after
        from (select *, 'a' as side from facts_a union all select *, 'b' as side from facts_b)
        group by {_KEYS}{unit} order by {_KEYS}{unit}"""


def _rows() -> str:
    """Rows that differ; a move is one row that goes and one that comes."""
    keys = "form, period, item, facet, reporter, unit"
    same = " and ".join(f"a.{key} is not distinct from b.{key}" for key in keys.split(", "))
    chosen = ", ".join(f"coalesce(a.{key}, b.{key}) as {key}" for key in keys.split(", "))
    return f"""select {chosen}, a.value as before, b.value as after,
            coalesce(b.value, 0) - coalesce(a.value, 0) as change,
            a.submission as submission_before, b.submission as submission_after
        from facts_a a full join facts_b b on {same}
        where a.value is distinct from b.value
        order by {keys}"""
