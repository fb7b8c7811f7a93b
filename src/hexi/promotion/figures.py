"""Figures of promotion (招商成效): money against its aim month by month, steps in time, conversion.

A year's aim is a total, a growth, or both: Gansu asked for 5000 亿元 and 15 % more in 2023. An aim
for the year runs evenly over its months, which is said where it is shown: no rule gives another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from hexi.promotion.clocks import Course

__all__ = ["Aim", "MonthLine", "Promptness", "funnel", "months_of", "promptness", "year_lines"]


@dataclass(frozen=True, slots=True)
class Aim:
    """What a year is to bring (年度目标)."""

    year: int
    #: yuan; None: no total is set
    amount: int | None
    #: per cent more than the year before; None: no growth is set
    growth: Decimal | None
    source: str = ""

    def total(self, before: int | None) -> int | None:
        """The yuan that both parts ask for: the larger one, growth where last year is known."""
        asked = [self.amount] if self.amount is not None else []
        if self.growth is not None and before:
            grown = Decimal(before) * (1 + self.growth / 100)
            asked.append(int(grown.quantize(Decimal(1), ROUND_HALF_UP)))
        return max(asked) if asked else None


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One month of a year: by origin, year to date, against the aim and last year (all yuan)."""

    month: int
    by_origin: Mapping[str, int]
    to_date: int
    to_date_by_origin: Mapping[str, int]
    #: what an even course of the aim asks for by the end of the month
    asked: int | None
    #: year to date a year before; None: nothing is known of that year
    before: int | None

    @property
    def amount(self) -> int:
        """All of the month."""
        return sum(self.by_origin.values())

    @property
    def growth(self) -> float | None:
        """Per cent more than a year before."""
        return (self.to_date / self.before - 1) * 100 if self.before else None

    @property
    def reached(self) -> float | None:
        """Per cent of what was asked for by this month."""
        return self.to_date / self.asked * 100 if self.asked else None


def months_of(year: int, until: int = 12) -> list[int]:
    """YYYYMM from January up to a month."""
    return [year * 100 + number for number in range(1, until + 1)]


def year_lines(
    money: Mapping[tuple[int, str], int],
    year: int,
    until: int,
    origins: Sequence[str],
    aim: Aim | None = None,
) -> tuple[MonthLine, ...]:
    """The months of a year up to ``until`` (1 to 12), from yuan by month and origin."""
    known_before = any(month // 100 == year - 1 for month, _origin in money)
    last_year = sum(yuan for (month, _), yuan in money.items() if month // 100 == year - 1)
    whole = aim.total(last_year if known_before else None) if aim else None
    lines, running, before = [], dict.fromkeys(origins, 0), 0
    for number, month in enumerate(months_of(year, until), 1):
        now = {origin: money.get((month, origin), 0) for origin in origins}
        running = {origin: running[origin] + now[origin] for origin in origins}
        before += sum(money.get((month - 100, origin), 0) for origin in origins)
        lines.append(
            MonthLine(
                month,
                now,
                sum(running.values()),
                dict(running),
                whole * number // 12 if whole is not None else None,
                before if known_before else None,
            )
        )
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class Promptness:
    """How promptly a step is taken (时限办结): in time, late, and still open in time."""

    step: str
    in_time: int
    late: int
    waiting: int
    #: median of the days used by what was taken; None where nothing was
    usual_days: float | None

    @property
    def share(self) -> float | None:
        """Per cent in time among those taken or past their day."""
        due = self.in_time + self.late
        return self.in_time / due * 100 if due else None


def promptness(courses: Iterable[Course], step: str, today: date) -> Promptness:
    """Count one step over many enquiries; what is open and past its day is late."""
    in_time = late = waiting = 0
    used = []
    for course in courses:
        for mark in course.marks:
            if mark.step != step:
                continue
            if mark.done is not None:
                used.append(mark.used(today))
            if mark.late(today):
                late += 1
            elif mark.done is not None:
                in_time += 1
            else:
                waiting += 1
    return Promptness(step, in_time, late, waiting, float(median(used)) if used else None)


def funnel(reached: Mapping[int, Iterable[str]], order: Sequence[str]) -> dict[str, int]:
    """How many projects came at least as far as each stage (各阶段转化).

    ``reached`` has the stages that a project ever stood in; one that leaves a stage out has passed
    it all the same once it stands in a later one.
    """
    place = {stage: at for at, stage in enumerate(order)}
    counts = dict.fromkeys(order, 0)
    for stages in reached.values():
        farthest = max((place[one] for one in stages if one in place), default=-1)
        for stage in order[: farthest + 1]:
            counts[stage] += 1
    return counts
