"""Take over what was negotiated (采用协商数): final figures become the negotiated ones.

Where nothing was negotiated the proposal stands.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from hexi.portal.breakdown.holding import held_sheet, lines_of
from hexi.portal.breakdown.models import Breakdown
from hexi.portal.breakdown.sheet.changing import change_cells
from hexi.portal.breakdown.sheet.course import course_of
from hexi.portal.breakdown.sheet.filling import settled
from hexi.portal.breakdown.sheet.fresh import overtaken
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell

__all__ = ["settle_parts"]


def settle_parts(
    target_id: int, *, by: Person | None, at: datetime, seen: int | None = None
) -> Breakdown:
    """Write the final figures of the open parts."""
    with transaction.atomic():
        require(by, Permission.BREAK_DOWN)
        sheet = held_sheet(target_id, by)
        require(by, Permission.BREAK_DOWN, sheet.whole.unit_path)
        tell(overtaken(sheet, seen))
        lines = lines_of(sheet)
        changed = change_cells(sheet, lines, settled(course_of(sheet.whole), lines), by=by, at=at)
        if changed is not None:
            record(
                "settle_parts",
                sheet,
                by=by,
                at=at,
                unit_path=sheet.whole.unit_path,
                before=changed.before,
                after=changed.after,
            )
    return sheet
