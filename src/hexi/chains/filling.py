"""Who could fill a gap (补链对象): firms from elsewhere that make what a node lacks here.

A firm counts where its own code leads to the node; how much it would bring is how many nodes that
do stand here it would supply or buy from, and whether it already stands beside them elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from hexi.chains.graph import Chain
from hexi.chains.placement import Firm, NodeState, Placement

__all__ = ["Filler", "fillers_of"]


@dataclass(frozen=True, slots=True)
class Filler:
    """A firm from elsewhere for a node, and what speaks for it."""

    firm: Firm
    #: the code by which it makes what the node is of
    code: str
    #: nodes standing here that would feed it, and that it would feed
    fed_by: tuple[str, ...]
    feeds: tuple[str, ...]
    #: further nodes of the chain that it stands on itself
    beside: tuple[str, ...]

    @property
    def links(self) -> int:
        """How many ties it would have here."""
        return len(self.fed_by) + len(self.feeds)


def fillers_of(
    chain: Chain,
    node: str,
    placements: Sequence[Placement],
    states: Sequence[NodeState],
    here: Collection[str],
) -> tuple[Filler, ...]:
    """Producing firms outside ``here`` that are surely on the node, the most tied first."""
    stands = {one.node.id for one in states if one.firms}
    fed_by = tuple(other for other in chain.suppliers(node) if other in stands)
    feeds = tuple(other for other in chain.buyers(node) if other in stands)
    on: dict[str, list[str]] = {}
    for one in placements:
        if one.sure:
            on.setdefault(one.firm.id, []).append(one.node)
    found = [
        Filler(
            one.firm,
            one.code,
            fed_by,
            feeds,
            tuple(other for other in on[one.firm.id] if other != node),
        )
        for one in placements
        if one.node == node and one.sure and one.firm.producing and one.firm.unit not in here
    ]
    return tuple(sorted(found, key=_rank))


def _rank(filler: Filler) -> tuple[int, int, float, str]:
    return (-filler.links, -len(filler.beside), -(filler.firm.size or 0.0), filler.firm.id)
