"""Import a filled sheet (导入分解表): all of it or nothing, faults told cell by cell."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.breakdown.holding import held_sheet, lines_of
from hexi.portal.breakdown.models import Part
from hexi.portal.breakdown.sheet.balancing import text_in
from hexi.portal.breakdown.sheet.cells import columns_of, kept_text, split_name
from hexi.portal.breakdown.sheet.changing import (
    change_cells,
    locked,
    standing_cells,
    touched_since,
)
from hexi.portal.breakdown.sheet.course import Course, course_of
from hexi.portal.breakdown.sheet.fresh import clash, no_cell
from hexi.portal.breakdown.sheet.workbook import Filled
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell

__all__ = ["import_parts"]


def import_parts(
    target_id: int, filled: Filled, name: str, *, by: Person | None, at: datetime
) -> int:
    """Write what the file says; the number of cells that changed."""
    with transaction.atomic():
        require(by, Permission.BREAK_DOWN)
        sheet = held_sheet(target_id, by)
        require(by, Permission.BREAK_DOWN, sheet.whole.unit_path)
        if filled.target != target_id:
            tell([_of_another(name)])
        lines, course = lines_of(sheet), course_of(sheet.whole)
        kept, faults = _kept(filled, lines, course, touched_since(sheet, filled.edit))
        tell(faults)
        changed = change_cells(sheet, lines, kept, by=by, at=at)
        if changed is None:
            tell([_nothing(name)])
            raise AssertionError("nothing to import is told")
        record(
            "import_parts",
            sheet,
            by=by,
            at=at,
            unit_path=sheet.whole.unit_path,
            before=changed.before,
            after={**changed.after, "file": name},
        )
    return len(changed.before)


def _kept(
    filled: Filled, lines: list[Part], course: Course, others: set[str]
) -> tuple[dict[str, str], list[Refusal]]:
    known, now = set(columns_of(course.years)), standing_cells(lines)
    rows = {line.unit.code: line for line in lines}
    kept: dict[str, str] = {}
    faults: list[Refusal] = []
    for cell, value in filled.cells.items():
        unit, column = split_name(cell)
        try:
            if unit not in rows or column not in known:
                if value:
                    raise no_cell()
                continue
            text = kept_text(column, value, course.decimals)
            if not rows[unit].is_open:
                # what is settled stands in the file as it stands here
                if text != kept_text(column, text_in(rows[unit], course, column), course.decimals):
                    tell(locked(rows[unit]))
                continue
            if cell in others and text != now.get(cell, ""):
                raise clash(now.get(cell, ""))
            kept[cell] = text
        except Refusal as refusal:
            faults.append(_placed(refusal, filled.places.get(cell, cell)))
    return kept, faults


def _placed(refusal: Refusal, place: str) -> Refusal:
    return Refusal(
        refusal.code,
        gapped(_("%(place)s: %(message)s"), place=place, message=refusal.message),
        refusal.remedy,
        place=place,
        status=refusal.status,
    )


def _of_another(name: str) -> Refusal:
    return Refusal(
        "of_another_sheet",
        _("The file belongs to the sheet of another target."),
        _("Upload it on the page of that target."),
        file=name,
    )


def _nothing(name: str) -> Refusal:
    return Refusal(
        "nothing_new",
        _("The file says nothing that does not stand in the sheet already."),
        _("Change figures in it, save it, and upload it again."),
        file=name,
    )
