"""Portfolio figures of projects (项目库指标): number, money and rates of any set, on any past day.

Definitions, the same for pages, exports and API:

- *held* (在库): entered by the day, not merged into another project, not ended by the day;
- *started* (开工): held, and ever in a stage that the pack marks as started by the day; a suspended
  project that had started stays started;
- *completed* (建成): held, and ever in a stage marked as completed by the day;
- *in production* (投产): held, and ever in the last stage of the way by the day;
- *total* (总投资): as it stands in the record today; unknown totals count as nothing and are told;
- *planned* (年度计划投资): the plan of the day's year;
- *invested* (累计完成投资): monthly progress up to the day's month; *of the year* from January on;
- *start rate* (开工率) = started / number; *completion rate* (建成率) = completed / number;
- *progress* (投资完成率) = invested / total; *progress of the year* (年度投资完成率) = invested in
  the year / planned. Each rate is of two figures that stand beside it, so it can be reckoned again.

Money is in whole yuan and every sum is exact.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction

import numpy as np

from hexi.projects.history import Flags, History, Ints

__all__ = ["Figures", "Histories", "Marks", "Standing", "figures", "figures_by", "standing"]


@dataclass(frozen=True, slots=True)
class Marks:
    """What stages mean, by the code that columns hold them in."""

    started: Flags
    completed: Flags
    producing: Flags
    ended: Flags


@dataclass(frozen=True, slots=True)
class Histories:
    """What happened to all projects: stages by day, plans by year, investment by month."""

    stages: History
    plans: History
    progress: History


@dataclass(frozen=True, slots=True)
class Standing:
    """Where every project stood on a day; one column a fact."""

    day: date
    #: entered by then, though perhaps ended or merged
    entered: Flags
    held: Flags
    #: code of the stage; -1 before it was entered
    stage: Ints
    #: day number since which it stood there
    since: Ints
    started: Flags
    completed: Flags
    producing: Flags
    total: Ints
    total_known: Flags
    planned: Ints
    has_plan: Flags
    invested: Ints
    invested_year: Ints


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one set of projects; money in yuan."""

    number: int
    started: int
    completed: int
    producing: int
    total: int
    #: projects whose total is not known
    without_total: int
    planned: int
    #: projects that have a plan of the year
    with_plan: int
    invested: int
    invested_year: int

    @property
    def start_rate(self) -> Fraction | None:
        """开工率, 0 to 1; None of an empty set."""
        return _share(self.started, self.number)

    @property
    def completion_rate(self) -> Fraction | None:
        """建成率."""
        return _share(self.completed, self.number)

    @property
    def progress(self) -> Fraction | None:
        """投资完成率: of the total investment."""
        return _share(self.invested, self.total)

    @property
    def progress_year(self) -> Fraction | None:
        """年度投资完成率: of the year's plan."""
        return _share(self.invested_year, self.planned)


def standing(histories: Histories, total: Ints, merged: Flags, marks: Marks, day: date) -> Standing:
    """Where every project stood on a day.

    Args:
        histories: of ``n`` projects.
        total: total investment in yuan; negative where unknown.
        merged: projects that are another one's double.
        marks: what the codes of stages mean.
        day: the day.
    """
    at, month = day.toordinal(), day.year * 100 + day.month
    stages = histories.stages
    stage = stages.last(at)
    entered = stage >= 0
    held = entered & ~merged & ~marks.ended[stage]
    known = total >= 0
    plans = histories.plans
    return Standing(
        day=day,
        entered=entered,
        held=held,
        stage=stage,
        since=stages.last_time(at),
        started=held & stages.ever(marks.started, at),
        completed=held & stages.ever(marks.completed, at),
        producing=held & stages.ever(marks.producing, at),
        total=np.where(known, total, 0),
        total_known=known,
        planned=plans.total(day.year, since=day.year),
        has_plan=plans.known(day.year),
        invested=histories.progress.total(month),
        invested_year=histories.progress.total(month, since=day.year * 100 + 1),
    )


def figures(of: Standing, chosen: Flags) -> Figures:
    """The figures of the chosen projects together."""
    rows = np.flatnonzero(chosen)
    return figures_by(of, rows, np.zeros(len(rows), dtype=np.int64), 1)[0]


def figures_by(of: Standing, rows: Ints, groups: Ints, count: int) -> list[Figures]:
    """The figures of each group.

    Args:
        of: where projects stood.
        rows: positions of projects; one that belongs to several groups stands here several times.
        groups: the group (0 … count-1) of each of them.
        count: number of groups; one without projects has zeros.

    Returns:
        One `Figures` a group; projects that were not held count nowhere.
    """
    held = of.held[rows]
    rows, groups = rows[held], groups[held]
    columns: dict[str, Ints | Flags] = {
        "number": np.ones(len(rows), dtype=np.int64),
        "started": of.started[rows],
        "completed": of.completed[rows],
        "producing": of.producing[rows],
        "total": of.total[rows],
        "without_total": ~of.total_known[rows],
        "planned": of.planned[rows],
        "with_plan": of.has_plan[rows],
        "invested": of.invested[rows],
        "invested_year": of.invested_year[rows],
    }
    sums = {name: _sums(column, groups, count) for name, column in columns.items()}
    return [
        Figures(**{field.name: sums[field.name][group] for field in fields(Figures)})
        for group in range(count)
    ]


def _sums(column: Ints | Flags, groups: Ints, count: int) -> list[int]:
    """Exact sums by group: whole numbers are added as such, never as floats."""
    sums = np.zeros(count, dtype=np.int64)
    np.add.at(sums, groups, column.astype(np.int64, copy=False))
    return [int(one) for one in sums]


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None
