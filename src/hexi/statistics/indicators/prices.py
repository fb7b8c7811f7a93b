"""Price indices (价格指数): what takes a year's values to the prices of the year before.

Growth at comparable prices (可比价增速) is that of single deflation (价格指数缩减法): the value of
each month is divided by its price index, same month of the year before = 100, so that it stands at
the prices that last year's value has; a year to date is the sum of such months. (国家统计局：《中国
国民经济核算体系（2016）》不变价核算；《工业统计报表制度》工业生产者出厂价格指数。)

The index is data like any other: an item in per cent, returned for a unit by its statistical
office, with vintages and lineage. A unit without an index of its own has that of the nearest unit
above it in the tree. Where there is none, or two returns of one unit disagree, the figure at
comparable prices is missing: an index is never made up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from hexi.statistics.indicators.additive import Part
from hexi.statistics.indicators.tree import Geometry

__all__ = ["PRICES", "Indices", "PriceReturns", "price_indices", "table_of"]

#: the index of an item that holds for a unit in a month
PRICES: Final = pa.schema(
    [("unit", pa.int32()), ("period", pa.int32()), ("item", pa.int32()), ("price", pa.float64())]
)

#: item, period, unit -> index
Indices = dict[tuple[int, int, int], Decimal]


class PriceReturns:
    """What was returned of price indices, read once from each segment."""

    def __init__(self) -> None:
        self._read: dict[tuple[str, int], list[tuple[int, Decimal]]] = {}

    def of(self, parts: Iterable[Part], item: int) -> list[tuple[int, int, Decimal]]:
        """Period, reporter and index of an item."""
        found = []
        for part in parts:
            key = part.key, item
            if key not in self._read:
                self._read[key] = _returned(part, item)
            found += [(part.period, reporter, price) for reporter, price in self._read[key]]
        return found


def _returned(part: Part, item: int) -> list[tuple[int, Decimal]]:
    table = pq.read_table(
        part.path,
        columns=["reporter", "value"],
        filters=(pc.field("item") == item) & (pc.field("facet") == 0),
        partitioning=None,
    )
    return list(zip(*table.to_pydict().values(), strict=True))


def price_indices(
    returned: Mapping[int, Sequence[tuple[int, int, Decimal]]],
    membership: pa.Table,
    tree: str,
    shape: Geometry,
    periods: Collection[int],
) -> Indices:
    """The index of each item for every unit of a tree in each period that has one.

    ``returned`` has period, reporter and index of each item.
    """
    stays = _stays(membership, tree, {r for each in returned.values() for _p, r, _v in each})
    places = sorted(shape.place.to_pylist(), key=lambda row: row["depth"])
    found: Indices = {}
    for item, each in returned.items():
        own: dict[tuple[int, int], set[Decimal]] = defaultdict(set)
        for period, reporter, price in each:
            for unit, since, until in stays.get(reporter, ()):
                if since <= period < until and price > 0:
                    own[period, unit].add(price)
        dated = {period for period, _unit in own} & set(periods)
        for row in places:  # from the top down, so that what is above is known
            for period in dated:
                if row["since"] <= period < row["until"]:
                    said = own.get((period, row["unit"]), set())
                    known = next(iter(said)) if len(said) == 1 else None
                    if not said:
                        known = found.get((item, period, row["parent"]))
                    if known is not None:
                        found[item, period, row["unit"]] = known
    return found


def _stays(
    membership: pa.Table, tree: str, reporters: Collection[int]
) -> dict[int, list[tuple[int, int, int]]]:
    chosen = pa.array(sorted(reporters), pa.int32())
    rows = membership.filter((pc.field("tree") == tree) & pc.field("reporter").isin(chosen))
    found: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for row in rows.to_pylist():
        found[row["reporter"]].append((row["unit"], row["since"], row["until"]))
    return found


def table_of(indices: Indices) -> pa.Table:
    """The indices as :data:`PRICES`, for an engine."""
    rows: list[dict[str, Any]] = [
        {"unit": unit, "period": period, "item": item, "price": float(price)}
        for (item, period, unit), price in indices.items()
    ]
    return pa.Table.from_pylist(rows, PRICES)
