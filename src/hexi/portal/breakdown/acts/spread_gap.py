"""Spread the gap (差额分摊): what the parts leave over is shared out over the open ones."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.monitoring.goal import Unclear
from hexi.portal.breakdown.holding import held_sheet, lines_of
from hexi.portal.breakdown.models import Breakdown
from hexi.portal.breakdown.said import refusals_of
from hexi.portal.breakdown.sheet.balancing import makeup
from hexi.portal.breakdown.sheet.changing import change_cells
from hexi.portal.breakdown.sheet.course import Course, course_of
from hexi.portal.breakdown.sheet.filling import spread
from hexi.portal.breakdown.sheet.fresh import overtaken
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell

__all__ = ["spread_gap"]


def spread_gap(
    target_id: int,
    year: int | None = None,
    *,
    by: Person | None,
    at: datetime,
    seen: int | None = None,
) -> Breakdown:
    """Share the gap out in one year, or in every year where none is named."""
    with transaction.atomic():
        require(by, Permission.BREAK_DOWN)
        sheet = held_sheet(target_id, by)
        require(by, Permission.BREAK_DOWN, sheet.whole.unit_path)
        lines, course = lines_of(sheet), course_of(sheet.whole)
        tell([*overtaken(sheet, seen), *_faults(course, year)])
        cells: dict[str, str] = {}
        for one in course.years if year is None else (year,):
            found = spread(course, lines, one)
            if isinstance(found, Unclear):
                tell(refusals_of(found.reasons, _("Fill in what is missing.")))
                raise AssertionError("what is unclear has its reasons")
            cells |= found
        changed = change_cells(sheet, lines, cells, by=by, at=at)
        if changed is not None:
            record(
                "spread_gap",
                sheet,
                by=by,
                at=at,
                unit_path=sheet.whole.unit_path,
                before=changed.before,
                after=changed.after,
            )
    return sheet


def _faults(course: Course, year: int | None) -> list[Refusal]:
    if year is not None and year not in course.years:
        return [Refusal("no_year", _("The sheet has no such year."), _("Choose one of its years."))]
    if makeup(course) == "sum":
        return []
    return [
        Refusal(
            "no_sum",
            _("The parts of this target do not add up, so a gap cannot be shared out over them."),
            _("Change the figures of single units until their mean gives the whole."),
        )
    ]
