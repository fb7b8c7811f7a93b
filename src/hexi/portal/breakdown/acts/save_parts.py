"""Save figures of a breakdown (分解表保存): the cells that were changed, each refused by itself.

Two people who change different cells at once both keep their work; the second to change the same
cell is told what stands there now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from hexi.portal.breakdown.holding import held_sheet, lines_of
from hexi.portal.breakdown.models import Breakdown, Part
from hexi.portal.breakdown.sheet.cells import columns_of, kept_text, split_name
from hexi.portal.breakdown.sheet.changing import (
    change_cells,
    locked,
    standing_cells,
    touched_since,
)
from hexi.portal.breakdown.sheet.course import Course, course_of
from hexi.portal.breakdown.sheet.fresh import clash, no_cell
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require

__all__ = ["Saved", "save_parts"]


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of the cells that were sent."""

    sheet: Breakdown
    lines: list[Part]
    course: Course
    #: cells that stand as sent, with the exact text that is kept
    kept: dict[str, str] = field(default_factory=dict)
    #: cells that were refused, and why
    refused: dict[str, Refusal] = field(default_factory=dict)


def save_parts(
    target_id: int,
    cells: Mapping[str, Any],
    *,
    by: Person | None,
    at: datetime,
    seen: int | None = None,
) -> Saved:
    """Keep the cells (name to value; an empty value empties the cell).

    ``seen`` is the count of changes that the sender knows.
    """
    with transaction.atomic():
        require(by, Permission.BREAK_DOWN)
        sheet = held_sheet(target_id, by)
        require(by, Permission.BREAK_DOWN, sheet.whole.unit_path)
        lines = lines_of(sheet)
        saved = Saved(sheet, lines, course_of(sheet.whole))
        now, others = standing_cells(lines), touched_since(sheet, seen)
        for name, value in cells.items():
            try:
                text = _text(saved.course, lines, name, value)
                if name in others and text != now.get(name, ""):
                    raise clash(now.get(name, ""))
                saved.kept[name] = text
            except Refusal as refusal:
                refusal.place = refusal.place or name
                saved.refused[name] = refusal
        changed = change_cells(sheet, lines, saved.kept, by=by, at=at)
        if changed is not None:
            record(
                "save_parts",
                sheet,
                by=by,
                at=at,
                unit_path=sheet.whole.unit_path,
                before=changed.before,
                after=changed.after,
            )
    return saved


def _text(course: Course, lines: Sequence[Part], name: str, value: Any) -> str:
    unit, column = split_name(name)
    line = next((line for line in lines if line.unit.code == unit), None)
    if line is None or column not in columns_of(course.years):
        raise no_cell()
    for refusal in locked(line):
        raise refusal
    return kept_text(column, value, course.decimals)
