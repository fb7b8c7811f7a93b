"""The attacker (攻击者): solves all published sums by linear programming; amounts are ≥ 0."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from hexi.statistics.disclosure import SCALE, Decision, Table

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Knowledge:
    """What an attacker knows beside the published table, in ten-thousandths."""

    #: at least so much is in a cell
    least: dict[int, int] = field(default_factory=dict)
    #: exactly so much is in a cell
    exact: dict[int, int] = field(default_factory=dict)


def relations(table: Table) -> list[tuple[int, Whole]]:
    """Every sum of the table: flat index of the parent, and those of its children."""
    flat = np.arange(table.total.size).reshape(table.shape)
    found = []
    for number, axis in enumerate(table.axes):
        cells = np.moveaxis(flat, number, 0).reshape(len(axis), -1)
        for parent, children in axis.sums:
            found += [
                (int(p), column) for p, column in zip(cells[parent], cells[children].T, strict=True)
            ]
    return found


class Attacker:
    """Everything a reader of the published table can set up once."""

    def __init__(self, table: Table, decision: Decision) -> None:
        self._table = table
        self._unseen = (decision.hidden | ~table.published).reshape(-1)
        total = table.total.reshape(-1)
        self._number = np.cumsum(self._unseen) - 1
        rows, columns, signs, right = [], [], [], []
        for parent, children in relations(table):
            open_ = children[self._unseen[children]]
            if not len(open_) and not self._unseen[parent]:
                continue
            row = len(right)
            seen = children[~self._unseen[children]]
            right.append(-float(total[seen].sum()))
            if self._unseen[parent]:
                open_ = np.append(open_, parent)
            else:
                right[-1] += float(total[parent])
            rows += [row] * len(open_)
            columns += self._number[open_].tolist()
            signs += [-1.0 if cell == parent else 1.0 for cell in open_.tolist()]
        shape = (len(right), int(self._unseen.sum()))
        self._sums = csr_array((signs, (rows, columns)), shape=shape)
        self._right = np.array(right)
        _count, self._part = connected_components(abs(self._sums.T) @ abs(self._sums))

    def bounds(self, place: tuple[int, ...], known: Knowledge | None = None) -> tuple[float, float]:
        """Least and greatest amount that the cell can have, in ten-thousandths."""
        known = known or Knowledge()
        own = int(np.ravel_multi_index(place, self._table.shape))
        total = self._table.total.reshape(-1)
        if not self._unseen[own]:
            return float(total[own]), float(total[own])
        part = self._part == self._part[self._number[own]]
        cells = np.flatnonzero(self._unseen)[part]
        sums = self._sums[:, part]
        there = np.flatnonzero(np.diff(sums.indptr))
        # nobody reported: known to be nothing, since it is shown as such or cannot be
        nobody = self._table.reporters.reshape(-1) == 0
        signed = self._table.signed.reshape(-1)
        bounds: list[tuple[float | None, float | None]] = []
        for cell in cells.tolist():
            if cell in known.exact or nobody[cell]:
                value = known.exact.get(cell, 0) / SCALE
                bounds.append((value, value))
            elif signed[cell]:
                bounds.append((None, None))
            else:
                bounds.append((known.least.get(cell, 0) / SCALE, None))
        aim = (cells == own).astype(float)
        found = []
        for sign in (1.0, -1.0):
            answer = linprog(
                sign * aim,
                A_eq=sums[there] if len(there) else None,
                b_eq=self._right[there] / SCALE if len(there) else None,
                bounds=bounds,
                method="highs",
            )
            if answer.status == 3:
                found.append(-sign * float("inf"))
                continue
            assert answer.status == 0, answer.message
            found.append(sign * answer.fun * SCALE)
        return found[0], found[1]
