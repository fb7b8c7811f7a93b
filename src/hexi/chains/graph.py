"""Industry chains as graphs (产业链图谱): nodes are stages of making, edges say what feeds what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

__all__ = ["STAGES", "Chain", "Edge", "Node", "circle_of"]

#: upstream (上游), midstream (中游), downstream (下游)
STAGES = ("up", "mid", "down")


@dataclass(frozen=True, slots=True)
class Node:
    """One product group of a chain (节点), with the codes by which firms are found on it."""

    id: str
    title: str
    title_en: str
    stage: str
    #: GB/T 4754 codes of two to four digits
    codes: tuple[str, ...]
    #: HS headings of its products
    hs: tuple[str, ...]
    #: products as investors name them, to be looked up by
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """What one node makes goes into the other, with source and date (供给关系)."""

    start: str
    end: str
    source: str
    #: the day the source was looked at, or the document's own date
    date: str


@dataclass(frozen=True, eq=False)
class Chain:
    """A chain of a pack; its edges have no circle. Compared by itself, not by what is in it."""

    id: str
    title: str
    title_en: str
    source: str
    date: str
    assumed: str
    assumed_en: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Node]:
        """Its nodes by id."""
        return {node.id: node for node in self.nodes}

    def suppliers(self, node: str) -> tuple[str, ...]:
        """Nodes that feed a node."""
        return tuple(edge.start for edge in self.edges if edge.end == node)

    def buyers(self, node: str) -> tuple[str, ...]:
        """Nodes that a node feeds."""
        return tuple(edge.end for edge in self.edges if edge.start == node)

    def neighbours(self, node: str) -> tuple[str, ...]:
        """Suppliers, then buyers."""
        return (*self.suppliers(node), *self.buyers(node))

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Nodes from raw material to product: each after all that feed it."""
        waits = {node.id: len(self.suppliers(node.id)) for node in self.nodes}
        ready = [node.id for node in self.nodes if not waits[node.id]]
        for node in ready:
            for buyer in self.buyers(node):
                waits[buyer] -= 1
                if not waits[buyer]:
                    ready.append(buyer)
        return tuple(ready)


def circle_of(nodes: Sequence[str], edges: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """A circle among edges as its path, first node again at the end; empty where there is none."""
    follows: dict[str, list[str]] = {node: [] for node in nodes}
    for start, end in edges:
        follows[start].append(end)
    done: set[str] = set()
    for first in nodes:
        path: list[str] = []
        waiting = [iter((first,))]
        while waiting:
            step = next(waiting[-1], None)
            if step is None:
                waiting.pop()
                if path:
                    done.add(path.pop())
            elif step in path:
                return (*path[path.index(step) :], step)
            elif step not in done:
                path.append(step)
                waiting.append(iter(follows[step]))
    return ()
