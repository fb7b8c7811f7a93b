# ruff: noqa: S608 - SQL is put together from our own words; names are ours
"""Sums of items at every level of a tree (指标项目汇总): unit x period x item, with who reported.

It is what a notebook asks first. Indicators, growth and shares are computed above the warehouse.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pyarrow as pa

from hexi.warehouse.engines.protocol import Engine
from hexi.warehouse.registry import Registry
from hexi.warehouse.trees import ancestors

__all__ = ["cube"]


def cube(
    engine: Engine,
    registry: Registry,
    files: Sequence[str],
    periods: Sequence[int],
    tree: str,
    items: Collection[int] | None,
) -> pa.Table:
    """Sums of the files' facts for all units of a tree, by the membership of each period.

    Columns form, period, unit, unit_name, item (codes), facet, value, prior, n. A cell that nobody
    reported has no row.
    """
    d = engine.dialect
    engine.register("membership", registry.membership)
    engine.register("above", _above(registry, tree, periods))
    for name in ("form", "item", "unit"):
        engine.register(f"{name}_code", getattr(registry, name))
    chosen = ""
    if items is not None:
        chosen = f"where f.item in ({', '.join(str(int(i)) for i in sorted(items)) or 'null'})"
    # first to the unit of membership, which is few rows, then up the tree
    engine.stage(
        "leaf",
        f"""select f.form, f.period, m.unit, f.item, f.facet, {d.sum_decimal("f.value")} as value,
            {d.sum_decimal("f.prior")} as prior, count(*) as n
        from {d.files(files)} f join membership m on m.reporter = f.reporter
            and m.tree = {d.text(tree)} and m.since <= f.period and m.until > f.period
        {chosen} group by f.form, f.period, m.unit, f.item, f.facet""",
    )
    answer = engine.fetch(
        f"""select fc.code as form, l.period as period, u.code as unit, u.name as unit_name,
            i.code as item, l.facet as facet, {d.sum_decimal("l.value")} as value,
            {d.sum_decimal("l.prior")} as prior, {d.bigint("sum(l.n)")} as n
        from leaf l join above a on a.period = l.period and a.unit = l.unit
            join unit_code u on u.id = a.above join item_code i on i.id = l.item
            join form_code fc on fc.id = l.form
        group by fc.code, l.period, u.code, u.name, i.code, l.facet
        order by fc.code, l.period, u.code, i.code, l.facet"""
    )
    for name in ("leaf", "membership", "above", "form_code", "item_code", "unit_code"):
        engine.drop(name)
    return answer


def _above(registry: Registry, tree: str, periods: Sequence[int]) -> pa.Table:
    """Period, unit, itself and every unit above it."""
    rows = [
        (period, unit, above)
        for period in periods
        for unit, above in ancestors(registry, tree, period)
    ]
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    return pa.table(
        {
            name: pa.array(column, pa.int32())
            for name, column in zip(("period", "unit", "above"), columns, strict=True)
        }
    )
