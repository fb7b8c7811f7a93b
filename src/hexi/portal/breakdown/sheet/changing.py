"""Changing figures of a sheet (分解表改数): the one way in, whether typed, computed or imported.

Each change counts once and remembers what stood before; its act leaves the event. Figures of a part
that has been put to its unit or accepted do not change here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from hexi.portal.breakdown.models import Breakdown, Part
from hexi.portal.breakdown.sheet.cells import cell_name, split_name
from hexi.portal.core.models import Event, Person
from hexi.portal.core.record import SYSTEM
from hexi.portal.core.refusal import Refusal

__all__ = ["Changed", "change_cells", "locked", "standing_cells", "touched_since"]

#: steps back that a draft keeps
_STEPS = 30


@dataclass(frozen=True, slots=True)
class Changed:
    """Cells as they stood and as they stand now, for the event of the act."""

    before: dict[str, Any]
    after: dict[str, Any]


def standing_cells(lines: Sequence[Part]) -> dict[str, str]:
    """Every filled cell by name."""
    return {
        cell_name(line.unit.code, column): text
        for line in lines
        for column, text in line.figures.items()
    }


def locked(line: Part) -> list[Refusal]:
    """Why the figures of a line cannot be written; nothing where they can."""
    if line.is_open:
        return []
    return [
        Refusal(
            "part_accepted",
            _("The unit has accepted its part."),
            _("Change it by adjusting the target."),
            status=409,
        )
        if line.state == "accepted"
        else Refusal(
            "part_proposed",
            _("The part lies with the unit, which has not answered yet."),
            _("Take the proposal back first, with the reason."),
            status=409,
        )
    ]


def change_cells(
    sheet: Breakdown,
    lines: Sequence[Part],
    changes: Mapping[str, str],
    *,
    by: Person | None,
    at: datetime,
    keep: bool = True,
) -> Changed | None:
    """Write the cells (name to kept text) that differ; None where none does.

    ``keep`` is False only for a step back, which is not itself stepped back over.
    """
    now = standing_cells(lines)
    new = {name: text for name, text in changes.items() if text != now.get(name, "")}
    if not new:
        return None
    before = {name: now.get(name, "") for name in new}
    rows = {line.unit.code: line for line in lines}
    touched = set()
    for name, text in new.items():
        unit, column = split_name(name)
        if text:
            rows[unit].figures[column] = text
        else:
            rows[unit].figures.pop(column, None)
        touched.add(unit)
    for unit in touched:
        rows[unit].save(update_fields=["figures"])
    sheet.edit += 1
    sheet.changed_at = at
    if keep:
        who = {"who": by.pk if by else None, "name": by.name if by else SYSTEM}
        step = {**who, "edit": sheet.edit, "at": at.isoformat(), "before": before}
        sheet.past = [*sheet.past, step][-_STEPS:]
    sheet.save()
    return Changed(before, {**new, "edit": sheet.edit})


def touched_since(sheet: Breakdown, seen: int | None) -> set[str]:
    """Cells that were changed after the count that the sender knows."""
    if seen is None or seen >= sheet.edit:
        return set()
    events = Event.objects.filter(object_type="breakdown", object_id=str(sheet.pk)).order_by("-id")
    return {
        name
        for event in events[: (sheet.edit - seen) + 50]
        if event.after.get("edit", 0) > seen
        for name in event.after
        if "/" in name
    }
