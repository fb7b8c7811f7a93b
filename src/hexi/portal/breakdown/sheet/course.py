"""The course of a target (目标年度进程): which years a sheet has, and what the whole asks of each.

With a path that was set, every year has a figure: a level's level, a total's amount of the year.
Without one the sheet has the target itself alone; so has the sheet of a growth target, whose value
is a mean over its years and no figure of the last one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from hexi.monitoring.goal import GROWTH, Goal, Unclear
from hexi.portal.breakdown.sheet.cells import decimals_of, text_of
from hexi.portal.scoreboard.models import MonitoredTarget
from hexi.portal.scoreboard.sweep.goals import goal_of_row
from hexi.quantities import units

__all__ = ["Course", "course_of", "path_decimals"]

#: measures whose figures are whole things
_WHOLE = ("count", "rank")
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Course:
    """One target by its years."""

    goal: Goal | Unclear
    measure: str
    #: decimals that figures are kept with
    decimals: int
    #: year to the whole's figure of that year, as decimal text
    figures: Mapping[int, str]
    #: False where no path was set: the one figure is the target itself
    agreed: bool
    #: words for the years; a total without a path stands under its span of years
    labels: Mapping[int, str]

    @property
    def years(self) -> tuple[int, ...]:
        """The years in order."""
        return tuple(self.figures)

    @property
    def last(self) -> int | None:
        """The year that the target is due in."""
        return self.years[-1] if self.figures else None

    @property
    def adds_up(self) -> bool:
        """True where a target's value is the total of its years, not the figure of the last."""
        return self.measure == "cumulative" and self.agreed

    def value_of(self, finals: Mapping[int, str]) -> str:
        """The target value that figures by year come to; empty where one that it needs is not
        there."""
        if not self.figures:
            return ""
        if not self.adds_up:
            return _bare(finals.get(self.years[-1], ""))
        if any(not finals.get(year) for year in self.years):
            return ""
        total = sum((Decimal(finals[year]) for year in self.years), Decimal(0))
        return _bare(text_of(total, self.decimals))

    def goal_in(self, year: int) -> Goal | Unclear:
        """The whole as the target of one year, which is what the parts of that year must give."""
        if isinstance(self.goal, Unclear) or not self.agreed:
            return self.goal
        printed = f"{self.figures[year]}{self.goal.measure_unit}"
        line = float(Decimal(self.figures[year]))
        return replace(self.goal, line=line, end=year, printed=printed, decimals=self.decimals)


def course_of(target: MonitoredTarget) -> Course:
    """The years of a target and what it asks of each."""
    growing = target.measure in GROWTH
    kept = {} if growing else target.path
    path = {int(year): text for year, text in kept.items() if year.isdecimal() and text}
    agreed = bool(path)
    if not path and target.end and target.value:
        path = {target.end: target.value}
    span = target.period or str(target.end or "")
    labels = {year: str(year) if agreed or not target.period else span for year in path}
    return Course(
        goal=goal_of_row(target),
        measure=target.measure,
        decimals=path_decimals(target),
        figures=dict(sorted(path.items())),
        agreed=agreed,
        labels=labels,
    )


def path_decimals(target: MonitoredTarget) -> int:
    """Decimals for figures on the way: those printed for what is counted, one more for rates, at
    least two for what is measured."""
    printed = decimals_of(target.value, target.base)
    if target.measure in GROWTH:
        return min(4, printed + 1)
    whole = target.measure in _WHOLE or units.is_count(target.measure_unit)
    return printed if whole else max(_LEAST, printed)


def _bare(text: str) -> str:
    """A target's value as documents print it: without zeros behind the point."""
    return text.rstrip("0").rstrip(".") if "." in text else text
