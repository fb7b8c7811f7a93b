"""Figures of single respondents (企业数据): the last step down, for who may see their returns.

Each respondent of a unit is taken as a unit of its own, so that every indicator, view and basis
is computed by the same definitions as for a zone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from hexi.portal.figures.forest import Node
from hexi.portal.figures.knowledge import Known, computed_apart
from hexi.statistics.indicators import Definitions, View

__all__ = ["MARK", "respondent_number", "respondents", "respondents_table"]

#: begins the code of a respondent among codes of units
MARK: Final = "@"
_MOST: Final = 1000
_TREE: Final = "respondent"


def respondents(known: Known, tree: str, unit: str, first: int, last: int) -> list[Node]:
    """Who belonged to a unit directly in some of the months, as nodes of the tree."""
    rows = _members(known, tree, unit, first, last)
    wanted = pc.unique(rows["reporter"]).slice(0, _MOST)
    found = known.register.reporter.filter(pc.is_in(known.register.reporter["id"], wanted))
    return [Node(f"{MARK}{row['id']}", row["name"], "enterprise") for row in found.to_pylist()]


def respondent_number(code: str) -> int:
    """The number of a respondent by its code."""
    return int(code.removeprefix(MARK))


def respondents_table(
    known: Known,
    defined: Definitions,
    numbers: Collection[int],
    *,
    indicators: Sequence[str],
    views: Sequence[View],
    months: Sequence[int],
) -> pa.Table:
    """Figures of respondents; the column ``unit`` has the number of the respondent."""
    chosen = pa.array(sorted(numbers), pa.int32())
    count = len(chosen)
    membership = pa.table(
        {
            "reporter": chosen,
            "unit": chosen,
            "tree": pa.repeat(pa.scalar(_TREE), count),
            "since": pa.repeat(pa.scalar(190001, pa.int32()), count),
            "until": pa.repeat(pa.scalar(999912, pa.int32()), count),
        }
    )
    # a figure looks back two years at most: to the start of the year before
    since = (min(months) // 100 - 2) * 100
    parts = tuple(p for p in known.source.parts if since < p.period <= max(months))
    empty = known.source.edge.slice(0, 0)
    source = replace(known.source, parts=parts, membership=membership, edge=empty)
    return computed_apart(
        known, source, defined, tree=_TREE, indicators=indicators, views=views, months=months
    )


def _members(known: Known, tree: str, unit: str, first: int, last: int) -> pa.Table:
    number = known.register.units[unit]
    return known.register.membership.filter(
        (pc.field("tree") == tree)
        & (pc.field("unit") == number)
        & (pc.field("since") <= last)
        & (pc.field("until") > first)
    )
