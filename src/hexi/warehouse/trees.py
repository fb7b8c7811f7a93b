"""Trees of units (单位体系): who is whose parent, month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from hexi.warehouse.registry import Registry

__all__ = ["circles"]

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
