"""Orders that rules propose (督办建议): from what a project's lamp or a late problem shows.

A proposal is no order: a person who may supervise issues it or drops it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from hexi.supervision.book import LEVELS, Level, ProposalRule

__all__ = ["Matter", "Proposed", "proposed", "running_months"]


@dataclass(frozen=True, slots=True)
class Matter:
    """What may ask for an order."""

    when: Literal["lamp", "problem"]
    #: names the matter for good: the spell of a lamp by its first month, a problem by its round
    key: str
    #: lamp now, for a lamp
    lamp: str
    #: months running with the lamp, or working days past the deadline
    length: int


@dataclass(frozen=True, slots=True)
class Proposed:
    """The level that the strictest fitting rule asks for."""

    matter: Matter
    rule: ProposalRule

    @property
    def level(self) -> Level:
        """Of the order."""
        return self.rule.level


def proposed(matter: Matter, rules: Iterable[ProposalRule]) -> Proposed | None:
    """The strictest rule that fits; of equally strict ones the one that asks for more."""
    fitting = [
        rule
        for rule in rules
        if rule.when == matter.when
        and matter.length >= rule.least
        and (rule.when != "lamp" or rule.lamp == matter.lamp)
    ]
    if not fitting:
        return None
    strictest = max(fitting, key=lambda rule: (LEVELS.index(rule.level), rule.least))
    return Proposed(matter, strictest)


def running_months(lamps: Sequence[tuple[int, str]], lamp: str) -> tuple[int, int]:
    """Months running up to the newest with one lamp, and the first of them (YYYYMM).

    ``lamps``: months in order with their lamp. A month without a lamp between breaks the run.
    (0, 0) where the newest month has another lamp.
    """
    count, first = 0, 0
    for month, shown in reversed(lamps):
        if shown != lamp or (first and _next(month) != first):
            break
        count, first = count + 1, month
    return count, first


def _next(month: int) -> int:
    year, number = divmod(month, 100)
    return (year + 1) * 100 + 1 if number == 12 else month + 1
