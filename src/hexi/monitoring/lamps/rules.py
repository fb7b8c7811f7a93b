"""Rules of lamps and warnings (亮灯预警规则): dated data of the pack, each with its source.

A rule holds from ``since`` until before ``until``. Which rule gave a lamp is kept with the lamp, so
that a page of last year can still be explained when the rules have changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from hexi.monitoring.position.grading import GradeRule

__all__ = [
    "ConcentrationRule",
    "Every",
    "InForce",
    "LampRule",
    "ProjectRule",
    "Rules",
    "StallRule",
    "TurnRule",
    "VintageDay",
    "WorseRule",
]


@dataclass(frozen=True, slots=True)
class Every:
    """A number of months for each frequency of a series."""

    yearly: int
    quarterly: int
    monthly: int

    def of(self, frequency: int) -> int:
        """Months for a series of that frequency."""
        return {1: self.yearly, 4: self.quarterly, 12: self.monthly}[frequency]


@dataclass(frozen=True, slots=True)
class LampRule:
    """Bounds of the lamps on the probability of meeting the target (亮灯界限)."""

    id: str
    since: str
    until: str
    #: binding (约束性) or expected (预期性)
    nature: str
    red_below: float
    green_above: float
    #: how far beyond a bound the probability must go before the lamp changes
    width: float
    #: months without a new value after which the lamp is grey
    stale: Every
    source: str
    note: str
    note_en: str


@dataclass(frozen=True, slots=True)
class StallRule:
    """When a figure is overdue (数据迟报)."""

    id: str
    since: str
    until: str
    #: months after a period's end in which its figure is due, and what it may be late
    due: Every
    grace: int
    answer_days: int
    escalate_days: int
    source: str
    note: str
    note_en: str


@dataclass(frozen=True, slots=True)
class TurnRule:
    """When a change of trend is told (走势突变)."""

    id: str
    since: str
    until: str
    #: told when chance alone would do as much with no more than this probability
    chance: float
    #: steps that a series must have
    least: int
    answer_days: int
    escalate_days: int
    source: str
    note: str
    note_en: str


@dataclass(frozen=True, slots=True)
class ConcentrationRule:
    """When too much hangs on too few (集中度)."""

    id: str
    since: str
    until: str
    one: float
    together: float
    count: int
    answer_days: int
    escalate_days: int
    source: str
    note: str
    note_en: str


@dataclass(frozen=True, slots=True)
class ProjectRule:
    """When the projects that are to bring a target about lag (支撑项目)."""

    id: str
    since: str
    until: str
    #: months that a start may slip
    slip: int
    #: share of the funds due that may be missing
    short: float
    answer_days: int
    escalate_days: int
    source: str
    note: str
    note_en: str


@dataclass(frozen=True, slots=True)
class WorseRule:
    """A lamp that gets worse is a warning (灯色转差)."""

    id: str
    since: str
    until: str
    answer_days: int
    escalate_days: int
    source: str
    note: str
    note_en: str


@dataclass(frozen=True, slots=True)
class VintageDay:
    """From which day on a revision was known (修订数公布日)."""

    mark: str
    known: str
    source: str
    note: str
    note_en: str


class _Dated(Protocol):
    @property
    def since(self) -> str: ...
    @property
    def until(self) -> str: ...


Rule = TypeVar("Rule", bound=_Dated)


@dataclass(frozen=True, slots=True)
class InForce:
    """The rules of one day."""

    binding: LampRule
    expected: LampRule
    grade: GradeRule
    stalling: StallRule
    turning: TurnRule
    concentration: ConcentrationRule
    projects: ProjectRule
    worsening: WorseRule

    def lamp(self, binding: bool) -> LampRule:
        """The lamp rule for a target's nature."""
        return self.binding if binding else self.expected


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of a pack, of all times."""

    lamps: tuple[LampRule, ...]
    grades: tuple[GradeRule, ...]
    stalling: tuple[StallRule, ...]
    turning: tuple[TurnRule, ...]
    concentration: tuple[ConcentrationRule, ...]
    projects: tuple[ProjectRule, ...]
    worsening: tuple[WorseRule, ...]
    vintages: tuple[VintageDay, ...]

    def on(self, day: date) -> InForce:
        """The rules in force on a day; raises LookupError where one is missing."""
        by_nature = {
            nature: [rule for rule in self.lamps if rule.nature == nature]
            for nature in ("binding", "expected")
        }
        return InForce(
            binding=_in_force(by_nature["binding"], day),
            expected=_in_force(by_nature["expected"], day),
            grade=_in_force(self.grades, day),
            stalling=_in_force(self.stalling, day),
            turning=_in_force(self.turning, day),
            concentration=_in_force(self.concentration, day),
            projects=_in_force(self.projects, day),
            worsening=_in_force(self.worsening, day),
        )

    @property
    def known(self) -> dict[str, date]:
        """Mark of a revision → day from which it was known."""
        return {one.mark: date.fromisoformat(one.known) for one in self.vintages}


def _in_force(rules: Sequence[Rule], day: date) -> Rule:
    text = day.isoformat()
    for rule in rules:
        if rule.since <= text and (not rule.until or text < rule.until):
            return rule
    raise LookupError(f"no rule in force on {text}")
