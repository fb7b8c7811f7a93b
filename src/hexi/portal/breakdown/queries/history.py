"""What was done to a sheet, a part, a duty (分解记录): their events as sentences, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q

from hexi.portal.breakdown.models import Breakdown, Part
from hexi.portal.core.event_lines import EventLine, event_lines
from hexi.portal.core.models import Event

__all__ = ["part_history", "sheet_history"]

_MOST = 20
#: acts whose figures would fill a page: they are counted, not listed
_FIGURES = ("save_parts", "fill_parts", "settle_parts", "spread_gap", "import_parts", "undo_parts")


def sheet_history(sheet: Breakdown, lines: Sequence[Part]) -> list[EventLine]:
    """Everything that was done to the sheet and to its parts."""
    parts = Q(object_type="part", object_id__in=[str(line.pk) for line in lines])
    own = Q(object_type="breakdown", object_id=str(sheet.pk))
    return event_lines(_brief(Event.objects.filter(parts | own).order_by("-id")[:_MOST]))


def part_history(part: Part) -> list[EventLine]:
    """What was done to a part, and to the duty for its target; the sheet's figures stay there."""
    own = Q(object_type="part", object_id=str(part.pk))
    target = Q(object_type="monitoredtarget", object_id=str(part.target_id))
    return event_lines(Event.objects.filter(own | target).order_by("-id")[:_MOST])


def _brief(rows: Iterable[Event]) -> list[Event]:
    """Changes of figures without their cells, which stand on the sheet."""
    events = list(rows)
    for event in events:
        if event.act in _FIGURES:
            cells = [name for name in event.before if "/" in name]
            event.before = {}
            event.after = {"cells": f"{len(cells)}"}
    return events
