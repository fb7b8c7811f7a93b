"""Drawing a chain (图谱布局): stages as columns, nodes ordered so that few lines cross.

Columns follow the stage that the pack gives a node, and within a stage how many steps of that stage
lie before it. Rows are found by moving each node towards the middle of its neighbours, first from
left to right, then back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hexi.chains.graph import STAGES, Chain

__all__ = ["Spot", "crossings", "lay_out"]

_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a node stands: column and row from 0, and its stage's first column."""

    column: int
    row: int


def lay_out(chain: Chain) -> dict[str, Spot]:
    """A spot for every node; the same chain always gives the same drawing."""
    columns = _columns(chain)
    width = max(columns.values(), default=-1) + 1
    rows = [[node for node in chain.order if columns[node] == at] for at in range(width)]
    best, least = [list(one) for one in rows], _crossed(chain, rows)
    for turn in range(_ROUNDS):
        order = range(1, width) if turn % 2 == 0 else range(width - 2, -1, -1)
        for at in order:
            place = {
                node: row / max(1, len(one) - 1) for one in rows for row, node in enumerate(one)
            }
            rows[at].sort(key=lambda node: (_middle(chain, node, place), node))
        if (now := _crossed(chain, rows)) < least:
            best, least = [list(one) for one in rows], now
    return {
        node: Spot(column, row) for column, one in enumerate(best) for row, node in enumerate(one)
    }


def crossings(chain: Chain, spots: Mapping[str, Spot]) -> int:
    """How many pairs of lines between the same two columns cross."""
    lines = [(spots[edge.start], spots[edge.end]) for edge in chain.edges]
    return sum(
        1
        for place, (start, end) in enumerate(lines)
        for other, stop in lines[place + 1 :]
        if start.column == other.column
        and end.column == stop.column
        and (start.row - other.row) * (end.row - stop.row) < 0
    )


def _columns(chain: Chain) -> dict[str, int]:
    """Column of each node: stages one after another, steps inside a stage spread out."""
    depth: dict[str, int] = {}
    for node in chain.order:
        stage = chain.by_id[node].stage
        before = [depth[one] + 1 for one in chain.suppliers(node) if _stage(chain, one) == stage]
        depth[node] = max(before, default=0)
    found: dict[str, int] = {}
    start = 0
    for stage in STAGES:
        inside = [node.id for node in chain.nodes if node.stage == stage]
        found |= {node: start + depth[node] for node in inside}
        start += max((depth[node] + 1 for node in inside), default=0)
    return found


def _stage(chain: Chain, node: str) -> str:
    return chain.by_id[node].stage


def _middle(chain: Chain, node: str, place: Mapping[str, float]) -> float:
    near = [place[other] for other in chain.neighbours(node)]
    return sum(near) / len(near) if near else place[node]


def _crossed(chain: Chain, rows: Sequence[Sequence[str]]) -> int:
    spots = {node: Spot(at, row) for at, one in enumerate(rows) for row, node in enumerate(one)}
    return crossings(chain, spots)
