"""Figures that are reckoned (分解测算): proposals by a method, and spreading what is left over.

Parts that lie with their units or were accepted keep their figures; the rest of the whole is
reckoned over the open ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from hexi.monitoring.goal import Unclear
from hexi.monitoring.paths import Breakdown, by_capacity, by_share, negotiated
from hexi.monitoring.reasons import because
from hexi.monitoring.verdicts import Remark
from hexi.portal.breakdown.models import Method, Part
from hexi.portal.breakdown.sheet.balancing import figure_of, makeup, numbers_of, rest_of
from hexi.portal.breakdown.sheet.cells import (
    BASE,
    CAPACITY,
    FINAL,
    NEGOTIATED,
    PROPOSED,
    WEIGHT,
    cell_name,
    text_of,
)
from hexi.portal.breakdown.sheet.course import Course
from hexi.portal.core.names import name_of

__all__ = ["proposals", "settled", "spread"]

Cells = dict[str, str]


def proposals(course: Course, lines: Sequence[Part], method: str) -> Cells | Unclear:
    """Proposed figures of every year for the open parts. A final figure that was the proposal
    of before follows it; one that people wrote stays."""
    open_ = [line for line in lines if line.is_open]
    cells: Cells = {}
    for year in course.years:
        found = _own(course, open_, year) if method == Method.PLAN else None
        if found is None:
            reckoned = _reckoned(course, lines, open_, method, year)
            if isinstance(reckoned, Unclear):
                return reckoned
            found = reckoned
        for line in open_:
            new = found.get(name_of(line.unit), "")
            if not new and method == Method.PLAN:
                continue
            code, figures = line.unit.code, line.figures
            before = figures.get(f"{year}.{PROPOSED}", "")
            cells[cell_name(code, f"{year}.{PROPOSED}")] = new
            if figures.get(f"{year}.{FINAL}", "") in ("", before):
                cells[cell_name(code, f"{year}.{FINAL}")] = new
    return cells


def settled(course: Course, lines: Sequence[Part]) -> Cells:
    """Final figures as they came out of the talks: what was negotiated, else what was proposed."""
    cells: Cells = {}
    for line in lines:
        for year in course.years if line.is_open else ():
            text = line.figures.get(f"{year}.{NEGOTIATED}") or line.figures.get(
                f"{year}.{PROPOSED}"
            )
            if text:
                cells[cell_name(line.unit.code, f"{year}.{FINAL}")] = text
    return cells


def spread(course: Course, lines: Sequence[Part], year: int) -> Cells | Unclear:
    """Final figures of a year with the gap shared out: over the open parts without a figure in
    proportion to their bases, over all open parts in proportion to their figures where none is."""
    goal = course.goal_in(year)
    if isinstance(goal, Unclear):
        return goal
    open_ = [line for line in lines if line.is_open]
    rest = rest_of(goal, _fixed(course, lines, year), makeup(course), course.decimals)
    numbers = {
        name_of(line.unit): Decimal(text) if (text := figure_of(line, course, year)) else None
        for line in open_
    }
    found = negotiated(
        rest, numbers_of(open_, BASE), numbers, spread=True, decimals=course.decimals
    )
    if isinstance(found, Unclear):
        return found
    texts = _texts(found, course.decimals)
    return {
        cell_name(line.unit.code, f"{year}.{FINAL}"): texts[name_of(line.unit)]
        for line in open_
        if texts.get(name_of(line.unit))
    }


def _own(course: Course, open_: Sequence[Part], year: int) -> Cells:
    """What the plan itself gives the units, for the year that the target is due in."""
    return {name_of(line.unit): _as_printed(line, course, year) for line in open_ if line.adopted}


def _as_printed(line: Part, course: Course, year: int) -> str:
    text = line.target.path.get(str(year), "")
    if not text and year == course.last and not course.adds_up:
        text = line.target.value
    return text_of(Decimal(text), course.decimals) if text else ""


def _reckoned(
    course: Course, lines: Sequence[Part], open_: Sequence[Part], method: str, year: int
) -> Cells | Unclear:
    goal = course.goal_in(year)
    if isinstance(goal, Unclear):
        return goal
    kind = makeup(course)
    over = open_ if kind == "sum" else lines
    rest = rest_of(goal, _fixed(course, lines, year), kind, course.decimals)
    bases, weights = numbers_of(over, BASE), numbers_of(over, WEIGHT) or None
    if method == Method.EQUAL and kind != "sum":
        same = text_of(Decimal(repr(goal.line)), course.decimals)
        return {name_of(line.unit): same for line in over}
    if method == Method.CAPACITY:
        capacities = {name_of(line.unit): 0.0 for line in over} | numbers_of(over, CAPACITY)
        found = by_capacity(rest, bases, capacities, weights=weights, decimals=course.decimals)
    elif method == Method.EQUAL:
        equal = {name_of(line.unit): 1.0 for line in over}
        found = by_share(rest, equal, weights=weights, decimals=course.decimals)
    elif lacking := _lacking(over, bases):
        return Unclear(goal.id, lacking)
    else:
        found = by_share(rest, bases, weights=weights, decimals=course.decimals)
    return found if isinstance(found, Unclear) else _texts(found, course.decimals)


def _lacking(lines: Sequence[Part], bases: Mapping[str, float]) -> tuple[Remark, ...]:
    """A share cannot be reckoned where a base is missing: it says whose."""
    names = [name_of(line.unit) for line in lines if name_of(line.unit) not in bases]
    return (because("bases_needed", units="、".join(names)),) if names else ()


def _fixed(course: Course, lines: Sequence[Part], year: int) -> dict[str, Decimal]:
    return {
        name_of(line.unit): Decimal(text)
        for line in lines
        if not line.is_open and (text := figure_of(line, course, year))
    }


def _texts(found: Breakdown, decimals: int) -> Cells:
    return {
        part.unit: "" if part.value is None else text_of(part.value, decimals)
        for part in found.parts
    }
