"""Returns behind published figures (公布数据的原始报表): one row a respondent, item and span.

The engine adds up what no published figure tells apart, so that a year that nothing came out of
before is read as one figure a respondent.
"""

# ruff: noqa: S608 - SQL is put together from our own words and numbers

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from hexi.portal.figures.knowledge import Known
from hexi.portal.figures.release.places import Place, place_name
from hexi.warehouse import open_engine

__all__ = ["Returned", "changed", "returned"]

Whole = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Returned:
    """Columns of one length, amounts in ten-thousandths."""

    reporter: Whole
    #: positions in ``items`` and ``places``
    item: Whole
    place: Whole
    #: last month of the span
    month: Whole
    now: Whole
    #: of the year before, as stated; 0 with ``stated`` False where nothing was
    then: Whole
    stated: Mask
    #: True where some amount was below zero
    below: Mask
    items: tuple[str, ...]
    places: tuple[Place, ...]

    def of(self, names: Collection[str]) -> Returned:
        """The rows of some items."""
        order, ends = self._by_item
        wanted = [at for at, name in enumerate(self.items) if name in names]
        rows = np.concatenate([order[ends[at] : ends[at + 1]] for at in wanted] or [order[:0]])
        return Returned(
            self.reporter[rows], self.item[rows], self.place[rows], self.month[rows],
            self.now[rows], self.then[rows], self.stated[rows], self.below[rows],
            self.items, self.places,
        )  # fmt: skip

    @cached_property
    def _by_item(self) -> tuple[Whole, Whole]:
        """Rows in the order of their items, and where each item begins."""
        order = np.argsort(self.item, kind="stable")
        return order, np.searchsorted(self.item[order], np.arange(len(self.items) + 1))

    def at(self, places: Sequence[Place]) -> Whole:
        """``place`` as positions in another list; -1 for groups that are not in it."""
        known = {place: number for number, place in enumerate(places)}
        moved = np.array([known.get(place, -1) for place in self.places], np.int64)
        return moved[self.place] if len(moved) else self.place


def returned(
    known: Known,
    items: Sequence[str],
    names: Mapping[str, Collection[str]],
    spans: Sequence[tuple[int, int]],
) -> Returned:
    """Rows of some items in some spans of months.

    ``names`` are the published units of each tree; ``spans`` do not overlap.
    """
    numbers = {known.source.items[code]: code for code in items if code in known.source.items}
    months = [month for first, last in spans for month in range(first, last + 1)]
    paths = [part.path for part in known.source.parts if part.period in set(months)]
    trees = [tree for tree in names if names[tree]]
    chains = {tree: _chains(known, tree, names[tree], months) for tree in trees}
    engine = open_engine()
    try:
        engine.register("member", known.source.membership)
        engine.register("span", pa.table({
            "month": pa.array(months, pa.int32()),
            "upto": pa.array([b for a, b in spans for _ in range(a, b + 1)], pa.int32()),
        }))  # fmt: skip
        for at, tree in enumerate(trees):
            engine.register(f"near{at}", chains[tree].table)
        found = engine.fetch(_sql(engine.dialect.files(paths), trees, list(numbers)))
    finally:
        engine.close()
    places, place = _places(found, [chains[tree] for tree in trees])
    order = {code: at for at, code in enumerate(items)}
    item = np.array([order[numbers[n]] for n in found["item"].to_pylist()], np.int64)
    stated = np.asarray(found["stated"]) > 0
    return Returned(
        np.asarray(found["reporter"]).astype(np.int64), item, place,
        np.asarray(found["upto"]).astype(np.int64),
        _amounts(found["amount"]), _amounts(found["earlier"]), stated,
        np.asarray(pc.fill_null(found["below"], 0)) > 0, tuple(items), places,
    )  # fmt: skip


def _sql(files: str, trees: Sequence[str], items: Sequence[int]) -> str:
    """Sums of a respondent over what is not told apart: spans and chains of units."""
    joins, chosen = [], []
    for at, tree in enumerate(trees):
        joins.append(
            f"""left join (
                select m.reporter, n.month, n.chain from member m join near{at} n on n.unit = m.unit
                where m.tree = '{tree}' and m.since <= n.month and m.until > n.month
            ) h{at} on h{at}.reporter = f.reporter and h{at}.month = f.period"""
        )
        chosen.append(f"coalesce(h{at}.chain, 0) as chain{at}")
    by = ", ".join(str(at + 1) for at in range(3 + len(trees)))
    return f"""select f.reporter as reporter, f.item as item, s.upto as upto,
            {", ".join(chosen)},
            sum(f.value) as amount, sum(f.prior) as earlier, count(f.prior) as stated,
            max(case when f.value < 0 or f.prior < 0 then 1 else 0 end) as below
        from {files} f join span s on s.month = f.period
        {" ".join(joins)}
        where f.facet = 0 and f.item in ({", ".join(map(str, items)) or "null"})
        group by {by}"""


@dataclass(frozen=True)
class _Chains:
    """What each unit of a tree counts in, month by month; chain 0 counts in nothing."""

    table: pa.Table
    chains: tuple[Place, ...]


def _chains(known: Known, tree: str, names: Collection[str], months: Sequence[int]) -> _Chains:
    """The published units over each unit of a tree, as the tree was in each month."""
    edges = known.register.edge.filter(pc.field("tree") == tree).to_pylist()
    units, asked = sorted(known.unit_codes), set(names)
    found: dict[Place, int] = {frozenset(): 0}
    rows: list[tuple[int, int, int]] = []
    for month in sorted(set(months)):
        above = {e["unit"]: e["parent"] for e in edges if e["since"] <= month < e["until"]}
        for unit in units:
            way, at = list[int](), unit
            while at not in way:
                way.append(at)
                at = above.get(at, at)
            codes = (known.unit_codes[number] for number in way)
            place = frozenset(place_name(code, tree) for code in codes if code in asked)
            rows.append((unit, month, found.setdefault(place, len(found))))
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    arrays = [pa.array(column, pa.int32()) for column in columns]
    return _Chains(pa.table(arrays, ["unit", "month", "chain"]), tuple(found))


def _places(found: pa.Table, chains: Sequence[_Chains]) -> tuple[tuple[Place, ...], Whole]:
    """The groups of respondents that occur, and the group of each row."""
    key = np.zeros(found.num_rows, np.int64)
    for at, tree in enumerate(chains):
        key = key * len(tree.chains) + np.asarray(found[f"chain{at}"]).astype(np.int64)
    seen, place = np.unique(key, return_inverse=True)
    places = []
    for number in seen.tolist():
        parts = list[Place]()
        for tree in reversed(chains):
            number, at = divmod(number, len(tree.chains))
            parts.append(tree.chains[at])
        places.append(frozenset[str]().union(*parts))
    return tuple(places), place.reshape(-1).astype(np.int64)


def _amounts(column: pa.ChunkedArray) -> Whole:
    """Ten-thousandths, exact; 0 where there is none."""
    whole = pc.multiply(column.cast(pa.decimal128(24, 4)), pa.scalar(10_000, pa.decimal128(5, 0)))
    exact: Whole = pc.fill_null(whole.cast(pa.decimal128(38, 0)).cast(pa.int64()), 0).to_numpy()
    return exact


def changed(old: Returned, new: Returned) -> Returned:
    """Returns that came, went or were corrected, each with the difference of its amount."""
    places = tuple(dict.fromkeys((*old.places, *new.places)))
    columns = [
        np.concatenate([old.reporter, new.reporter]), np.concatenate([old.item, new.item]),
        np.concatenate([old.at(places), new.at(places)]), np.concatenate([old.month, new.month]),
    ]  # fmt: skip
    amount = np.concatenate([-old.now, new.now])
    keys, row = np.unique(np.stack(columns), axis=1, return_inverse=True)
    sums = np.zeros(keys.shape[1], np.int64)
    np.add.at(sums, row.reshape(-1), amount)
    moved = sums != 0
    reporter, item, place, month = keys[:, moved]
    sums = sums[moved]
    nothing = np.zeros(len(sums), np.int64)
    return Returned(
        reporter, item, place, month, sums, nothing, nothing > 0, sums < 0, new.items, places
    )
