"""Firms and projects on a chain (企业上链): by their codes; what is empty, weak, on one firm.

A firm with a finer code than a node belongs to it; with a coarser one it may, and is kept apart:
what is only possible never fills a gap.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from hexi.chains.graph import Chain, Node

__all__ = ["Firm", "NodeState", "Placement", "Strength", "groups_of", "place_firms",
           "place_groups", "states_of"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm or a project (企业或项目) by what it makes and where it stands."""

    id: str
    name: str
    #: GB/T 4754 codes, the main one first
    codes: tuple[str, ...]
    hs: tuple[str, ...] = ()
    #: unit that it stands in; empty for one from outside
    unit: str = ""
    #: yearly output or revenue, any one unit of measure; None: not known
    size: float | None = None
    #: False for a project that does not yet produce
    producing: bool = True


@dataclass(frozen=True, slots=True)
class Placement:
    """A firm on a node, by which code; not `sure` where the firm's code is coarser."""

    firm: Firm
    node: str
    code: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Strength:
    """When a node is weak or hangs on one firm (阈值); data of the pack."""

    #: fewer firms than this are weak
    few: int
    #: one firm with this share of the size carries the node alone
    alone: float


@dataclass(frozen=True, slots=True)
class NodeState:
    """How a node stands here: empty (缺), weak (弱), single (断点) or present (有)."""

    node: Node
    state: str
    firms: tuple[Firm, ...]
    #: not yet producing, and those that may belong here
    coming: tuple[Firm, ...]
    possible: tuple[Firm, ...]
    #: share of the largest firm; None where sizes are not known
    largest: float | None
    #: neighbours on the chain that do stand here: why a gap is worth filling
    served: tuple[str, ...]


def place_firms(chain: Chain, firms: Sequence[Firm]) -> tuple[Placement, ...]:
    """Every firm on every node that its codes lead to, the longest shared code deciding."""
    return place_groups(chain, groups_of(firms))


#: firms by their codes, GB/T 4754 and HS
Groups = Mapping[tuple[tuple[str, ...], tuple[str, ...]], Sequence[Firm]]


def groups_of(firms: Sequence[Firm]) -> Groups:
    """Firms by their codes: a register has many firms and few codes."""
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Firm]] = {}
    for firm in firms:
        found.setdefault((firm.codes, firm.hs), []).append(firm)
    return found


def place_groups(chain: Chain, groups: Groups) -> tuple[Placement, ...]:
    """The same for firms that are grouped already: a register is grouped once for all chains."""
    known = _KNOWN.setdefault(chain, {})
    found: list[Placement] = []
    for key, firms in groups.items():
        if key not in known:
            known[key] = _nodes_of(chain, *key)
        found += [
            Placement(firm, node, code, sure) for node, code, sure in known[key] for firm in firms
        ]
    return tuple(found)


#: nodes that sets of codes led to before, by chain as long as it is in use
_KNOWN: WeakKeyDictionary[Chain, dict[Any, list[tuple[str, str, bool]]]] = WeakKeyDictionary()


def _nodes_of(chain: Chain, codes: Sequence[str], hs: Sequence[str]) -> list[tuple[str, str, bool]]:
    """Nodes that codes lead to, by which code, and whether surely."""
    sure: dict[str, str] = {}
    maybe: dict[str, str] = {}
    for code in codes:
        hits = {node.id: _shared(code, node.codes) for node in chain.nodes}
        longest = max(map(len, hits.values()), default=0)
        for node, shared in hits.items():
            if shared and len(shared) == longest:
                sure.setdefault(node, code)
            elif not longest and any(c.startswith(code) for c in chain.by_id[node].codes):
                maybe.setdefault(node, code)
    for code in hs:
        for own in chain.nodes:
            if _shared(code, own.hs):
                sure.setdefault(own.id, code)
    found = [(node, code, True) for node, code in sure.items()]
    return found + [(node, code, False) for node, code in maybe.items() if node not in sure]


def _shared(code: str, owns: Sequence[str]) -> str:
    """The longest code of a node that a firm's code begins with."""
    return max((own for own in owns if code.startswith(own)), key=len, default="")


def states_of(
    chain: Chain, placements: Sequence[Placement], here: Collection[str], strength: Strength
) -> tuple[NodeState, ...]:
    """How each node stands within the units of `here`, from raw material to product."""
    at: dict[str, list[Placement]] = {node: [] for node in chain.order}
    for one in placements:
        if one.firm.unit in here:
            at[one.node].append(one)
    stands = {node: any(p.sure and p.firm.producing for p in at[node]) for node in at}
    found: list[NodeState] = []
    for node in chain.order:
        firms = tuple(p.firm for p in at[node] if p.sure and p.firm.producing)
        sizes = [firm.size for firm in firms]
        known = [size for size in sizes if size is not None]
        total = sum(known)
        largest = max(known) / total if len(known) == len(sizes) and total > 0 else None
        found.append(
            NodeState(
                chain.by_id[node],
                _state(len(firms), largest, strength),
                firms,
                tuple(p.firm for p in at[node] if p.sure and not p.firm.producing),
                tuple(p.firm for p in at[node] if not p.sure),
                largest,
                tuple(other for other in chain.neighbours(node) if stands[other]),
            )
        )
    return tuple(found)


def _state(count: int, largest: float | None, strength: Strength) -> str:
    if not count:
        return "empty"
    if count == 1 or (largest is not None and largest >= strength.alone):
        return "single"
    return "weak" if count < strength.few else "present"
