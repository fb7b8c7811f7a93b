"""Checking on the warehouse (库内审核): what rules read, out of a snapshot's segments.

Only the segments that the rules of a form need are opened. Units below are those of one tree
(jurisdiction) as it was in the period; a unit that reports has the reporter of its own code.
"""

# ruff: noqa: S608 - SQL is put together from our own words; texts are quoted

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, Protocol

from hexi.statistics.checking.facts_table import Facts, segments_read
from hexi.statistics.checking.peers import fences_sql
from hexi.statistics.checking.rules import Rule
from hexi.statistics.checking.sql import text_literal
from hexi.statistics.forms import Form
from hexi.warehouse import AsOf, Warehouse
from hexi.warehouse.engines.duckdb import DuckdbDialect

__all__ = ["Session", "facts_of"]

#: deeper than any administration
_DEEPEST: Final = 20


class Session(Protocol):
    """A DuckDB connection: runs statements and takes Arrow tables under a name."""

    def execute(self, query: str, /) -> Any:
        """Run a statement."""
        ...

    def register(self, name: str, table: Any, /) -> Any:
        """Make an Arrow table readable under a name."""
        ...


def facts_of(
    connection: Session,
    warehouse: Warehouse,
    rules: Iterable[Rule],
    form: Form,
    period: int,
    *,
    register: Any = None,
    tree: str = "jurisdiction",
    as_of: AsOf = None,
) -> Facts:
    """What the rules of a form read for a period (YYYYMM), ready for `check_period`.

    Args:
        connection: the DuckDB connection that will check.
        warehouse: where the facts are.
        rules: rules of the form.
        form: the form.
        period: YYYYMM.
        register: Arrow table with ``reporter`` and fields of the register by name; without it,
            rules that ask the register or peers stay out.
        tree: the tree whose units lie below one another.
        as_of: the snapshot that is checked; the newest where None.
    """
    pinned = warehouse.at(as_of)
    numbers = pinned.registry()
    kept = list(rules)
    sources = [source for rule in kept for source in rule.tested]
    places = segments_read(sources, form, period, numbers.forms)
    segments = [s for s in pinned.segments() if (s.form, s.period) in places]
    facts = DuckdbDialect().files(pinned.files_of(segments))
    for name in ("reporter", "unit", "membership", "edge"):
        connection.register(f"checking_{name}", getattr(numbers, name))
    edges = f"checking_edges_{period}"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {edges} AS {_edges(period, tree)}")
    if register is None:
        return Facts(facts, numbers.forms, numbers.items, edges=edges)
    connection.register("checking_register", register)
    given = Facts(facts, numbers.forms, numbers.items, "checking_register", edges)
    fences = f"checking_fences_{period}"
    peers = fences_sql(sources, form.id, period, given)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {fences} AS {peers}")
    return Facts(facts, numbers.forms, numbers.items, "checking_register", edges, fences)


def _edges(period: int, tree: str) -> str:
    """Child and parent reporters with their distance, as the tree was in the period."""
    here = f"tree = {text_literal(tree)} AND since <= {period} AND until > {period}"
    member = here.replace("since", "m.since").replace("until", "m.until")
    members = (
        "SELECT m.reporter AS child, m.unit,"
        " CASE WHEN u.code = r.code THEN 0 ELSE 1 END AS depth"
        " FROM checking_membership AS m JOIN checking_unit AS u ON u.id = m.unit"
        f" JOIN checking_reporter AS r ON r.id = m.reporter WHERE {member}"
    )
    themselves = (
        "SELECT r.id AS child, u.id AS unit, 0 AS depth"
        " FROM checking_reporter AS r JOIN checking_unit AS u ON u.code = r.code"
    )
    return (
        f"WITH RECURSIVE up AS ({members} UNION {themselves} UNION"
        " SELECT up.child, e.parent, up.depth + 1 FROM up"
        f" JOIN (SELECT * FROM checking_edge WHERE {here}) AS e ON e.unit = up.unit"
        f" WHERE up.depth < {_DEEPEST})"
        " SELECT up.child, p.id AS parent, min(up.depth) AS depth FROM up"
        " JOIN checking_unit AS u ON u.id = up.unit"
        " JOIN checking_reporter AS p ON p.code = u.code"
        " WHERE p.id <> up.child GROUP BY up.child, p.id"
    )
