"""Have the proposals computed (测算建议数): by share, by capacity, equally, as planned."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.monitoring.goal import Unclear
from hexi.portal.breakdown.holding import held_sheet, lines_of
from hexi.portal.breakdown.models import Breakdown, Method
from hexi.portal.breakdown.said import refusals_of
from hexi.portal.breakdown.sheet.changing import change_cells
from hexi.portal.breakdown.sheet.course import course_of
from hexi.portal.breakdown.sheet.filling import proposals
from hexi.portal.breakdown.sheet.fresh import overtaken
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell

__all__ = ["fill_parts"]


def fill_parts(
    target_id: int, method: str, *, by: Person | None, at: datetime, seen: int | None = None
) -> Breakdown:
    """Write the proposals of every year; the method is remembered."""
    with transaction.atomic():
        require(by, Permission.BREAK_DOWN)
        sheet = held_sheet(target_id, by)
        require(by, Permission.BREAK_DOWN, sheet.whole.unit_path)
        tell([*overtaken(sheet, seen), *_no_method(method)])
        lines, course = lines_of(sheet), course_of(sheet.whole)
        found = proposals(course, lines, method)
        if isinstance(found, Unclear):
            tell(
                refusals_of(found.reasons, _("Fill in what is missing, or choose another method."))
            )
            raise AssertionError("what is unclear has its reasons")
        before = sheet.method
        sheet.method = method
        changed = change_cells(sheet, lines, found, by=by, at=at)
        if changed is None and before != method:
            sheet.save(update_fields=["method"])
        if changed is not None or before != method:
            record(
                "fill_parts",
                sheet,
                by=by,
                at=at,
                unit_path=sheet.whole.unit_path,
                before={**(changed.before if changed else {}), "method": before},
                after={**(changed.after if changed else {}), "method": method},
            )
    return sheet


def _no_method(method: str) -> list[Refusal]:
    if method in Method.values and method != Method.HAND:
        return []
    return [Refusal("no_method", _("There is no such method."), _("Choose one of the list."))]
