"""Trees of units through time (单位体系的沿革): who belonged where, month by month.

Reporters that belonged to the same units at the same times are one strand (同沿革的一组填报单位).
Facts are added up by strand once; then any boundaries can be laid over them, those of each month as
it was or those of one day, without reading a fact again. Enterprises that opened or closed in
different months are still one strand as long as they never moved.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["Geometry", "Homes", "geometry", "homes", "narrowed"]

_FIRST, _OPEN = 0, 999912
_MOVED = 1_000_000_000

#: unit and the months in which it is the home: since, until (not included)
Stay = tuple[int, int, int]


@dataclass(frozen=True)
class Homes:
    """Strands of a tree's reporters."""

    #: reporter, strand, since, until: the strand of a reporter and its first and last month
    table: pa.Table
    #: where each strand was when
    stays: dict[int, tuple[Stay, ...]] = field(default_factory=dict)


def homes(membership: pa.Table, tree: str) -> Homes:
    """Strands from the register's memberships (reporter, unit, tree, since, until).

    A reporter that never moved is of the strand of its unit, which carries the unit's number.
    """
    rows = membership.filter(pc.field("tree") == tree)
    rows = rows.select(["reporter", "unit", "since", "until"])
    counts = rows.group_by("reporter").aggregate([("unit", "count")])
    several = counts.filter(pc.field("unit_count") > 1)["reporter"]
    moved = pc.is_in(rows["reporter"], value_set=several.combine_chunks())
    settled = rows.filter(pc.invert(moved)).rename_columns(["reporter", "strand", "since", "until"])
    stays: dict[int, tuple[Stay, ...]] = {
        unit: ((unit, _FIRST, _OPEN),) for unit in pc.unique(settled["strand"]).to_pylist()
    }
    ways: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for row in rows.filter(moved).to_pylist():
        ways[row["reporter"]].append((row["since"], row["until"], row["unit"]))
    numbers: dict[tuple[Stay, ...], int] = {}
    found: list[tuple[int, int, int, int]] = []
    for reporter, way in sorted(ways.items()):
        way.sort()
        path = _path(way)
        if len(path) > 1 and path not in numbers:
            numbers[path] = _number_of(path, stays)
        number = path[0][0] if len(path) == 1 else numbers[path]
        stays[number] = path
        found.append((reporter, number, way[0][0], way[-1][1]))
    columns = list(zip(*found, strict=True)) or [(), (), (), ()]
    schema = pa.schema([(name, pa.int32()) for name in settled.column_names])
    mover = pa.table([pa.array(column, pa.int32()) for column in columns], schema=schema)
    table = pa.concat_tables([settled.cast(schema), mover]).sort_by("reporter")
    return Homes(table.combine_chunks(), stays)


def _number_of(path: tuple[Stay, ...], taken: Collection[int]) -> int:
    """A number that follows from the stays alone: who moves later gives no one else another."""
    number = _MOVED + zlib.crc32(repr(path).encode()) % _MOVED
    while number in taken:
        number += 1
    return number


def _path(way: list[tuple[int, int, int]]) -> tuple[Stay, ...]:
    """Stays in order, outer ends open, neighbours at one unit joined; gaps stay gaps."""
    path: list[Stay] = []
    for since, until, unit in way:
        if path and path[-1][0] == unit and path[-1][2] == since:
            path[-1] = (unit, path[-1][1], until)
        else:
            path.append((unit, since, until))
    path[0] = (path[0][0], _FIRST, path[0][2])
    path[-1] = (path[-1][0], path[-1][1], _OPEN)
    return tuple(path)


@dataclass(frozen=True)
class Geometry:
    """A tree laid over time, for roll-up: as it was, or on the boundaries of one month."""

    #: strand, unit, since, until: every unit that a strand counts in
    closure: pa.Table
    #: unit, parent, root, depth, since, until: where a unit stood while anything counted in it
    place: pa.Table
    #: parents and tops that a unit ever had
    above: dict[int, frozenset[int]]


#: since, until, and the units from the parent up to the top
_Chain = tuple[int, int, tuple[int, ...]]


def geometry(found: Homes, edge: pa.Table, tree: str, boundaries: int | None = None) -> Geometry:
    """Closure and places of a tree; ``boundaries`` is a month (YYYYMM) whose tree holds always."""
    ups: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for row in edge.filter(pc.field("tree") == tree).to_pylist():
        if boundaries is None:
            ups[row["unit"]].append((row["since"], row["until"], row["parent"]))
        elif row["since"] <= boundaries < row["until"]:
            ups[row["unit"]].append((_FIRST, _OPEN, row["parent"]))
    known: dict[int, list[_Chain]] = {}
    closure: list[tuple[int, int, int, int]] = []
    for strand, stays in found.stays.items():
        for unit, since, until in _held(stays, boundaries):
            for start, end, chain in _chains(unit, ups, known):
                low, high = max(since, start), min(until, end)
                if low < high:
                    closure.extend((strand, up, low, high) for up in (unit, *chain))
    closure = _joined(closure)
    lives: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for _strand, unit, since, until in closure:
        lives[unit].append((since, until))
    places: list[tuple[int, int | None, int, int, int, int]] = []
    above: dict[int, set[int]] = defaultdict(set)
    for unit, spans in lives.items():
        for start, end, chain in _chains(unit, ups, known):
            for since, until in _merged(spans):
                low, high = max(since, start), min(until, end)
                if low < high:
                    parent = chain[0] if chain else None
                    top = chain[-1] if chain else unit
                    places.append((unit, parent, top, len(chain), low, high))
                    above[unit].update({top} if parent is None else {parent, top})
    return Geometry(
        _table(closure, ("strand", "unit", "since", "until")),
        _table(places, ("unit", "parent", "root", "depth", "since", "until")),
        {unit: frozenset(ups_) for unit, ups_ in above.items()},
    )


def narrowed(shape: Geometry, units: Collection[int], *, above: bool) -> Geometry:
    """What the figures of some units can rest on; ``above`` with their parents and tops."""
    wanted = set(units)
    if above:
        wanted.update(up for unit in units for up in shape.above.get(unit, ()))
    chosen = pa.array(sorted(wanted), pa.int32())
    closure = shape.closure.filter(pc.is_in(shape.closure["unit"], value_set=chosen))
    place = shape.place.filter(pc.is_in(shape.place["unit"], value_set=chosen))
    return Geometry(closure, place, shape.above)


def _held(stays: Iterable[Stay], boundaries: int | None) -> Iterable[Stay]:
    if boundaries is None:
        return stays
    return [(unit, _FIRST, _OPEN) for unit, since, until in stays if since <= boundaries < until]


def _chains(
    unit: int, ups: dict[int, list[tuple[int, int, int]]], known: dict[int, list[_Chain]]
) -> list[_Chain]:
    """Every way up from a unit with the months it held; months without a parent end at itself."""
    if unit in known:
        return known[unit]
    known[unit] = []  # a circle in the register ends here instead of going round
    found: list[_Chain] = []
    reached = _FIRST
    for since, until, parent in sorted(ups.get(unit, ())):
        if reached < since:
            found.append((reached, since, ()))
        for start, end, chain in _chains(parent, ups, known):
            low, high = max(since, start), min(until, end)
            if low < high:
                found.append((low, high, (parent, *chain)))
        reached = max(reached, until)
    if reached < _OPEN:
        found.append((reached, _OPEN, ()))
    known[unit] = found
    return found


def _joined(rows: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Neighbouring months of one strand in one unit as one row."""
    spans: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for strand, unit, since, until in rows:
        spans[strand, unit].append((since, until))
    return [
        (strand, unit, since, until)
        for (strand, unit), each in spans.items()
        for since, until in _merged(each)
    ]


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for since, until in sorted(spans):
        if merged and since <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], until))
        else:
            merged.append((since, until))
    return merged


def _table(rows: Iterable[tuple[int | None, ...]], names: tuple[str, ...]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return pa.table(
        {name: pa.array(column, pa.int32()) for name, column in zip(names, columns, strict=True)}
    )
