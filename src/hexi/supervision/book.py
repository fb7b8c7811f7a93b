"""What a pack says of supervision (督办规则): kinds of problems and visits, clocks, proposals.

All of it is dated: a row holds from a month until another, so that a problem raised last year is
judged by last year's rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hexi.statistics.dated_rules import Dated, in_force

__all__ = [
    "LEVELS",
    "Clocks",
    "Level",
    "ProblemKind",
    "ProposalRule",
    "SupervisionBook",
    "VisitKind",
    "month_of",
]

#: levels of an order, mildest first: 提醒, 预警, 约谈
Level = Literal["blue", "yellow", "red"]
LEVELS: tuple[Level, ...] = ("blue", "yellow", "red")


@dataclass(frozen=True, slots=True)
class Clocks:
    """How long things may take, in working days."""

    #: answer of an order, by level
    order_days: Mapping[Level, int]
    #: days past its deadline after which an unanswered problem rises a unit, and again
    problem_rises: int
    #: days left from which a lamp is yellow
    soon: int
    #: months after which a visit is due again
    visit_months: int


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One kind of the problem ledger."""

    id: str
    name: str
    name_en: str
    #: who usually owns it (责任部门), where the one who raises it names nobody
    body: str
    body_en: str
    #: working days for an answer
    days: int
    #: months YYYYMM: from, and the first in which it no longer holds (0: it still does)
    since: int
    until: int
    source: str
    note: str
    note_en: str


@dataclass(frozen=True, slots=True)
class ProposalRule:
    """When an order is proposed."""

    id: str
    when: Literal["lamp", "problem"]
    #: the lamp, for ``when = "lamp"``
    lamp: str
    #: months running with the lamp, or working days past the deadline
    least: int
    level: Level
    since: int
    until: int
    source: str
    note: str
    note_en: str


@dataclass(frozen=True, slots=True)
class VisitKind:
    """What a visit is paid for."""

    id: str
    name: str
    name_en: str
    #: one of the six that must be paid (六必访)
    six: bool
    source: str


@dataclass(frozen=True)
class SupervisionBook:
    """All of a pack."""

    kinds: tuple[ProblemKind, ...]
    visits: tuple[VisitKind, ...]
    clocks: tuple[Dated[Clocks], ...]
    proposals: tuple[ProposalRule, ...]

    def clocks_on(self, day: date) -> Clocks:
        """The clocks in force on a day."""
        return in_force(self.clocks, month_of(day)).rule

    def kinds_on(self, day: date) -> tuple[ProblemKind, ...]:
        """Kinds that a problem raised on a day may have, in the pack's order."""
        return tuple(one for one in self.kinds if _holds(one, day))

    def kind(self, kind: str, day: date) -> ProblemKind | None:
        """The kind as it stood on a day; None where the pack has no such kind then."""
        return next((one for one in self.kinds_on(day) if one.id == kind), None)

    def proposals_on(self, day: date) -> tuple[ProposalRule, ...]:
        """Rules of proposal in force on a day."""
        return tuple(one for one in self.proposals if _holds(one, day))

    def visit(self, kind: str) -> VisitKind | None:
        """The kind of visit of an id."""
        return next((one for one in self.visits if one.id == kind), None)


def month_of(day: date) -> int:
    """YYYYMM of a day."""
    return day.year * 100 + day.month


def _holds(one: ProblemKind | ProposalRule, day: date) -> bool:
    month = month_of(day)
    return one.since <= month and (not one.until or month < one.until)
