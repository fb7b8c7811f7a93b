"""Which statements stand where (陈述定位): statements by their place in the document.

The parts of a plan own the statements inside them. One sorted list answers for every part, so
that registering stays linear in the length of the plan.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from hexi.plans.documents.document import Block, Document
from hexi.plans.register.plan import Amount, Place
from hexi.plans.statements.statement import Statement

__all__ = ["Places", "amount_of", "place_of"]


class Places:
    """Positions of the statements that begin between two offsets."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        order = sorted(range(len(statements)), key=lambda i: statements[i].start)
        self._order = order
        self._starts = [statements[i].start for i in order]

    def within(self, start: int, end: int) -> tuple[int, ...]:
        """Positions in text order."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return tuple(self._order[first:last])


def place_of(document: Document, index: int, start: int = 0, end: int | None = None) -> Place:
    """The place of a slice of a block's logical text (of the whole block by default)."""
    block: Block = document.blocks[index]
    if not block.text:
        return Place(index, block.start, block.end)
    first, last = block.place(start, len(block.text) if end is None else end)
    return Place(index, first, last)


def amount_of(statements: Sequence[Statement], position: int) -> Amount:
    """The figure of a statement."""
    found = statements[position]
    return Amount(
        found.value, found.unit, found.period, found.bound, found.printed or found.text, position
    )
