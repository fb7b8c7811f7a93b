"""Suppression of a table (保密处理): which cells are hidden, so that no sum betrays one.

Sensitive cells are found by the rule; then, the one that needs most first, each gets the cheapest
boxes of cells that hide it (`Search`), where cells that are hidden already cost nothing. After
that, cells that only one sensitive cell asked for are reconsidered, since others may have been
hidden in the meantime. Every certificate is checked by other code at the end.

What is held: nobody who solves all sums of the table, knows that amounts are not negative, and
knows his own return (with ``Rule.insiders``), can narrow a sensitive cell to less than its
protection levels. What is not: two respondents who put their returns together; enterprises that
belong to one group, unless they are counted as one; knowledge from outside the table, such as last
month's published cell of an enterprise that never changes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hexi.statistics.disclosure.decision import Decision
from hexi.statistics.disclosure.rules import Mask, Reason, Rule, Sensitivity, find_sensitive
from hexi.statistics.disclosure.search import FORBIDDEN, Search
from hexi.statistics.disclosure.shifts import Certificate, find_gap
from hexi.statistics.disclosure.table import UNBOUNDED, Capacity, Table

__all__ = ["Earlier", "ProtectionFault", "sensitive_cells", "suppress"]

_ROUNDS = 1


class ProtectionFault(AssertionError):
    """A certificate does not hold: a fault of the program; nothing may be published."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The table as an earlier vintage had it, and what was decided then."""

    table: Table
    decision: Decision


def suppress(
    table: Table,
    rule: Rule | None = None,
    earlier: Earlier | None = None,
    given: Mask | None = None,
) -> Decision:
    """Decide which cells of a table are hidden, and check that this protects them.

    ``given`` are cells that other publications have shown already: they stay open, and what
    cannot be protected beside them is named in `Decision.exposed`.

    With ``earlier`` cells that did not change keep their decision; a sensitive cell is protected
    in both vintages taken together as long as it did not change, and one that only now became
    sensitive beside cells that were published unchanged is named in `Decision.exposed`. The
    earlier table has the same axes: ValueError otherwise.
    """
    rule = rule or Rule()
    sensitivity = sensitive_cells(table, rule)
    work = _Work(table, rule, sensitivity, earlier, given)
    work.cover()
    for _ in range(_ROUNDS):
        work.reconsider()
    return work.decide()


def sensitive_cells(table: Table, rule: Rule) -> Sensitivity:
    """Sensitive cells of a table; amounts below zero weigh as much as those above."""
    found = find_sensitive(table.gross, table.reporters, table.first, table.second, rule)
    lower = np.where(table.signed, found.upper, found.lower)
    return Sensitivity(found.reason, lower, found.upper)


class _Work:
    """One decision in the making."""

    def __init__(
        self,
        table: Table,
        rule: Rule,
        sensitivity: Sensitivity,
        earlier: Earlier | None,
        given: Mask | None,
    ) -> None:
        self._table, self._rule, self._sensitivity = table, rule, sensitivity
        primary = sensitivity.primary
        self._kept = np.zeros(table.shape, bool)
        self._frozen = np.zeros(table.shape, bool)
        self._before: Mask | None = None
        self._steady = np.zeros(table.shape, bool)
        self._capacity = self._what_cells_can_lose(table)
        if earlier is not None:
            self._keep(earlier)
        self._given = np.zeros(table.shape, bool) if given is None else given & table.published
        self._kept &= ~self._given
        self._steady &= ~self._given
        self._frozen |= self._given
        #: how many certificates a cell is in
        self._uses = np.zeros(table.total.size, np.int32)
        closed = (primary | self._kept | ~table.published) & ~self._given
        self._free = closed.reshape(-1)
        self._weight = table.weight.reshape(-1).astype(np.float64)
        self._price = np.where(self._free, 0.0, self._weight)
        self._price[self._frozen.reshape(-1)] = FORBIDDEN
        self._search = Search(table, self._capacity, self._price)
        self._certificates: dict[int, Certificate] = {}
        self._exposed: list[int] = []
        flat = np.flatnonzero(primary)
        needs = sensitivity.upper.reshape(-1)[flat]
        self._order: list[int] = flat[np.argsort(-needs, kind="stable")].tolist()

    def _what_cells_can_lose(self, table: Table) -> Capacity:
        if self._rule.insiders:
            return table.capacity
        plain = np.where(table.signed, UNBOUNDED, table.total)
        plain = np.where(table.reporters > 0, plain, -1)
        return Capacity(plain, plain)

    def _keep(self, earlier: Earlier) -> None:
        """Take over what was decided about cells that did not change."""
        old, decision = earlier.table, earlier.decision
        if old.shape != self._table.shape or decision.reason.shape != old.shape:
            raise ValueError("the earlier table has other axes")
        changed = np.zeros(old.shape, bool)
        for name in ("total", "gross", "reporters", "first", "second", "holder"):
            changed |= getattr(old, name) != getattr(self._table, name)
        hidden = decision.hidden | ~old.published
        primary = self._sensitivity.primary
        self._kept = decision.hidden & ~changed
        # readers have the sum, whoever stands behind it now
        same = old.total == self._table.total
        self._frozen = old.published & ~hidden & same & ~primary
        self._steady = primary & ~changed & hidden
        self._before = hidden
        was = self._what_cells_can_lose(old)
        now = self._capacity
        self._capacity = Capacity(
            np.where(hidden, np.minimum(now.most, was.most), now.most),
            np.where(hidden, np.minimum(now.knowing, was.knowing), now.knowing),
        )

    def cover(self) -> None:
        """A certificate for every sensitive cell, those that need most first."""
        given = self._given.reshape(-1)
        for cell in self._order:
            certificate = None if given[cell] else self._protect(cell)
            if certificate is not None:
                self._enter(cell, certificate)
                continue
            self._exposed.append(cell)
            if not given[cell]:
                self._blur(cell)

    def _blur(self, cell: int) -> None:
        """Hide what can be hidden of a cell that is exposed, so that nothing more comes out."""
        place = tuple(int(n) for n in np.unravel_index(cell, self._table.shape))
        lower, upper = (int(a[place]) for a in (self._sensitivity.lower, self._sensitivity.upper))
        for shift in self._search.protect_partly(place, lower, upper) or ():
            self._uses[shift.box] += 1
            self._price[shift.box] = 0.0

    def _protect(self, cell: int) -> Certificate | None:
        place = tuple(int(n) for n in np.unravel_index(cell, self._table.shape))
        lower = int(self._sensitivity.lower[place])
        upper = int(self._sensitivity.upper[place])
        if self._steady[place]:
            # shifted alike in both vintages, it is hidden from a reader who holds both
            both = self._search.protect(place, lower, upper, self._before)
            if both is not None:
                return both
        return self._search.protect(place, lower, upper)

    def _enter(self, cell: int, certificate: Certificate) -> None:
        self._certificates[cell] = certificate
        for shift in certificate.shifts:
            self._uses[shift.box] += 1
            self._price[shift.box] = 0.0

    def _withdraw(self, certificate: Certificate) -> None:
        for shift in certificate.shifts:
            self._uses[shift.box] -= 1
        for shift in certificate.shifts:
            box = shift.box
            alone = (self._uses[box] == 0) & ~self._free[box]
            self._price[box] = np.where(alone, self._weight[box], 0.0)

    def reconsider(self) -> None:
        """Give up cells that one sensitive cell alone holds, where it can do with others."""
        for cell in reversed(self._order):
            certificate = self._certificates.get(cell)
            if certificate is None or not self._alone(certificate):
                continue
            self._withdraw(certificate)
            self._enter(cell, self._protect(cell) or certificate)

    def _alone(self, certificate: Certificate) -> bool:
        for shift in certificate.shifts:
            box = shift.box
            once = (self._uses[box] == 1) & ~self._free[box]
            if once.any():
                return True
        return False

    def decide(self) -> Decision:
        """The decision, after every certificate was checked."""
        table, reason = self._table, self._sensitivity.reason.copy()
        hidden = self._kept | (self._uses > 0).reshape(table.shape)
        reason[hidden & ~self._sensitivity.primary] = Reason.SECONDARY
        reason[self._given] = Reason.OPEN
        closed: set[tuple[str, bytes, bytes]] = set()
        unseen = (hidden | self._sensitivity.primary | ~table.published) & ~self._given
        for cell, certificate in self._certificates.items():
            place = certificate.place
            levels = int(self._sensitivity.lower[place]), int(self._sensitivity.upper[place])
            gap = find_gap(table, unseen, self._capacity, levels, certificate, closed)
            if gap:
                raise ProtectionFault(f"{' x '.join(table.names(place))}: {gap} ({cell})")
        exposed = tuple(
            table.names([int(n) for n in np.unravel_index(cell, table.shape)])
            for cell in sorted(self._exposed)
        )
        return Decision(table.axes, reason, table.published, self._rule.describe(), exposed)
