"""What was believed when (历次数据): the series and the position as known on earlier days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hexi.monitoring.goal import Goal
from hexi.monitoring.observed import Observed, observed_for, period_of
from hexi.monitoring.paths.trajectory import Trajectory
from hexi.monitoring.position.grading import GradeRule
from hexi.monitoring.position.place import Position, locate
from hexi.monitoring.verdicts.series import Ledger

__all__ = ["Belief", "Revision", "believed", "revisions"]


@dataclass(frozen=True, slots=True)
class Belief:
    """The series and the position as they were known on a day."""

    on: date
    observed: Observed
    position: Position


@dataclass(frozen=True, slots=True)
class Revision:
    """A period's value as it was known on one day and on a later one."""

    period: str
    before: float
    before_on: date
    after: float
    after_on: date

    @property
    def change(self) -> float | None:
        """Change in per cent of the earlier value; None where that is zero."""
        return None if self.before == 0 else (self.after / self.before - 1) * 100


def believed(
    goal: Goal,
    ledger: Ledger,
    path: Trajectory | None,
    rule: GradeRule,
    days: Sequence[date],
    *,
    frequency: int = 1,
    known: Mapping[str, date] | None = None,
    revised: bool = False,
) -> tuple[Belief, ...]:
    """The goal's series and position on each of the days, earliest first.

    ``revised``: with the newest revision known that day in place of the first published value.
    """
    found = []
    for day in sorted(set(days)):
        observed = observed_for(
            goal, ledger, day, frequency=frequency, known=known, revised=revised
        )
        found.append(Belief(day, observed, locate(goal, observed, path, rule)))
    return tuple(found)


def revisions(beliefs: Sequence[Belief]) -> tuple[Revision, ...]:
    """Every value that was changed after it had first been known."""
    found: list[Revision] = []
    known: dict[int, tuple[float, date]] = {}
    for belief in beliefs:
        observed = belief.observed
        for place, value in enumerate(observed.values.tolist()):
            code = observed.first + place
            if value != value:
                continue
            before = known.get(code)
            if before is not None and before[0] != value:
                period = period_of(code, observed.frequency)
                found.append(Revision(period, before[0], before[1], value, belief.on))
            known[code] = (value, belief.on)
    return tuple(found)
