"""May the parts be put to their units? (下达前核对): every rule that stands in the way, at once."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from hexi.portal.breakdown.models import Part
from hexi.portal.breakdown.sheet.balancing import checks_of, figure_of
from hexi.portal.breakdown.sheet.cells import FINAL, cell_name
from hexi.portal.breakdown.sheet.course import Course
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import Refusal, gapped

__all__ = ["faults_of_parts", "finals_of", "has_gap"]


def finals_of(line: Part, course: Course) -> dict[int, str]:
    """What the part brings, year by year."""
    return {year: figure_of(line, course, year) for year in course.years}


def has_gap(course: Course, lines: Sequence[Part]) -> bool:
    """Do the parts fail to give the whole, or can that not be reckoned?"""
    return any(not check.agrees for check in checks_of(course, lines))


def faults_of_parts(
    course: Course, lines: Sequence[Part], chosen: Sequence[Part], reason: str
) -> list[Refusal]:
    """What is missing or does not fit in the parts that are to be put to their units."""
    faults = []
    for line in chosen:
        faults += _missing(line, course)
        faults += _unlike_plan(line, course)
    if not faults and has_gap(course, lines) and not reason.strip():
        faults.append(
            Refusal(
                "parts_unequal",
                _("The parts do not give the whole."),
                _("Spread the gap, or write why it is left."),
                place="reason",
            )
        )
    return faults


def _missing(line: Part, course: Course) -> list[Refusal]:
    empty = [year for year, text in finals_of(line, course).items() if not text]
    return [
        Refusal(
            "no_figure",
            gapped(
                _("%(unit)s has no final figure for %(year)s."),
                unit=name_of(line.unit),
                year=course.labels[year],
            ),
            _("Write one, or take the unit off the sheet."),
            place=cell_name(line.unit.code, f"{year}.{FINAL}"),
        )
        for year in empty
    ]


def _unlike_plan(line: Part, course: Course) -> list[Refusal]:
    """A figure that the plan itself gave the unit is not changed by breaking down."""
    value = course.value_of(finals_of(line, course))
    if not line.adopted or not value or Decimal(value) == Decimal(line.target.value or "NaN"):
        return []
    return [
        Refusal(
            "unlike_plan",
            gapped(
                _("The plan gives %(unit)s %(own)s, the sheet %(value)s."),
                unit=name_of(line.unit),
                own=line.target.value,
                value=value,
            ),
            _("Write the plan's figure, or adjust the unit's target first."),
            place=cell_name(line.unit.code, f"{course.last}.{FINAL}"),
        )
    ]
