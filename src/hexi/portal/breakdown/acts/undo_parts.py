"""Take the last change of a draft back (撤销): the cells stand again as they did before it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.breakdown.holding import held_sheet, lines_of
from hexi.portal.breakdown.models import Breakdown, Part
from hexi.portal.breakdown.sheet.cells import split_name
from hexi.portal.breakdown.sheet.changing import change_cells
from hexi.portal.breakdown.sheet.fresh import overtaken
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell

__all__ = ["undo_parts"]


def undo_parts(
    target_id: int, *, by: Person | None, at: datetime, seen: int | None = None
) -> Breakdown:
    """One step back; again takes the step before it back."""
    with transaction.atomic():
        officer = require(by, Permission.BREAK_DOWN)
        sheet = held_sheet(target_id, by)
        require(by, Permission.BREAK_DOWN, sheet.whole.unit_path)
        lines = lines_of(sheet)
        tell([*overtaken(sheet, seen), *_faults(sheet, lines, officer)])
        step = sheet.past[-1]
        sheet.past = sheet.past[:-1]
        changed = change_cells(sheet, lines, step["before"], by=by, at=at, keep=False)
        if changed is None:
            sheet.save(update_fields=["past"])
        record(
            "undo_parts",
            sheet,
            by=by,
            at=at,
            unit_path=sheet.whole.unit_path,
            before=changed.before if changed else {},
            after=changed.after if changed else {"edit": sheet.edit},
        )
    return sheet


def _faults(sheet: Breakdown, lines: list[Part], officer: Person) -> list[Refusal]:
    if not sheet.past:
        return [
            Refusal(
                "nothing_to_undo",
                _("There is no change to take back."),
                _("Write the figures as they should be."),
                status=409,
            )
        ]
    step = sheet.past[-1]
    faults = []
    if step["who"] != officer.pk:
        faults.append(
            Refusal(
                "of_another",
                _("The last change was made by somebody else."),
                _("Speak with them, or write the figures as they should be."),
                status=409,
            )
        )
    open_units = {line.unit.code for line in lines if line.is_open}
    if {split_name(name)[0] for name in step["before"]} - open_units:
        faults.append(
            Refusal(
                "part_proposed",
                _("A part that the change touched lies with its unit, or has left the sheet."),
                _("Take the proposal back first, with the reason."),
                status=409,
            )
        )
    return faults
