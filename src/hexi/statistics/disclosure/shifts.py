"""Why nobody can work a hidden cell out (保护凭证): another table that looks the same from outside.

A *shift* takes an amount from some cells and gives it to others so that every published sum stays
as it is: along each axis one leaf gains and another loses (or the amount is new up to the top),
and crossed, these make a box of cells with signs. If all its cells are hidden and each of them
could lose the amount, a reader can't tell the true table from the shifted one. A respondent knows
his own return, so that a cell of which he makes up nearly all can't deceive *him*; the certificate
of a sensitive cell therefore has a second way, of cells that can, wherever the first way has such
an enterprise. Certificates are checked here by other code than finds them.

This is the hypercube method (Hundepool and others 2012, section 4.4.4), on a table with
hierarchies at once: boxes run from the leaves upwards, so that a shift is right in all linked
sub-tables and none has to be gone back to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hexi.statistics.disclosure.axes import Axis, Index
from hexi.statistics.disclosure.rules import Mask
from hexi.statistics.disclosure.table import Capacity, Table

__all__ = ["Certificate", "Shift", "cross", "find_gap"]

Signs = npt.NDArray[np.int8]


def cross(shape: tuple[int, ...], nodes: Sequence[Index]) -> Index:
    """Flat positions of the cells of crossed nodes; one dimension an axis."""
    flat: Index = np.zeros((), np.intp)
    for length, own in zip(shape, nodes, strict=True):
        flat = np.add.outer(flat * length, own)
    return flat


@dataclass(frozen=True, slots=True)
class Shift:
    """An amount moved around a box: for each axis the nodes that change and their signs."""

    ways: tuple[tuple[Index, Signs], ...]
    #: cells that change, as flat positions in the table
    box: Index
    #: ten-thousandths
    amount: int

    @classmethod
    def along(cls, table: Table, ways: Sequence[tuple[Index, Signs]], amount: int) -> Shift:
        """The shift that crosses one way an axis."""
        box = cross(table.shape, [nodes for nodes, _signs in ways])
        return cls(tuple(ways), box.reshape(-1), amount)

    @property
    def signs(self) -> Signs:
        """+1 and -1 of the cells of the box."""
        signs = np.ones((), np.int8)
        for _nodes, line in self.ways:
            signs = np.multiply.outer(signs, line)
        return signs.reshape(-1)


@dataclass(frozen=True, slots=True)
class Certificate:
    """Ways to move a sensitive cell far enough up and down; each way is a sum of shifts.

    For every enterprise but the one that is protected there is a way that it cannot see through.
    """

    place: tuple[int, ...]
    ways: tuple[tuple[Shift, ...], ...]

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """The shifts of all ways."""
        return tuple(shift for way in self.ways for shift in way)


def find_gap(
    table: Table,
    hidden: Mask,
    capacity: Capacity,
    levels: tuple[int, int],
    certificate: Certificate,
    closed: set[tuple[str, bytes, bytes]] | None = None,
) -> str:
    """What is wrong with a certificate; empty where it holds.

    ``hidden`` are cells that no reader sees, ``levels`` the protection below and above in
    ten-thousandths. ``closed`` remembers ways along an axis that were found right before.
    """
    closed = set() if closed is None else closed
    seers: set[int] | None = None
    for way in certificate.ways:
        for shift in way:
            for axis, (nodes, signs) in zip(table.axes, shift.ways, strict=True):
                key = (axis.name, nodes.tobytes(), signs.tobytes())
                if key not in closed and not _closes(axis, nodes, signs):
                    return f"a sum of {axis.name} would change"
                closed.add(key)
            if not hidden.reshape(-1)[shift.box].all():
                return "a cell of the box is published"
        moved = sum(shift.amount for shift in way)
        if moved < levels[1]:
            return f"moved by {moved} where {levels[1]} is needed"
        found = _overdrawn(table, capacity, levels, certificate.place, way)
        if isinstance(found, str):
            return found
        seers = found if seers is None else seers & found
    return f"enterprise {min(seers)} sees through it" if seers else ""


def _closes(axis: Axis, nodes: Index, signs: npt.NDArray[np.int8]) -> bool:
    change = dict(zip(nodes.tolist(), signs.tolist(), strict=True))
    touched = {sum_ for node in change for sum_ in axis.sums_of(node)}
    return all(
        change.get(axis.sums[n][0], 0) == sum(change.get(c, 0) for c in axis.sums[n][1].tolist())
        for n in touched
    )


def _overdrawn(
    table: Table,
    capacity: Capacity,
    levels: tuple[int, int],
    place: tuple[int, ...],
    way: tuple[Shift, ...],
) -> str | set[int]:
    """A cell that would have to lose more than it can, or the enterprises that would notice."""
    gains: dict[int, int] = {}
    losses: dict[int, int] = {}
    for shift in way:
        for cell, sign in zip(shift.box.tolist(), shift.signs.tolist(), strict=True):
            side = gains if sign > 0 else losses
            side[cell] = side.get(cell, 0) + shift.amount
    own = int(np.ravel_multi_index(place, table.shape))
    holder = table.holder.reshape(-1)
    most, knowing = capacity.most.reshape(-1), capacity.knowing.reshape(-1)
    seers: set[int] = set()
    for cell in {*gains, *losses} - {own}:
        need = max(losses.get(cell, 0), min(gains.get(cell, 0), levels[0]))
        if most[cell] < need:
            named = [int(n) for n in np.unravel_index(cell, table.shape)]
            return f"{' x '.join(table.names(named))} can't lose {need}"
        if knowing[cell] < need and holder[cell] != holder[own]:
            seers.add(int(holder[cell]))
    return seers
