"""Holding rows while an act works on them (办理加锁): one act at a time on one sheet or target.

Only acts call these, inside their transaction; what is out of the person's scope is not there.
"""

from __future__ import annotations

from hexi.portal.breakdown.models import Breakdown, Part
from hexi.portal.core.models import Person
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.scope import one_visible
from hexi.portal.scoreboard.models import MonitoredTarget

__all__ = ["held_part", "held_sheet", "held_target", "lines_of", "one_part", "one_sheet"]

_WITH = ("unit", "plan__unit", "parent__unit", "parent__plan__unit", "body", "person")


def held_target(target_id: int, person: Person | None) -> MonitoredTarget:
    """The target, kept until the transaction ends."""
    one_visible(MonitoredTarget.objects.all(), person, pk=target_id)
    MonitoredTarget.objects.select_for_update(of=("self",)).filter(pk=target_id).first()
    found: MonitoredTarget = MonitoredTarget.objects.select_related(*_WITH).get(pk=target_id)
    return found


def one_sheet(target_id: int, person: Person | None) -> Breakdown:
    """The sheet of a target, for reading."""
    rows = Breakdown.objects.visible_to(person).select_related("whole__unit", "whole__plan__unit")
    sheet = rows.filter(whole=target_id).first()
    if sheet is None:
        raise NotFound
    return sheet


def held_sheet(target_id: int, person: Person | None) -> Breakdown:
    """The sheet of a target, kept until the transaction ends."""
    sheet = one_sheet(target_id, person)
    Breakdown.objects.select_for_update(of=("self",)).filter(pk=sheet.pk).first()
    return one_sheet(target_id, person)


def lines_of(sheet: Breakdown) -> list[Part]:
    """The lines of a sheet, in order."""
    return list(sheet.parts.select_related("unit", "target").order_by("order", "pk"))


def one_part(part_id: int, person: Person | None) -> Part:
    """A part, for reading."""
    rows = Part.objects.visible_to(person).select_related(
        "unit", "breakdown__whole__unit", "breakdown__whole__plan__unit",
        *(f"target__{way}" for way in _WITH),
    )  # fmt: skip
    part = rows.filter(pk=part_id).first()
    if part is None:
        raise NotFound
    return part


def held_part(part_id: int, person: Person | None) -> Part:
    """A part, its sheet and its target, kept until the transaction ends."""
    part = one_part(part_id, person)
    Breakdown.objects.select_for_update(of=("self",)).filter(pk=part.breakdown_id).first()
    MonitoredTarget.objects.select_for_update(of=("self",)).filter(pk=part.target_id).first()
    return one_part(part_id, person)
