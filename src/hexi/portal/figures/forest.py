"""Units as a page walks them (单位树): codes, names and who stands under whom, in one tree.

A tree is that of one month or of a span of months; a unit that moved within the span stands under
both its parents, and its way up is that of the last month.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

__all__ = ["Forest", "Node"]


@dataclass(frozen=True, slots=True)
class Node:
    """A unit of account, or a class of industry or ownership."""

    code: str
    name: str
    kind: str = ""
    name_en: str = ""


@dataclass(frozen=True)
class Forest:
    """Nodes in order, parents and children by code."""

    nodes: dict[str, Node]
    parent: dict[str, str] = field(default_factory=dict)
    children: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, nodes: Iterable[Node], edges: Iterable[tuple[str, str]]) -> Forest:
        """``edges`` are (unit, parent), the ones that hold last at the end."""
        named = {node.code: node for node in nodes}
        parent: dict[str, str] = {}
        below: dict[str, dict[str, None]] = {}
        for unit, above in edges:
            if unit in named and above in named and unit != above:
                parent[unit] = above
                below.setdefault(above, {})[unit] = None
        order = {code: place for place, code in enumerate(named)}
        children = {
            code: tuple(sorted(units, key=order.__getitem__)) for code, units in below.items()
        }
        return cls(named, parent, children)

    @property
    def roots(self) -> list[str]:
        """Units without a parent, those with children first."""
        tops = [code for code in self.nodes if code not in self.parent]
        return sorted(tops, key=lambda code: code not in self.children)

    def way(self, code: str) -> list[str]:
        """From the top down to the unit."""
        found = [code]
        while found[-1] in self.parent and self.parent[found[-1]] not in found:
            found.append(self.parent[found[-1]])
        return found[::-1]

    def under(self, code: str) -> Iterator[tuple[str, int]]:
        """All units below one, with their depth from 1, in the order of the tree."""
        waiting = [(child, 1) for child in reversed(self.children.get(code, ()))]
        seen: set[str] = {code}
        while waiting:
            unit, depth = waiting.pop()
            if unit in seen:
                continue
            seen.add(unit)
            yield unit, depth
            waiting.extend((child, depth + 1) for child in reversed(self.children.get(unit, ())))

    def only(self, allowed: Collection[str]) -> Forest:
        """The part of the tree that may be seen."""
        return replace(
            self,
            nodes={code: node for code, node in self.nodes.items() if code in allowed},
            parent={u: p for u, p in self.parent.items() if u in allowed and p in allowed},
            children={
                p: tuple(u for u in us if u in allowed)
                for p, us in self.children.items()
                if p in allowed
            },
        )
