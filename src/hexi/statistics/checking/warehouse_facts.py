"""Checking on the warehouse (库内审核): what rules read, out of a snapshot's segments.

Only the segments that the rules of a form need are opened. Units below are those of one tree
(jurisdiction) as it was in the period; a unit that reports has the reporter of its own code.
"""

# ruff: noqa: S608 - SQL is put together from our own words; texts are quoted

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pyarrow as pa

from hexi.statistics.checking.facts_table import Facts, segments_read
from hexi.statistics.checking.peer_rules import fewest_peers
from hexi.statistics.checking.peers import PEERS, fences_sql, peer_sources
from hexi.statistics.checking.rules import Rule
from hexi.statistics.forms import Form, before
from hexi.warehouse import AsOf, Registry, Warehouse
from hexi.warehouse.engines import Dialect, Engine

__all__ = ["facts_of"]

#: deeper than any administration
_DEEPEST: Final = 20


def facts_of(
    engine: Engine,
    warehouse: Warehouse,
    rules: Iterable[Rule],
    form: Form,
    period: int,
    *,
    register: pa.Table | None = None,
    fences: pa.Table | None = None,
    tree: str = "jurisdiction",
    as_of: AsOf = None,
    pack: str | Path = "gansu",
) -> Facts:
    """What the rules of a form read for a period (YYYYMM), ready for `check_period`.

    Args:
        engine: the engine that will check.
        warehouse: where the facts are.
        rules: rules of the form.
        form: the form.
        period: YYYYMM.
        register: Arrow table with ``reporter`` and fields of the register by name, industry, size,
            zone_type and level among them; without it, rules that ask the register or peers stay
            out.
        fences: what the figures were compared with when they were handed in (peers, item, far,
            low, high); where None, they are worked out from the facts themselves: from all that are
            in the snapshot, not from what had been handed in when the return was filled in.
        tree: the tree whose units lie below one another.
        as_of: the snapshot that is checked; the newest where None.
        pack: says how many peers make a group.
    """
    pinned = warehouse.at(as_of)
    numbers = pinned.registry()
    sources = [source for rule in rules for source in rule.tested]
    places = segments_read(sources, form, period, numbers.forms)
    peers = [s for s in peer_sources(sources) if s.name in numbers.items]
    earlier = before(form.frequency, period)
    if peers:
        places |= {(numbers.forms[form.id], month) for month in (period, earlier)}
    segments = [s for s in pinned.segments() if (s.form, s.period) in places]
    sql = engine.dialect
    facts = sql.files(pinned.files_of(segments))
    edges = f"checking_edges_{period}"
    _stage_edges(engine, numbers, period, tree, edges)
    if register is None:
        return Facts(facts, numbers.forms, numbers.items, sql, edges=edges)
    engine.register("checking_register", register)
    kept = f"checking_fences_{period}"
    if fences is not None:
        engine.register(kept, fences)
    else:
        wanted = {(numbers.items[s.name], s.far) for s in peers}
        months, fewest = (period, earlier), fewest_peers(pack, period)
        figures = _figures(facts, numbers.forms[form.id], months, wanted) if wanted else ""
        engine.stage(kept, fences_sql(wanted, figures, sql, fewest=fewest))
    return Facts(facts, numbers.forms, numbers.items, sql, "checking_register", edges, kept)


def _figures(facts: str, form: int, months: Iterable[int], wanted: set[tuple[int, str]]) -> str:
    """The figures of peers; as the register knows the reporters now."""
    items = ", ".join(str(item) for item in sorted({item for item, _ in wanted}))
    periods = ", ".join(map(str, months))
    return (
        "(SELECT f.item AS item, k.peers AS peers, f.period AS period, f.value AS value"
        f" FROM {facts} AS f JOIN (SELECT reporter, {PEERS} AS peers FROM checking_register AS r)"
        " AS k ON k.reporter = f.reporter"
        f" WHERE f.form = {form} AND f.period IN ({periods}) AND f.facet = 0"
        f" AND f.item IN ({items}))"
    )


def _stage_edges(engine: Engine, numbers: Registry, period: int, tree: str, name: str) -> None:
    """Child and parent reporters with their distance, as the tree was in the period."""
    for table in ("reporter", "unit", "membership"):
        engine.register(f"checking_{table}", getattr(numbers, table))
    above = list(_above(numbers, period, tree))
    columns = [pa.array(column, pa.int32()) for column in zip(*above, strict=True)]
    engine.register(
        "checking_above",
        pa.table(columns or [pa.array([], pa.int32())] * 3, names=["unit", "parent", "steps"]),
    )
    engine.stage(name, _edges(period, tree, engine.dialect))


def _above(numbers: Registry, period: int, tree: str) -> Iterator[tuple[int, int, int]]:
    """Every unit with itself and each unit above it, and how many steps up that is."""
    parents: dict[int, list[int]] = {}
    for edge in numbers.edge.to_pylist():
        if edge["tree"] == tree and edge["since"] <= period < edge["until"]:
            parents.setdefault(edge["unit"], []).append(edge["parent"])
    for unit in numbers.unit["id"].to_pylist():
        reached, nearest = {unit: 0}, [unit]
        for steps in range(1, _DEEPEST + 1):
            nearest = [p for u in nearest for p in parents.get(u, ()) if p not in reached]
            reached |= dict.fromkeys(nearest, steps)
        yield from ((unit, parent, steps) for parent, steps in reached.items())


def _edges(period: int, tree: str, sql: Dialect) -> str:
    members = (
        "SELECT r.id AS child, m.unit AS unit,"
        " CASE WHEN u.code = r.code THEN 0 ELSE 1 END AS depth"
        " FROM checking_membership AS m JOIN checking_unit AS u ON u.id = m.unit"
        " JOIN checking_reporter AS r ON r.id = m.reporter"
        f" WHERE m.tree = {sql.text(tree)} AND m.since <= {period} AND m.until > {period}"
    )
    themselves = (
        "SELECT r.id AS child, u.id AS unit, 0 AS depth"
        " FROM checking_reporter AS r JOIN checking_unit AS u ON u.code = r.code"
    )
    return (
        "SELECT c.child AS child, p.id AS parent, min(c.depth + a.steps) AS depth"
        f" FROM ({members} UNION ALL {themselves}) AS c"
        " JOIN checking_above AS a ON a.unit = c.unit"
        " JOIN checking_unit AS u ON u.id = a.parent"
        " JOIN checking_reporter AS p ON p.code = u.code"
        " WHERE p.id <> c.child GROUP BY c.child, p.id"
    )
