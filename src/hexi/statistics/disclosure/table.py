"""A table before publication (待发布表): every cell with its sum and who stands behind it.

Axes are crossed: units x items, and periods or industries where the table has them. Arrays have
one dimension an axis. Where two published tables share cells (a zone's total stands in the table
by industry and in the one by ownership), they are one `Table` over all their axes in which only
the published margins are marked as published: a shared cell is then one cell, decided once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from hexi.statistics.disclosure.axes import Axis
from hexi.statistics.disclosure.rules import SCALE, Mask, Whole

__all__ = ["UNBOUNDED", "Capacity", "Table", "TableError", "tabulate"]

#: what a cell can lose whose amount may be below zero
UNBOUNDED = 2**62
#: the dearest cell of a group of cells that add up; weights are whole so that sums are exact
_DEAREST = 1_000_000


class TableError(ValueError):
    """A table that cannot be protected: cells that are negative or do not add up, by name."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a cell can lose without anybody noticing; ten-thousandths, shape of the table.

    -1 where it cannot even gain: nobody reported, or the one who did knows the cell.
    """

    #: against all but the largest contributor
    most: Whole
    #: against the largest contributor, who knows his own return
    knowing: Whole


@dataclass(frozen=True)
class Table:
    """Cells of a table; amounts in ten-thousandths of the cell's unit."""

    axes: tuple[Axis, ...]
    #: sum over enterprises (合计)
    total: Whole
    #: enterprises that reported (家数); 0: none did, which is not a zero
    reporters: Whole
    #: largest and second largest contribution (最大、次大贡献)
    first: Whole
    second: Whole
    #: who the largest contributor is, as any number that is the same for the same enterprise
    holder: Whole
    #: False for cells that are only there so that sums close
    published: Mask
    #: what it costs to hide a cell; whole numbers from 1
    weight: Whole
    #: sum of amounts without their signs; differs from ``total`` where some are below zero
    gross: Whole
    #: True where an amount may be below zero (profit), so that no reader knows a least amount;
    #: ``first`` and ``second`` are then without their signs
    signed: Mask

    @classmethod
    def of(
        cls,
        axes: Sequence[Axis],
        total: Whole,
        reporters: Whole,
        first: Whole,
        second: Whole,
        holder: Whole,
        *,
        published: Mask | None = None,
        weight: Whole | None = None,
        gross: Whole | None = None,
        signed: Mask | None = None,
    ) -> Table:
        """A checked table; TableError names cells that are negative or sums that do not close.

        Without ``weight`` the loss of a cell is the square root of its sum: between counting
        cells, which would hide totals, and counting amounts, which would hide all small ones.
        ``signed`` cells need ``gross``.
        """
        shape = tuple(len(axis) for axis in axes)
        shown = np.ones(shape, bool) if published is None else published
        whole = total if gross is None else gross
        cost = _weights(axes, whole) if weight is None else weight
        free = np.zeros(shape, bool) if signed is None else np.broadcast_to(signed, shape)
        arrays = (total, reporters, first, second, holder, shown, cost, whole, free)
        table = cls(tuple(axes), *arrays)
        table._check(shape)
        return table

    def _check(self, shape: tuple[int, ...]) -> None:
        for array in (self.total, self.reporters, self.first, self.second, self.holder):
            if array.shape != shape:
                raise TableError(f"shape {array.shape} where the axes have {shape}")
        if (self.weight < 1).any():
            raise TableError("a weight below 1")
        wrong = (self.second < 0) | (self.first < self.second)
        wrong |= self.gross < self.first + self.second
        wrong |= (self.total != self.gross) & ~self.signed
        wrong |= (self.reporters == 0) & (self.total != 0)
        self._refuse(wrong, "negative, or contributions that exceed the sum")
        for number, axis in enumerate(self.axes):
            whole = np.moveaxis(self.total, number, 0)
            for parent, children in axis.sums:
                gap = whole[parent] - whole[children].sum(0)
                if gap.any():
                    raise TableError(
                        f"{axis.name}: {axis.nodes[parent]} differs from the sum of its"
                        f" {len(children)} children by up to {np.abs(gap).max() / SCALE:g};"
                        " put the rest in as a node of its own"
                    )

    def _refuse(self, wrong: Mask, what: str) -> None:
        if wrong.any():
            places = np.argwhere(wrong)[:3]
            named = "; ".join(" x ".join(self.names(tuple(place))) for place in places)
            raise TableError(f"{named}: {what}")

    @property
    def shape(self) -> tuple[int, ...]:
        """Nodes of each axis."""
        return self.total.shape

    def names(self, place: Sequence[int]) -> tuple[str, ...]:
        """Names of a cell's nodes."""
        return tuple(axis.nodes[n] for axis, n in zip(self.axes, place, strict=True))

    @cached_property
    def capacity(self) -> Capacity:
        """What each cell can lose."""
        most = np.where(self.signed, UNBOUNDED, self.total - self.second)
        knowing = np.where(self.signed, UNBOUNDED, self.total - self.first)
        return Capacity(
            np.where(self.reporters > 0, most, -1), np.where(self.reporters > 1, knowing, -1)
        )


def _weights(axes: Sequence[Axis], total: Whole) -> Whole:
    """Square roots of sums, against the largest of the cells that add up with one another."""
    label = np.zeros(total.shape, np.int64)
    for number, axis in enumerate(axes):
        shape = [1] * total.ndim
        shape[number] = len(axis)
        label = label * len(axis) + axis.families.reshape(shape)
    largest = np.zeros(int(label.max()) + 1 if label.size else 0, np.int64)
    np.maximum.at(largest, label, total)
    share = np.maximum(total, 0) / np.maximum(largest[label], 1)
    weight: Whole = np.maximum(np.rint(np.sqrt(share) * _DEAREST), 1).astype(np.int64)
    return weight


def tabulate(
    axes: Sequence[Axis],
    leaves: Sequence[npt.NDArray[np.intp]],
    reporter: Whole,
    amount: Whole,
    *,
    published: Mask | None = None,
    signed: Mask | None = None,
) -> Table:
    """The table of microdata: for each return its leaf on every axis, reporter and amount.

    Arrays have one entry a return; amounts in ten-thousandths. A reporter with several returns in
    one cell (two months of a year) is one enterprise there. ``signed`` says in which cells an
    amount may be below zero; it is stretched to the table's shape.
    """
    shape = tuple(len(axis) for axis in axes)
    cell = np.zeros(len(amount), np.int64)
    row = np.arange(len(amount))
    for axis, own in zip(axes, leaves, strict=True):
        line = axis.lines[own[row]]
        keep = line >= 0
        row = np.repeat(row, keep.sum(1))
        cell = np.repeat(cell, keep.sum(1)) * len(axis) + line[keep]
    who, what = reporter[row], amount[row]
    order = np.lexsort((who, cell))
    cell, who, what = cell[order], who[order], what[order]
    starts = np.flatnonzero(np.r_[True, (np.diff(cell) != 0) | (np.diff(who) != 0)][: len(cell)])
    cell, who = cell[starts], who[starts]
    what = np.add.reduceat(what, starts) if len(starts) else what
    order = np.lexsort((who, -np.abs(what), cell))
    cell, who, what = cell[order], who[order], what[order]
    lead = np.r_[True, np.diff(cell) != 0][: len(cell)]
    follow = np.r_[False, lead[:-1] & ~lead[1:]][: len(cell)]
    total, gross, count, first, second, holder = (np.zeros(shape, np.int64) for _ in range(6))
    holder -= 1
    np.add.at(total.reshape(-1), cell, what)
    what = np.abs(what)
    np.add.at(gross.reshape(-1), cell, what)
    np.add.at(count.reshape(-1), cell, 1)
    first.reshape(-1)[cell[lead]] = what[lead]
    holder.reshape(-1)[cell[lead]] = who[lead]
    second.reshape(-1)[cell[follow]] = what[follow]
    cells = (total, count, first, second, holder)
    return Table.of(axes, *cells, published=published, gross=gross, signed=signed)
