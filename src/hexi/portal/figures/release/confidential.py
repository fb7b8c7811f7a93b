"""What must not be shown (保密处理): the decision about a publication's cells, before it is made.

All that was published of a year, by whatever publication, stands in one table with what is to be
published now: months beside the year and the quarters that they add up to, zones beside the
industries that share their total. What was given away before stays open, and the new cells are
hidden so that nothing follows from all of it together. Items that add up with one another are
decided together, others apart; a figure is hidden where any cell it rests on is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hexi.portal.figures.books.nouns import Key
from hexi.portal.figures.knowledge import Known
from hexi.portal.figures.release.claims import Claim
from hexi.portal.figures.release.places import Place, Trees, unit_axis, unit_of
from hexi.portal.figures.release.returned import Returned, changed, returned
from hexi.portal.figures.release.windows import Times, Window, time_axis
from hexi.statistics.disclosure import (
    Axis,
    Decision,
    DecisionError,
    Earlier,
    Rule,
    Table,
    find_traces,
    suppress,
    tabulate,
)

__all__ = ["Before", "Elsewhere", "Linked", "Protected", "decide", "linked_tables"]

_MOST_NAMED: Final = 50
_AXES: Final = ("unit", "item", "time")


@dataclass(frozen=True)
class Before:
    """The release of the same period that this one corrects."""

    known: Known
    #: its decision as stored
    decision: pa.Table


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What other releases of the year show, and what they hide."""

    shown: frozenset[Claim] = frozenset()
    hidden: frozenset[Claim] = frozenset()

    def __or__(self, other: Elsewhere) -> Elsewhere:
        return Elsewhere(self.shown | other.shown, self.hidden | other.hidden)

    @property
    def cells(self) -> frozenset[Claim]:
        """All of them."""
        return self.shown | self.hidden


@dataclass(frozen=True)
class Protected:
    """The decision about the cells of a publication."""

    #: reason of each cell that is not shown: few, dominant, few_and_dominant, secondary
    closed: Mapping[Claim, str]
    rule: str
    #: unit, item and span that what was published before gives away, or cannot protect
    exposed: tuple[tuple[str, ...], ...] = ()
    #: cells whose change from the release before gives an enterprise away
    traces: tuple[tuple[str, ...], ...] = ()

    def record(self) -> pa.Table:
        """The decision as it is stored: a row a cell that is not shown."""
        names = [_name(claim) for claim in self.closed]
        said = {"rule": self.rule, "exposed": _lines(self.exposed), "traces": _lines(self.traces)}
        return pa.table(
            {
                **{
                    axis: pa.array([line[at] for line in names], pa.string())
                    for at, axis in enumerate(_AXES)
                },
                "reason": pa.array(list(self.closed.values()), pa.string()),
            }
        ).replace_schema_metadata(said)

    @classmethod
    def of_record(cls, record: pa.Table) -> Protected:
        """The decision again."""
        rows = zip(*(record[name].to_pylist() for name in (*_AXES, "reason")), strict=True)
        said = record.schema.metadata or {}
        return cls(
            {Claim(unit, item, Window.read(time)): why for unit, item, time, why in rows},
            said[b"rule"].decode(),
            _named(said[b"exposed"].decode()),
            _named(said[b"traces"].decode()),
        )

    def reasons(self, rests: Mapping[Key, Collection[Claim]]) -> dict[Key, str]:
        """Figures that rest on a closed cell, each with the weightiest reason."""
        order = ("secondary", "few", "dominant", "few_and_dominant")
        found: dict[Key, str] = {}
        for key, cells in rests.items():
            why = [self.closed[cell] for cell in cells if cell in self.closed]
            if why:
                found[key] = max(why, key=order.index)
        return found


def _lines(names: Iterable[Sequence[str]]) -> str:
    return "\n".join("\t".join(line) for line in names)


def _named(lines: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split("\t")) for line in lines.splitlines())


@dataclass(frozen=True)
class Linked:
    """One table of cells that add up with one another, of everything that is or gets public."""

    table: Table
    #: cells that earlier releases show
    given: npt.NDArray[np.bool_]
    #: what is asked now, with its place
    asked: Mapping[Claim, tuple[int, ...]]
    units: Mapping[Place, int]
    times: Times
    items: Mapping[str, int]
    signed: npt.NDArray[np.bool_]


def decide(
    known: Known,
    trees: Trees,
    asked: Collection[Claim],
    sums: Mapping[str, Sequence[str]],
    elsewhere: Elsewhere,
    rule: Rule,
    before: Before | None = None,
) -> Protected:
    """Decide about the cells that are asked for, beside those of other releases.

    ``sums`` are names of sums with their items. With ``before`` cells that did not change keep
    what was decided about them.
    """
    closed: dict[Claim, str] = {}
    exposed, traces = list[tuple[str, ...]](), list[tuple[str, ...]]()
    for linked, old in _pairs(known, trees, asked, sums, elsewhere, before):
        earlier = _earlier(linked, old, before)
        decision = suppress(linked.table, rule, earlier, linked.given)
        words = {2: "few", 3: "dominant", 4: "few_and_dominant", 5: "secondary"}
        for claim, place in linked.asked.items():
            reason = int(decision.reason[place])
            if reason in words:
                closed[claim] = words[reason]
        exposed += decision.exposed
        if earlier is not None and old is not None:
            changes = _table_of(linked, old[1])
            found = find_traces(changes, earlier.decision, decision, rule)
            traces += [linked.table.names(place) for place in np.argwhere(found).tolist()]
    return Protected(
        closed, rule.describe(), tuple(exposed[:_MOST_NAMED]), tuple(traces[:_MOST_NAMED])
    )


def linked_tables(
    known: Known,
    trees: Trees,
    asked: Collection[Claim],
    sums: Mapping[str, Sequence[str]],
    elsewhere: Elsewhere,
) -> list[Linked]:
    """The tables that are decided, without a release before."""
    return [linked for linked, _old in _pairs(known, trees, asked, sums, elsewhere, None)]


#: rows of the release before, and what changed since
_Old = tuple[Returned, Returned]


def _pairs(
    known: Known,
    trees: Trees,
    asked: Collection[Claim],
    sums: Mapping[str, Sequence[str]],
    elsewhere: Elsewhere,
    before: Before | None,
) -> Iterable[tuple[Linked, _Old | None]]:
    """Every table of items that hang together, with the rows that it had before."""
    public = [*asked, *elsewhere.cells]
    if not asked:
        return
    families = list(_families(public, sums))
    items = [item for family in families for item in family.items]
    names: dict[str, list[str]] = {tree: [] for tree in trees}
    for unit in dict.fromkeys(claim.unit for claim in public):
        code, tree = unit_of(unit)
        if tree in names:
            names[tree].append(code)
    spans = _spans({claim.window for claim in public})
    rows = returned(known, items, names, spans)
    old = returned(before.known, items, names, spans) if before is not None else None
    moved = changed(old, rows) if old is not None else None
    for family in families:
        if not any(claim.item in family.all for claim in asked):
            continue
        own = set(family.items)
        pair = (old.of(own), moved.of(own)) if old is not None and moved is not None else None
        yield _linked(family, trees, asked, elsewhere, rows.of(own), pair), pair


@dataclass(frozen=True)
class _Family:
    """Items that add up with one another, and those sums."""

    items: tuple[str, ...]
    sums: Mapping[str, Sequence[str]]
    all: frozenset[str] = field(default=frozenset())


def _families(public: Iterable[Claim], sums: Mapping[str, Sequence[str]]) -> Iterable[_Family]:
    left = dict.fromkeys(claim.item for claim in public)
    whole = {name: tuple(parts) for name, parts in sums.items() if name in left}
    left |= dict.fromkeys(part for parts in whole.values() for part in parts)
    while left:
        own = {next(iter(left))}
        while True:
            near = {n for n, parts in whole.items() if own & {n, *parts}}
            wider = own | near | {part for name in near for part in whole[name]}
            if wider == own:
                break
            own = wider
        items = tuple(name for name in left if name in own and name not in whole)
        yield _Family(items, {n: whole[n] for n in whole if n in own}, frozenset(own))
        left = {name: None for name in left if name not in own}


def _spans(windows: Collection[Window]) -> list[tuple[int, int]]:
    """Spans of months that no window cuts, of this year and the last alike."""
    plain = {Window(w.month, w.since_january) for w in windows}
    times = time_axis(plain)
    leaves: dict[int, list[int]] = {}
    for month, leaf in times.now.items():
        leaves.setdefault(leaf, []).append(month)
    return [(min(months), max(months)) for months in leaves.values()]


def _linked(
    family: _Family,
    trees: Trees,
    asked: Collection[Claim],
    elsewhere: Elsewhere,
    rows: Returned,
    old: _Old | None,
) -> Linked:
    own = [claim for claim in asked if claim.item in family.all]
    known = [claim for claim in elsewhere.shown if claim.item in family.all]
    public = [*own, *known]
    # what is hidden elsewhere keeps its place, else it would be one cell with its neighbours
    told = sorted({*public, *(claim for claim in elsewhere.hidden if claim.item in family.all)})
    units = list(dict.fromkeys(claim.unit for claim in told))
    wanted = frozenset(units)
    places = dict.fromkeys(place & wanted for place in rows.places)
    if old is not None:
        places |= dict.fromkeys(place & wanted for place in old[0].places)
    unit, leaf_of = unit_axis(units, [place for place in places if place], trees)
    times = time_axis({claim.window for claim in told})
    names = [*family.items, *family.sums]
    item = Axis("item", names, [(p, n, n) for n, parts in family.sums.items() for p in parts])
    axes = (unit, item, times.axis)
    cells = {claim: tuple(axis.place(name) for axis, name in zip(axes, _name(claim), strict=True))
             for claim in public}  # fmt: skip
    published = np.zeros(tuple(map(len, axes)), bool)
    given = published.copy()
    for place in cells.values():
        published[place] = True
    for claim in known:
        given[cells[claim]] = True
    signed = _signed(family, item, rows, old)
    order = {name: at for at, name in enumerate(family.items)}
    blank = Linked(
        _empty(axes, published), given, {claim: cells[claim] for claim in own},
        leaf_of, times, order, signed,
    )  # fmt: skip
    return Linked(_table_of(blank, rows), given, blank.asked, leaf_of, times, order, signed)


def _name(claim: Claim) -> tuple[str, str, str]:
    return claim.unit, claim.item, claim.window.code


def _empty(axes: tuple[Axis, ...], published: npt.NDArray[np.bool_]) -> Table:
    nobody, nothing = np.zeros(0, np.int64), np.zeros(0, np.intp)
    return tabulate(axes, [nothing] * len(axes), nobody, nobody, published=published)


def _signed(family: _Family, item: Axis, rows: Returned, old: _Old | None) -> npt.NDArray[np.bool_]:
    """Items, and sums of items, of which some respondent has had an amount below zero."""
    signed = np.zeros((1, len(item), 1), bool)
    for one in (rows, *(old or ())):
        numbers = np.unique(one.item[one.below])
        for name in (one.items[int(n)] for n in numbers):
            if name in family.all:
                signed[0, item.place(name), 0] = True
    for name, parts in family.sums.items():
        signed[0, item.place(name), 0] = any(signed[0, item.place(p), 0] for p in parts)
    return signed


def _table_of(linked: Linked, rows: Returned) -> Table:
    """The table of some rows on the axes of a linked table."""
    axes = linked.table.axes
    wanted = frozenset(axes[0].nodes)
    leaf = np.array([linked.units.get(place & wanted, -1) for place in rows.places], np.int64)
    item = np.array([linked.items.get(name, -1) for name in rows.items], np.int64)
    unit = leaf[rows.place] if len(leaf) else rows.place
    thing = item[rows.item] if len(item) else rows.item
    seen, at = np.unique(rows.month, return_inverse=True)
    columns: list[tuple[Any, ...]] = []
    for months, amount, there in (
        (linked.times.now, rows.now, np.ones(len(rows.now), bool)),
        (linked.times.then, rows.then, rows.stated),
    ):
        place = np.array([months.get(month, -1) for month in seen.tolist()], np.int64)[at]
        kept = there & (unit >= 0) & (thing >= 0) & (place >= 0)
        columns.append((unit[kept], thing[kept], place[kept], rows.reporter[kept], amount[kept]))
    unit, thing, place, reporter, amount = (
        np.concatenate(pair) for pair in zip(*columns, strict=True)
    )
    return tabulate(
        axes,
        (unit.astype(np.intp), thing.astype(np.intp), place.astype(np.intp)),
        reporter,
        amount,
        published=linked.table.published,
        signed=np.broadcast_to(linked.signed, linked.table.shape).copy(),
    )


def _earlier(linked: Linked, old: _Old | None, before: Before | None) -> Earlier | None:
    """The table of the release before, with what was decided about its cells."""
    if old is None or before is None:
        return None
    axes = linked.table.axes
    record = before.decision
    kept = np.ones(record.num_rows, bool)
    for axis in axes:
        nodes = set(axis.nodes)
        kept &= np.array([name in nodes for name in record[axis.name].to_pylist()], bool)
    chosen = record.filter(pa.array(kept)).replace_schema_metadata(record.schema.metadata)
    table = _table_of(linked, old[0])
    try:
        return Earlier(table, Decision.from_record(axes, chosen, table.published))
    except DecisionError:
        return None
