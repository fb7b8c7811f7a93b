"""Peers of ``indicators.py``: the same figures by hand-written DuckDB SQL and by pandas.

25 sums and 11 ratios of sums, of the month and to date, each with its growth on the year before and
its number of reporters; columns are named ``s0 period``, ``s0 period n``, ``s0 growth`` …
"""

from __future__ import annotations

from typing import Any

from facts import World

SUMS, RATIOS = 25, 11


def run_sql(facts: World) -> object:
    """Hand-written DuckDB SQL in stages: a scan a month, columns, levels, years, growth."""
    import duckdb

    con = duckdb.connect()
    con.execute("set preserve_insertion_order = false")
    for name in ("membership", "edge"):
        con.register(f"{name}_in", facts.table(name))
        con.execute(f"create temp table {name} as select * from {name}_in")
    con.execute(
        "create temp table base (park int, period int, item int, total decimal(38,4), n int)"
    )
    for period, path in facts.segments:
        con.execute(
            f"insert into base select m.unit, {period}, f.item, sum(f.value), count(*)"
            f" from '{path}' f join (select reporter, unit from membership"
            f" where since <= {period} and until > {period}) m on f.reporter = m.reporter"
            " where f.facet = 0 group by m.unit, f.item"
        )
    used = range(SUMS + RATIOS)
    pivot = ", ".join(
        f"sum(case when item = {k} then total end) as t{k},"
        f" sum(case when item = {k} then n end)::int as n{k}"
        for k in used
    )
    con.execute(
        f"create temp table level0 as select park as unit, period, {pivot} from base"
        " group by park, period"
    )
    sums = ", ".join(f"sum(t{k}) as t{k}, sum(n{k})::int as n{k}" for k in used)
    for level in (1, 2, 3):
        con.execute(
            f"create temp table level{level} as select e.parent as unit, l.period, {sums}"
            f" from level{level - 1} l join edge e on l.unit = e.unit"
            " and l.period >= e.since and l.period < e.until group by e.parent, l.period"
        )
    union = " union all ".join(f"select * from level{level}" for level in range(4))
    years = ", ".join(f"sum(b.t{k}) as y{k}" for k in used)
    con.execute(f"create temp table units as {union}")
    con.execute(
        f"create temp table years as select a.unit, a.period, {years} from units a join units b"
        " on a.unit = b.unit and a.period // 100 = b.period // 100 and b.period <= a.period"
        " group by a.unit, a.period"
    )
    # what the month itself lacks is no figure to date
    dated = ", ".join(f"case when t{k} is not null then y{k} end as y{k}" for k in used)
    plain = ", ".join(f"t{k}, n{k}" for k in used)
    con.execute(
        f"create temp table u as select unit, period, {plain}, {dated}"
        " from units join years using (unit, period)"
    )
    return con.sql(finish_sql()).to_arrow_table()


def finish_sql() -> str:
    """Figures from the table of months and years; columns are named as above."""
    columns = []
    for window, value in (("period", "t"), ("ytd", "y")):
        for k in range(SUMS):
            now, then = f"a.{value}{k}::double", f"b.{value}{k}::double"
            columns += _cells(f"s{k}", window, now, then, [f"n{k}"], 1)
        for k in range(RATIOS):
            one, two = f"{value}{SUMS + k}", f"{value}{k}"
            now = f"a.{one}::double / nullif(a.{two}::double, 0)"
            then = f"b.{one}::double / nullif(b.{two}::double, 0)"
            columns += _cells(f"r{k}", window, now, then, [f"n{SUMS + k}", f"n{k}"], 100)
    return (
        f"select a.unit, a.period, {', '.join(columns)} from u a"
        " left join u b on b.unit = a.unit and b.period = a.period - 100"
    )


def _cells(name: str, view: str, now: str, then: str, counts: list[str], scale: int) -> list[str]:
    """Value and growth of an indicator, each with its number of reporters."""
    here = [f"coalesce(a.{n}, 0)" for n in counts]
    there = [f"coalesce(b.{n}, 0)" for n in counts]
    least_of_both = f"least({', '.join(here + there)})"
    growth = f"round(({now}) * 100 - ({then}) * 100, 2)"
    if scale == 1:
        growth = f"round(case when {then} > 0 then ({now} - {then}) / {then} end * 100, 1)"
    grown = "growth" if view == "period" else "ytd_growth"
    least = here[0] if len(here) == 1 else f"least({', '.join(here)})"
    return [
        f'round({now} * {scale}, 2) as "{name} {view}"',
        f'{least} as "{name} {view} n"',
        f'{growth} as "{name} {grown}"',
        f'{least_of_both} as "{name} {grown} n"',
    ]


def run_pandas(facts: World) -> object:
    """The same in pandas as one writes it: all facts in a frame, merged, grouped, unstacked."""
    import pandas as pd
    import pyarrow.dataset as ds

    files = [str(path) for _period, path in facts.segments]
    table = ds.dataset(files).to_table(columns=["period", "reporter", "item", "value"])
    table = table.set_column(3, "value", table["value"].cast("float64"))
    frame = table.to_pandas().merge(facts.table("membership").to_pandas(), on="reporter")
    frame = frame[(frame["since"] <= frame["period"]) & (frame["until"] > frame["period"])]
    sums = frame.groupby(["unit", "period", "item"], sort=False)["value"].agg(["sum", "count"])
    del frame, table
    return _pandas_tail(facts, sums.reset_index(), pd)


def run_pandas_monthly(facts: World) -> object:
    """The same in pandas with care: a month at a time, members by a map, floats throughout."""
    import pandas as pd
    import pyarrow.parquet as pq

    members = facts.table("membership").to_pandas()
    pieces = []
    for period, path in facts.segments:
        table = pq.read_table(path, columns=["reporter", "item", "value"])
        frame = pd.DataFrame(
            {
                "reporter": table["reporter"].to_numpy(),
                "item": table["item"].to_numpy(),
                "value": table["value"].cast("float64").to_numpy(),
            }
        )
        now = members[(members["since"] <= period) & (members["until"] > period)]
        home = pd.Series(now["unit"].to_numpy(), index=now["reporter"].to_numpy())
        frame["unit"] = frame["reporter"].map(home)
        sums = frame.groupby(["unit", "item"], sort=False)["value"].agg(["sum", "count"])
        pieces.append(sums.reset_index().assign(period=period))
    return _pandas_tail(facts, pd.concat(pieces), pd)


def _pandas_tail(facts: World, base: Any, pd: Any) -> object:
    """Levels, years to date, ratios and growth from sums by park, month and item."""
    import numpy as np

    wide = base.pivot(index=["unit", "period"], columns="item", values=["sum", "count"])
    edges = facts.table("edge").to_pandas().set_index("unit")["parent"]
    levels = [wide]
    for _ in range(3):
        below = levels[-1]
        units = below.index.get_level_values("unit").map(edges)
        periods = below.index.get_level_values("period")
        levels.append(
            below.groupby([units, periods]).sum(min_count=1).rename_axis(wide.index.names)
        )
    units = pd.concat(levels).sort_index()
    year = units.index.get_level_values("period") // 100
    unit = units.index.get_level_values("unit")
    made = {}
    for view, grown, figures, counts in (
        ("period", "growth", units["sum"], units["count"]),
        (
            "ytd",
            "ytd_growth",
            units["sum"].groupby([unit, year]).cumsum(),
            units["count"],
        ),
    ):
        before = pd.MultiIndex.from_arrays(
            [unit, units.index.get_level_values("period") - 100], names=units.index.names
        )
        then = figures.reindex(before).set_axis(units.index)
        n_then = counts.reindex(before).set_axis(units.index)
        for k in range(SUMS):
            base_ = then[k].where(then[k] > 0)
            made[f"s{k} {view}"] = figures[k].round(2)
            made[f"s{k} {grown}"] = ((figures[k] - base_) / base_ * 100).round(1)
            made[f"s{k} {view} n"] = counts[k]
            made[f"s{k} {grown} n"] = np.minimum(counts[k], n_then[k])
        for k in range(RATIOS):
            now_ = figures[SUMS + k] / figures[k] * 100
            then_ = then[SUMS + k] / then[k] * 100
            least = np.minimum(counts[SUMS + k], counts[k])
            made[f"r{k} {view}"] = now_.round(2)
            made[f"r{k} {grown}"] = (now_ - then_).round(2)
            made[f"r{k} {view} n"] = least
            made[f"r{k} {grown} n"] = np.minimum(least, np.minimum(n_then[SUMS + k], n_then[k]))
    return pd.DataFrame(made)
