"""Do the parts give the whole? (分解平衡): year by year, as the engine reckons it.

What an accepted part counts for is its target as it stands today, adjusted or not; what an open
one counts for is the figure that is to be put to its unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hexi.monitoring.goal import Goal, Unclear
from hexi.monitoring.paths import Balance, check_parts
from hexi.monitoring.paths.balance import Makeup, makeup_of
from hexi.portal.breakdown.models import Part, PartState
from hexi.portal.breakdown.said import texts_of
from hexi.portal.breakdown.sheet.cells import BASE, FINAL, WEIGHT, text_of
from hexi.portal.breakdown.sheet.course import Course
from hexi.portal.core.names import name_of

__all__ = [
    "Check",
    "balance_in",
    "checks_of",
    "figure_of",
    "makeup",
    "numbers_of",
    "rest_of",
    "text_in",
]


@dataclass(frozen=True, slots=True)
class Check:
    """One year of the sheet, as the page says it."""

    year: int
    label: str
    whole: str
    #: what the parts come to; empty where that cannot be reckoned
    total: str
    gap: str
    agrees: bool
    #: has every unit a figure?
    complete: bool
    #: the words for it
    said: str
    #: is a gap left that can be spread?
    spreadable: bool


def makeup(course: Course) -> Makeup:
    """How the whole is made of its parts: added up, weighted, grown, or not at all."""
    return "none" if isinstance(course.goal, Unclear) else makeup_of(course.goal)


def figure_of(line: Part, course: Course, year: int) -> str:
    """What a part brings in a year, as decimal text; empty where nothing is settled."""
    if line.state != PartState.ACCEPTED:
        return str(line.figures.get(f"{year}.{FINAL}", ""))
    target = line.target
    if year == course.last and not course.adds_up:
        return text_of(Decimal(target.value), course.decimals) if target.value else ""
    return str(target.path.get(str(year), ""))


def text_in(line: Part, course: Course, column: str) -> str:
    """What stands in a column of the sheet for a part; its settled figure where it is settled."""
    year, _dot, kind = column.rpartition(".")
    if kind == FINAL and year.isdecimal():
        return figure_of(line, course, int(year))
    return str(line.figures.get(column, ""))


def numbers_of(lines: Sequence[Part], column: str) -> dict[str, float]:
    """A column of the sheet by the names of units, where it is filled."""
    return {
        name_of(line.unit): float(line.figures[column]) for line in lines if column in line.figures
    }


def balance_in(course: Course, lines: Sequence[Part], year: int) -> Balance | Unclear:
    """The parts of one year against the whole."""
    goal = course.goal_in(year)
    if isinstance(goal, Unclear):
        return goal
    parts = {
        name_of(line.unit): float(text) if (text := figure_of(line, course, year)) else None
        for line in lines
    }
    return check_parts(
        goal, parts, bases=numbers_of(lines, BASE), weights=numbers_of(lines, WEIGHT)
    )


def checks_of(course: Course, lines: Sequence[Part]) -> list[Check]:
    """Every year of the sheet."""
    return [_check(course, lines, year) for year in course.years]


def rest_of(goal: Goal, fixed: Mapping[str, Decimal], kind: Makeup, decimals: int) -> Goal:
    """The goal less what other parts have settled already, where parts add up."""
    if kind != "sum" or not fixed:
        return goal
    left = Decimal(text_of(Decimal(repr(goal.line)), decimals)) - sum(fixed.values(), Decimal(0))
    return replace(goal, line=float(left), printed=f"{left}{goal.measure_unit}", decimals=decimals)


def _check(course: Course, lines: Sequence[Part], year: int) -> Check:
    found = balance_in(course, lines, year)
    whole, label = course.figures[year], course.labels[year]
    if isinstance(found, Unclear):
        said = " ".join(texts_of(found.reasons))
        return Check(year, label, whole, "", "", False, True, said, False)
    places = course.decimals + (0 if makeup(course) == "sum" else 2)
    gap = Decimal(repr(found.gap))
    return Check(
        year=year,
        label=label,
        whole=whole,
        total=text_of(Decimal(repr(found.total)), places) if lines else "",
        gap="" if found.agrees else text_of(gap, places),
        agrees=found.agrees,
        complete=not found.missing,
        said=" ".join(texts_of([found.remark])),
        spreadable=not found.agrees and makeup(course) == "sum" and any(x.is_open for x in lines),
    )
