"""One side of a published table (表的一维): units, items or periods, and what adds up to what.

An axis has *leaves*, the finest that the office adds up, and nodes above them. A node may stand in
several trees at once: a zone counts for its city, for its type and for its region. Every tree's
parent is the sum of its children there; where what is published does not fill the parent, the
rest is a node of its own (其余), which need not be published. Nodes without parent and children are
items that add up to nothing, such as output beside employees.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

__all__ = ["Axis", "AxisError", "Moves"]

Index = npt.NDArray[np.intp]

#: other leaves that are looked at when a partner is sought
_PARTNERS = 64
_ENOUGH = 6


class AxisError(ValueError):
    """An axis whose nodes do not add up: names the node."""


@dataclass(frozen=True, slots=True)
class Moves:
    """Ways to shift an amount along an axis so that every sum of the axis stays true.

    In way ``m`` a leaf gains and another loses; in the last way none loses and the amount is new.
    """

    #: nodes whose sums change in some way
    nodes: Index
    #: +1 where a node gains, -1 where it loses, 0 where it stays; shape (ways, nodes)
    signs: npt.NDArray[np.int8]
    #: where ``signs`` is not 0, as numbers, for sums over the nodes of a way
    changed: npt.NDArray[np.float64]


class Axis:
    """Nodes by name and how they add up."""

    def __init__(
        self, name: str, nodes: Sequence[str], edges: Iterable[tuple[str, ...]] = ()
    ) -> None:
        """``edges`` are (child, parent) or (child, parent, tree); a tree is named where a node has
        more than one parent. AxisError where a name is unknown or doubled, where a node has two
        parents in one tree, where a path runs in a circle, or where trees overlap.
        """
        self.name = name
        self.nodes = tuple(nodes)
        self._place = {node: place for place, node in enumerate(self.nodes)}
        if len(self._place) != len(self.nodes):
            raise AxisError(f"{name}: a node is named twice")
        self.edges = tuple((e[0], e[1], e[2] if len(e) > 2 else "") for e in edges)
        self._groups = self._children()
        self._parents: list[list[int]] = [[] for _ in self.nodes]
        for (parent, _tree), children in self._groups.items():
            for child in children:
                self._parents[child].append(parent)
        self._moves: dict[tuple[int, int, bool], Moves] = {}

    def __len__(self) -> int:
        return len(self.nodes)

    def place(self, node: str) -> int:
        """Position of a node; AxisError where there is none of that name."""
        try:
            return self._place[node]
        except KeyError:
            raise AxisError(f"{self.name}: no node {node}") from None

    def _children(self) -> dict[tuple[int, str], list[int]]:
        groups: dict[tuple[int, str], list[int]] = {}
        above: set[tuple[int, str]] = set()
        for child, parent, tree in self.edges:
            key = (self.place(child), tree)
            if key in above:
                raise AxisError(f"{self.name}: {child} has two parents in tree {tree!r}")
            above.add(key)
            groups.setdefault((self.place(parent), tree), []).append(key[0])
        return groups

    @cached_property
    def sums(self) -> tuple[tuple[int, Index], ...]:
        """Every published sum of the axis: (parent, its children in one tree)."""
        return tuple(
            (parent, np.array(children, np.intp))
            for (parent, _tree), children in self._groups.items()
        )

    @cached_property
    def _sums_of(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.nodes]
        for number, (parent, children) in enumerate(self.sums):
            for node in (parent, *children.tolist()):
                found[node].append(number)
        return found

    def sums_of(self, node: int) -> list[int]:
        """Positions in ``sums`` of those that the node takes part in."""
        return self._sums_of[node]

    @cached_property
    def leaves(self) -> Index:
        """Nodes without children."""
        parents = {parent for parent, _tree in self._groups}
        return np.array([n for n in range(len(self.nodes)) if n not in parents], np.intp)

    @cached_property
    def _above(self) -> list[tuple[int, ...]]:
        """Every node with all that lie above it, itself first."""
        found: list[tuple[int, ...] | None] = [None] * len(self.nodes)
        for start in range(len(self.nodes)):
            line: dict[int, None] = {}
            open_ = [start]
            while open_:
                node = open_.pop(0)
                if node == start and line:
                    raise AxisError(f"{self.name}: {self.nodes[start]} is above itself")
                line.setdefault(node)
                open_ += [p for p in self._parents[node] if p not in line or p == start]
            found[start] = tuple(line)
        return [line for line in found if line is not None]

    @cached_property
    def families(self) -> Index:
        """A number for each node, the same for nodes that add up with one another."""
        family = np.arange(len(self.nodes), dtype=np.intp)
        for parent, children in self.sums:
            joined = np.unique(family[np.append(children, parent)])
            family[np.isin(family, joined)] = joined[0]
        return family

    def above(self, node: int) -> tuple[int, ...]:
        """The node and all nodes above it."""
        return self._above[node]

    @cached_property
    def _below(self) -> list[Index]:
        below: list[list[int]] = [[] for _ in self.nodes]
        for leaf in self.leaves:
            for node in self._above[leaf]:
                below[node].append(int(leaf))
        for (parent, tree), children in self._groups.items():
            united = [leaf for child in children for leaf in below[child]]
            if len(united) != len(set(united)) or set(united) != set(below[parent]):
                raise AxisError(
                    f"{self.name}: {self.nodes[parent]} is not the sum of its children"
                    f" in tree {tree!r}; put the rest in as a node of its own"
                )
        return [np.array(leaves, np.intp) for leaves in below]

    def below(self, node: int) -> Index:
        """Leaves of which the node is the sum."""
        return self._below[node]

    @cached_property
    def _crossed(self) -> bool:
        """Does some node stand in several trees?"""
        return any(len(parents) > 1 for parents in self._parents)

    @cached_property
    def lines(self) -> Index:
        """Row of each node: all above it, padded with -1."""
        width = max((len(line) for line in self._above), default=1)
        lines = np.full((len(self.nodes), width), -1, np.intp)
        for node, line in enumerate(self._above):
            lines[node, : len(line)] = line
        return lines

    def moves(self, node: int, leaf: int, *, wide: bool) -> Moves:
        """Ways to shift an amount into ``leaf`` so that ``node``, which lies over it, changes.

        With the nearest relatives only, or ``wide``.
        """
        key = (node, leaf, wide)
        found = self._moves.get(key)
        if found is None:
            partners = self._partners(node, leaf, _ENOUGH if wide else 1)
            found = self._moves[key] = self._find_moves(leaf, partners)
        return found

    def _partners(self, node: int, leaf: int, enough: int) -> Index:
        """Leaves outside the node, those of the nearest relatives first."""
        own = set(self.below(node).tolist())
        found: dict[int, None] = {}
        level = [node]
        while level and len(found) < enough:
            level = list(dict.fromkeys(p for n in level for p in self._parents[n]))
            for parent in level:
                found.update(dict.fromkeys(x for x in self.below(parent).tolist() if x not in own))
        partners = np.array(list(found), np.intp)
        if self._crossed and len(partners) > _PARTNERS:
            # who shares most sums with the leaf changes fewest of them
            shared = np.isin(self.lines[partners], self._above[leaf]) & (self.lines[partners] >= 0)
            partners = partners[np.argsort(-shared.sum(1), kind="stable")[:_PARTNERS]]
        elif len(partners) > _PARTNERS:
            step = -(-len(partners) // _PARTNERS)
            partners = partners[(leaf % step) :: step]
        return partners

    def _find_moves(self, leaf: int, partners: Index) -> Moves:
        gains = np.array(self._above[leaf], np.intp)
        losses = self.lines[partners]
        nodes = np.unique(np.concatenate([gains, losses[losses >= 0]]))
        signs = np.zeros((len(partners) + 1, len(nodes) + 1), np.int8)
        # the pad of a short line, -1, falls into the last column, which is cut off
        places = np.where(losses < 0, len(nodes), np.searchsorted(nodes, losses))
        signs[np.arange(len(partners))[:, None], places] = -1
        signs[:, np.searchsorted(nodes, gains)] += 1
        signs = signs[:, :-1]
        return Moves(nodes, signs, np.abs(signs).astype(np.float64))
