"""Rewriting a month (改写月份): returns come in, and the month's segment is written anew.

The unit of revision is the whole return of a reporter: its rows replace all rows that the reporter
had on that form in that period. A month is one segment as a rule; from several million rows on it
is kept in parts by reporter, so that one return never rewrites a nation.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from hexi.warehouse.errors import WarehouseError, WarehouseFault
from hexi.warehouse.months import is_month
from hexi.warehouse.segment import KEY, facts_table, ordered

__all__ = ["PART_ROWS", "Change", "cut", "merged", "part_of", "prepared", "reporters_of"]

#: rows that a part is cut to when it has grown to twice as many: 100,000 enterprises' months
PART_ROWS: Final = 4_000_000

#: rows of returns that come one by one; more are sorted in
_FEW: Final = 1_000


@dataclass(frozen=True, slots=True)
class Change:
    """Returns of one form and period: given, withdrawn, or the whole month anew."""

    form: int
    #: YYYYMM of the period's last month
    period: int
    #: reporter, item, value[, facet, prior, submission]; see ``segment.facts_table``
    table: pa.Table
    #: reporters whose return no longer counts
    withdrawn: Collection[int] = field(default=())
    #: the table is the month: whoever is not in it has no return
    whole: bool = False


def prepared(change: Change) -> Change:
    """The change with its rows checked and as a segment holds them; WarehouseError otherwise."""
    place = f"{change.form}/{change.period}"
    if not is_month(change.period):
        raise WarehouseError(WarehouseFault(place, "period", str(change.period)))
    table = facts_table(change.form, change.period, change.table)
    both = set(change.withdrawn).intersection(reporters_of(table).to_pylist())
    if change.withdrawn and both:
        shown = "、".join(str(number) for number in sorted(both)[:5])
        raise WarehouseError(WarehouseFault(place, "withdrawn", shown))
    return Change(change.form, change.period, table, frozenset(change.withdrawn), change.whole)


def reporters_of(table: pa.Table) -> pa.Array:
    """Reporters of a table, each once."""
    return pc.unique(table["reporter"])


def merged(old: pa.Table | None, new: pa.Table, withdrawn: Collection[int]) -> pa.Table:
    """The month after a change: what was there, without the returns that came anew or went."""
    if old is None:
        return new
    gone = pa.concat_arrays([reporters_of(new), pa.array(sorted(withdrawn), pa.int32())])
    kept = old.filter(pc.invert(pc.is_in(old["reporter"], value_set=gone)))
    if new.num_rows <= _FEW:
        return _spliced(kept.combine_chunks(), new)
    return ordered(pa.concat_tables([kept, new]))


def _spliced(kept: pa.Table, new: pa.Table) -> pa.Table:
    """Few rows put into their places among many, both in order: a third of the time of sorting."""
    columns = [kept[name].chunk(0) if kept.num_rows else pa.array([]) for name in KEY]

    def key(row: int) -> tuple[int, ...]:
        return tuple(column[row].as_py() for column in columns)

    pieces, done = [], 0
    for index, row in enumerate(new.select(list(KEY)).to_pylist()):
        wanted = tuple(row[name] for name in KEY)
        place = bisect_left(range(kept.num_rows), wanted, lo=done, key=key)
        pieces += [kept.slice(done, place - done), new.slice(index, 1)]
        done = place
    return pa.concat_tables([*pieces, kept.slice(done)]).combine_chunks()


def cut(table: pa.Table, part_rows: int = PART_ROWS) -> list[pa.Table]:
    """The table in parts by reporter where it is large; no part for no rows."""
    if table.num_rows == 0:
        return []
    if table.num_rows <= 2 * part_rows:
        return [table]
    ordered = pc.sort_indices(table["reporter"])
    starts = pc.take(table["reporter"], ordered.take(pa.array(range(0, table.num_rows, part_rows))))
    bounds = sorted(set(starts.to_pylist()))
    parts = []
    for low, high in zip(bounds, [*bounds[1:], None], strict=True):
        inside = pc.greater_equal(table["reporter"], low)
        if high is not None:
            inside = pc.and_(inside, pc.less(table["reporter"], high))
        parts.append(table.filter(inside).combine_chunks())
    return [part for part in parts if part.num_rows]


def part_of(lows: Sequence[int], reporter: int) -> int:
    """Index of the part that a reporter belongs to; ``lows`` are the parts' least reporters."""
    return max(0, bisect_right(lows, reporter) - 1)
