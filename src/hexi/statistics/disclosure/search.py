"""Finding the cheapest cells that hide a sensitive one (次级保密求解), one box after another.

For one sensitive cell all boxes are priced at once: the price of a box is the sum over its cells,
which is a product of three matrices, and cells that can't take part are dearer than everything
else together. Prices are whole numbers in doubles below 2^53, so that the cheapest box is the same
one on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hexi.statistics.disclosure.axes import Index, Moves
from hexi.statistics.disclosure.rules import Mask, Whole
from hexi.statistics.disclosure.shifts import Certificate, Shift, cross
from hexi.statistics.disclosure.table import Capacity, Table

__all__ = ["FORBIDDEN", "Search"]

Price = npt.NDArray[np.float64]

#: dearer than any table: weights are at most a million a cell
FORBIDDEN = float(2**45)
#: an amount is cut in two so often before a cell counts as impossible to protect
_HALVINGS = 12
_SHIFTS = 64
#: how often a part is halved of what cannot be protected whole
_TRIALS = 4
#: leaf cells of a cell that a box is looked for from
_ATOMS = 4
#: into how many parts an amount is cut on trial
_DIVISORS = (2, 4)


class Search:
    """Boxes of one table; ``price``, of flat cells, may be changed between two questions."""

    def __init__(self, table: Table, capacity: Capacity, price: Price) -> None:
        self._price = price
        self._table = table
        self._most = capacity.most.reshape(-1)
        self._knowing = capacity.knowing.reshape(-1)
        # enterprises numbered from 0, so that a set of them is a line of marks; nobody is the last
        names, holder = np.unique(table.holder, return_inverse=True)
        self._holder: Index = holder.reshape(-1)
        self._seeing = np.zeros(len(names), bool)
        self._spent = np.zeros(table.total.size, np.int64)
        self._spending = False

    def protect(
        self, place: tuple[int, ...], lower: int, upper: int, allowed: Mask | None = None
    ) -> Certificate | None:
        """The cheapest way found to move the cell down by ``lower`` and up by ``upper``.

        Amounts in ten-thousandths. None where nothing that may be hidden can carry the amount.
        With ``allowed`` only those cells may take part.
        """
        own = int(np.ravel_multi_index(place, self._table.shape))
        part = None if allowed is None else allowed.reshape(-1)
        ask = _Question(place, own, int(self._holder[own]), lower, upper, part)
        first = self._way(ask, seen=False)
        if first is None:
            return None
        seers = self._seers(ask, first)
        if not len(seers):
            return Certificate(place, (first,))
        self._seeing[seers] = True
        second = self._way(ask, seen=True)
        self._seeing[seers] = False
        return Certificate(place, (first, second)) if second else None

    def protect_partly(
        self, place: tuple[int, ...], lower: int, upper: int
    ) -> tuple[Shift, ...] | None:
        """What still blurs a cell that cannot be protected: a way that hides it from readers who
        have no return of their own, or as much of it as can be carried; None where nothing can."""
        own = int(np.ravel_multi_index(place, self._table.shape))
        least = upper >> _TRIALS
        while upper > 0:
            ask = _Question(place, own, int(self._holder[own]), min(lower, upper), upper, None)
            way = self._way(ask, seen=False)
            if way is not None:
                return way
            upper = 0 if upper < least else upper // 2
        return None

    def _seers(self, ask: _Question, way: tuple[Shift, ...]) -> Index:
        """Enterprises that know so much of a cell of the way that it can't deceive them."""
        for shift in way:
            self._spent[shift.box] += shift.amount
        box = np.concatenate([shift.box for shift in way]) if len(way) > 1 else way[0].box
        found: Index = self._holder[box[self._knowing[box] < self._spent[box]]]
        self._spent[box] = 0
        seers: Index = found[found != ask.holder]
        return seers

    def _way(self, ask: _Question, *, seen: bool) -> tuple[Shift, ...] | None:
        """Shifts that carry the amount; with ``seen`` none of the seers sees through them.

        Where one box would hide something new, several that carry a part each may hide less.
        """
        best, cost = self._carried(ask, seen, ask.upper)
        for divisor in _DIVISORS:
            if cost == 0 or ask.upper < divisor:
                break
            other, other_cost = self._carried(ask, seen, -(-ask.upper // divisor))
            if other is not None and other_cost < cost:
                best, cost = other, other_cost
        if best is None:
            upward = self._upward(ask, seen)
            best = (upward,) if upward else None
        return best

    def _carried(
        self, ask: _Question, seen: bool, part: int
    ) -> tuple[tuple[Shift, ...] | None, float]:
        """Shifts of at most ``part`` each and the price of all their cells; None for too many."""
        shifts: list[Shift] = []
        prices: list[npt.NDArray[np.float64]] = []
        cost, left = 0.0, ask.upper
        while left > 0 and len(shifts) < _SHIFTS and part > ask.upper >> _HALVINGS:
            shift = self._box(ask, min(part, left), seen)
            if shift is None:
                part = (part + 1) // 2 if part > 1 else 0
                continue
            left -= shift.amount
            shifts.append(shift)
            prices.append(self._price[shift.box])
            cost += float(prices[-1].sum())
            if left > 0:
                # what the first box hides costs the second nothing, but can't be lost twice
                self._price[shift.box] = 0.0
                self._spent[shift.box] += shift.amount
                self._spending = True
        if self._spending:
            for shift, price in zip(reversed(shifts), reversed(prices), strict=True):
                self._price[shift.box] = price
                self._spent[shift.box] = 0
            self._spending = False
        return (tuple(shifts), cost) if left <= 0 else (None, FORBIDDEN)

    def _room(self, cells: Index, seen: bool) -> Whole:
        """What cells can lose and, with ``seen``, keep the seers in the dark."""
        room: Whole = self._most.take(cells)
        if seen:
            known = self._seeing.take(self._holder.take(cells))
            room = np.where(known, self._knowing.take(cells), room)
        return room - self._spent.take(cells) if self._spending else room

    def _atoms(self, ask: _Question, seen: bool) -> list[tuple[int, ...]]:
        """Leaf cells below a cell, those that can lose most first: where its largest sit."""
        below = [axis.below(node) for axis, node in zip(self._table.axes, ask.place, strict=True)]
        if all(len(leaves) == 1 for leaves in below):
            return [tuple(int(leaves[0]) for leaves in below)]
        cells = cross(self._table.shape, below)
        room = self._room(cells, seen)
        # another's own cell is the worst place to hide a return in
        room = np.where(self._holder.take(cells) == ask.holder, room, (room >> 1) - 1)
        best = np.argsort(-room, axis=None, kind="stable")[:_ATOMS]
        places = np.stack(np.unravel_index(best, room.shape), axis=1).tolist()
        return [
            tuple(int(leaves[n]) for leaves, n in zip(below, place, strict=True))
            for place in places
        ]

    def _box(self, ask: _Question, amount: int, seen: bool) -> Shift | None:
        """The cheapest box that carries the amount: a near one, or where that costs, any.

        From the leaf with most room, and where other boxes have taken what its neighbours can
        lose, from the next ones.
        """
        for atom in self._atoms(ask, seen)[: _ATOMS if self._spending else 1]:
            near, cost = self._cheapest(ask, atom, amount, seen, wide=False)
            if near is not None and cost == 0:
                return near
            far, far_cost = self._cheapest(ask, atom, amount, seen, wide=True)
            found = near if near is not None and cost <= far_cost else far
            if found is not None:
                return found
        return None

    def _cheapest(
        self, ask: _Question, atom: tuple[int, ...], amount: int, seen: bool, *, wide: bool
    ) -> tuple[Shift | None, float]:
        moves = [
            axis.moves(node, leaf, wide=wide)
            for axis, node, leaf in zip(self._table.axes, ask.place, atom, strict=True)
        ]
        cells = cross(self._table.shape, [move.nodes for move in moves])
        short = self._room(cells, seen) < amount
        if ask.allowed is not None:
            short |= ~ask.allowed.take(cells)
        # the sensitive cell itself moves by what is asked; it may be smaller than that
        short &= cells != ask.own
        price = self._price.take(cells)
        price[short] = FORBIDDEN
        if price.ndim == 2:
            price = moves[0].changed @ price @ moves[1].changed.T
        else:
            for number, move in enumerate(moves):
                price = np.moveaxis(np.tensordot(move.changed, price, (1, number)), 0, number)
        best = int(price.argmin())
        ways = np.unravel_index(best, price.shape)
        cost = float(price[ways])
        if cost >= FORBIDDEN:
            return None, cost
        chosen = [_way(move, int(way)) for move, way in zip(moves, ways, strict=True)]
        return Shift.along(self._table, chosen, amount), cost

    def _upward(self, ask: _Question, seen: bool) -> Shift | None:
        """The cell and all sums over it, up to the top: they only have to bear the lower level."""
        atom = self._atoms(ask, seen)[0]
        ways = [
            (np.array(axis.above(leaf), np.intp), np.ones(len(axis.above(leaf)), np.int8))
            for axis, leaf in zip(self._table.axes, atom, strict=True)
        ]
        shift = Shift.along(self._table, ways, ask.upper)
        short = self._room(shift.box, seen) < ask.lower
        short |= self._price[shift.box] >= FORBIDDEN
        if ask.allowed is not None:
            short |= ~ask.allowed[shift.box]
        return None if short[shift.box != ask.own].any() else shift


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked of the search: a sensitive cell, its enterprise, how far it must move."""

    place: tuple[int, ...]
    #: flat position
    own: int
    holder: int
    lower: int
    upper: int
    #: flat
    allowed: Mask | None


def _way(moves: Moves, number: int) -> tuple[Index, npt.NDArray[np.int8]]:
    changed = np.flatnonzero(moves.signs[number])
    return moves.nodes[changed], moves.signs[number][changed]
