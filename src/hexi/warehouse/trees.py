"""Trees of units (单位体系): who is whose parent, month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import pyarrow.compute as pc

from hexi.warehouse.registry import Registry

__all__ = ["ancestors", "branches", "circles", "parents_at"]

#: unit, parent, since, until
_Edge = tuple[int, int, int, int]


def circles(registry: Registry) -> Iterator[tuple[str, str]]:
    """Circles in any tree at any month: name of the tree, codes of the units from one to itself.

    Expects edges between known units, at most one parent of a unit at a time.
    """
    codes = dict(zip(*registry.unit.select(["id", "code"]).to_pydict().values(), strict=True))
    trees: dict[str, list[_Edge]] = defaultdict(list)
    for row in registry.edge.to_pylist():
        trees[row["tree"]].append((row["unit"], row["parent"], row["since"], row["until"]))
    for tree, edges in sorted(trees.items()):
        # a circle that ever exists exists in a month in which one of its edges begins
        for month in sorted({edge[2] for edge in edges}):
            parents = {unit: up for unit, up, since, until in edges if since <= month < until}
            circle = _circle(parents)
            if circle:
                shown = " → ".join(codes[unit] for unit in circle)
                yield tree, f"{shown}（{month}）"
                break


def parents_at(registry: Registry, tree: str, month: int) -> dict[int, int]:
    """Parent of each unit that has one in a tree in a month."""
    edges = registry.edge.filter(
        (pc.field("tree") == tree) & (pc.field("since") <= month) & (pc.field("until") > month)
    )
    columns = edges.to_pydict()
    return dict(zip(columns["unit"], columns["parent"], strict=True))


def ancestors(registry: Registry, tree: str, month: int) -> Iterator[tuple[int, int]]:
    """Every unit with itself and each unit above it, in a month."""
    parents = parents_at(registry, tree, month)
    for unit in registry.unit["id"].to_pylist():
        above: int | None = unit
        while above is not None:
            yield unit, above
            above = parents.get(above)


def branches(registry: Registry, tree: str, month: int, top: int | None) -> dict[int, int]:
    """For every unit below ``top``: which of the units right under it the unit belongs to.

    ``top`` itself stands for what belongs to it directly. Without a top, the units without a
    parent take that place. A unit that is not below the top is left out.
    """
    parents = parents_at(registry, tree, month)
    found: dict[int, int] = {} if top is None else {top: top}
    for start in registry.unit["id"].to_pylist():
        way = []
        unit = start
        while unit not in found and unit in parents and parents[unit] != top:
            way.append(unit)
            unit = parents[unit]
        if unit in found:
            branch = found[unit]
        elif top is None or unit in parents:
            branch = unit
        else:
            continue
        for passed in (*way, unit):
            found[passed] = branch
    return found


def _circle(parents: Mapping[int, int]) -> list[int]:
    """A way from a unit up to itself, or nothing."""
    sound: set[int] = set()
    for start in parents:
        way: list[int] = []
        on_way: set[int] = set()
        unit = start
        while unit in parents and unit not in sound:
            if unit in on_way:
                return [*way[way.index(unit) :], unit]
            way.append(unit)
            on_way.add(unit)
            unit = parents[unit]
        sound |= on_way
    return []
