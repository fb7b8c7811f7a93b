"""Lamps of projects (项目亮灯): which burn yellow or red on a day, and why, for all at once.

Three rules look at every project that is held, not suspended and not ended:

- *start* (逾期未开工): not started, and the planned month of the start is over; lateness is the
  number of months from that month to this one;
- *behind* (进度滞后): the share of the year's plan that was due by the last month whose progress
  must be in, less the share that was invested, in points. Where no monthly plan is given the year's
  plan falls in equal parts on the months of the year in which work is planned (from the planned
  start to the planned end). What was completed is not looked at;
- *statistics* (未入统): started, and not entered in statistics; lateness is in full months.

The worst rule gives the lamp. A project of which no rule can say anything, because no start is
planned and no plan is set, is grey; one that is suspended or ended is grey too. Comparisons are of
whole yuan and exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import Any

import numpy as np

from hexi.projects.history import Flags, Ints
from hexi.projects.lamps_rules import LampRules

__all__ = ["UNKNOWN", "Facts", "Lamp", "Lamps", "due_month", "lamps", "plan_months"]

#: a day or month that is not known
UNKNOWN = 0
#: yuan beyond which shares cannot be compared exactly
_MOST = 3_000_000_000_000_000


class Lamp(IntEnum):
    """Lamps from the best to the worst; grey says that nothing can be said."""

    GREY = 0
    GREEN = 1
    YELLOW = 2
    RED = 3

    @property
    def word(self) -> str:
        """As it is kept and styled."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at: one column a fact, one row a project."""

    #: held, and neither suspended nor ended
    running: Flags
    started: Flags
    completed: Flags
    #: months as 202611; `UNKNOWN` where not set
    planned_start: Ints
    planned_end: Ints
    #: day numbers; `UNKNOWN` where not set
    actual_start: Ints
    in_statistics: Ints
    #: yuan of the year
    planned: Ints
    has_plan: Flags
    invested: Ints

    @property
    def strange(self) -> Flags:
        """Rows that cannot be judged: sums that no project has."""
        return (abs(self.planned) > _MOST) | (abs(self.invested) > _MOST)


@dataclass(frozen=True, slots=True)
class Lamps:
    """Lamps of all projects on a day, with what each rule saw."""

    day: date
    #: id of the set of rules
    set: str
    facts: Facts
    #: `Lamp` of each project, and what each rule gave: grey where it had nothing to say
    lamp: Ints
    by_rule: dict[str, Ints]
    #: months late of a start and of an entry in statistics
    start_months: Ints
    statistics_months: Ints
    #: of the year's plan: parts due out of so many
    due_parts: Ints
    all_parts: Ints
    #: as the rules say; it names the month that was looked at
    due_day: int

    def reasons(self, row: int) -> list[dict[str, Any]]:
        """Why one project burns: rule, lamp and what the rule saw, the worst first."""
        fired = [(rule, int(found[row])) for rule, found in self.by_rule.items()]
        return [
            {"rule": rule, "lamp": Lamp(lamp).word, "set": self.set, "saw": self._saw(rule, row)}
            for rule, lamp in sorted(fired, key=lambda one: -one[1])
            if lamp >= Lamp.YELLOW
        ]

    def _saw(self, rule: str, row: int) -> dict[str, Any]:
        facts = self.facts
        if rule == "start":
            return {
                "planned": _month_text(int(facts.planned_start[row])),
                "months": int(self.start_months[row]),
            }
        if rule == "statistics":
            return {
                "started": date.fromordinal(int(facts.actual_start[row])).isoformat(),
                "months": int(self.statistics_months[row]),
            }
        planned, invested = int(facts.planned[row]), int(facts.invested[row])
        due, parts = int(self.due_parts[row]), int(self.all_parts[row])
        year, month = due_month(self.day, self.due_day)
        return {
            "year": year,
            "month": _month_text(year * 100 + month),
            "due": _percent(due, parts),
            "done": _percent(invested, planned),
            "points": _percent(due * planned - invested * parts, parts * planned),
        }


def due_month(day: date, due_day: int) -> tuple[int, int]:
    """Year of the plan that is looked at, and the last month whose progress must be in.

    In January of a year nothing of it is due yet: month 0.
    """
    before = day.month - 1 if day.day >= due_day else day.month - 2
    return day.year, max(0, before)


def lamps(facts: Facts, rules: LampRules, set: str, day: date) -> Lamps:
    """The lamps of a day under one set of rules; ``strange`` rows are grey."""
    running = facts.running & ~facts.strange
    start_months = _months_since(facts.planned_start, day)
    waits = running & ~facts.started & (facts.planned_start != UNKNOWN)
    statistics_months = _full_months(facts.actual_start, day)
    counts = running & facts.started & (facts.actual_start != UNKNOWN)
    missing = (facts.in_statistics == UNKNOWN) | (facts.in_statistics > day.toordinal())
    due, parts = _parts(facts, day, rules.due_day)
    judged = running & ~facts.completed & facts.has_plan & (facts.planned > 0) & (due > 0)
    planned = np.where(judged, facts.planned, 0)
    invested = np.where(judged, facts.invested, 0)
    # points · parts · planned / 100, so that nothing is rounded
    gap, whole = 100 * (due * planned - invested * parts), parts * planned
    by_rule = {
        "start": _lamp(
            waits,
            start_months >= rules.start.yellow,
            start_months >= rules.start.red,
        ),
        "behind": _lamp(
            judged,
            gap >= rules.behind.yellow * whole,
            gap > rules.behind.red * whole,
        ),
        "statistics": _lamp(
            counts,
            missing & (statistics_months >= rules.statistics.yellow),
            missing & (statistics_months >= rules.statistics.red),
        ),
    }
    lamp = np.maximum.reduce(list(by_rule.values()))
    return Lamps(
        day=day,
        set=set,
        facts=facts,
        lamp=lamp,
        by_rule=by_rule,
        start_months=start_months,
        statistics_months=statistics_months,
        due_parts=due,
        all_parts=parts,
        due_day=rules.due_day,
    )


def _lamp(judged: Flags, yellow: Flags, red: Flags) -> Ints:
    burning = np.where(red, Lamp.RED, np.where(yellow, Lamp.YELLOW, Lamp.GREEN))
    return np.where(judged, burning, Lamp.GREY).astype(np.int64)


def _months_since(months: Ints, day: date) -> Ints:
    """Calendar months from a month to that of the day; negative where it has not come."""
    here = day.year * 12 + day.month
    return here - (months // 100 * 12 + months % 100)


def _full_months(days: Ints, day: date) -> Ints:
    """Full months from a day to another: from 20 March to 20 April it is one."""
    given = (np.maximum(days, 1) - _EPOCH).astype("datetime64[D]")
    month = given.astype("datetime64[M]")
    in_month = (given - month.astype("datetime64[D]")).astype(np.int64) + 1
    between = day.year * 12 + day.month - 1 - (month.astype(np.int64) + 1970 * 12)
    # the 31st comes round on the last day of a shorter month
    last = (_next_month(day) - timedelta(days=1)).day
    reached = np.minimum(in_month, last) <= day.day
    return np.asarray(between - ~reached)


#: from the first of our era to that of the computer's
_EPOCH = 719_163


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _parts(facts: Facts, day: date, due_day: int) -> tuple[Ints, Ints]:
    """How many of the year's equal parts are due, and how many there are."""
    year, month = due_month(day, due_day)
    begin = facts.planned_start
    first, last = plan_months(begin, facts.planned_end, year)
    parts = last - first + 1
    due = np.clip(month - first + 1, 0, parts)
    # of work that is planned for a later year nothing is due
    return np.where(begin // 100 > year, 0, due), parts


def plan_months(begin: Ints, end: Ints, year: int) -> tuple[Ints, Ints]:
    """First and last month (1 to 12) on which a plan of the year falls in equal parts.

    ``begin`` and ``end`` are the planned months of the work as 202607, ``UNKNOWN`` where not set;
    days that leave no month of the year give the whole year.
    """
    first = np.where(begin // 100 == year, begin % 100, 1)
    last = np.where(end // 100 == year, end % 100, 12)
    whole = last < first
    return np.where(whole, 1, first), np.where(whole, 12, last)


def _percent(part: int, whole: int) -> str:
    """One decimal, halves up; a whole one without it."""
    tenths = (2000 * part + whole) // (2 * whole)
    text = f"{tenths // 10}.{tenths % 10}"
    return text.removesuffix(".0")


def _month_text(month: int) -> str:
    return f"{month // 100}-{month % 100:02}"
