"""Accept a part (认领分解指标): the lower unit takes it on, once; from then on it is its target."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from hexi.portal.breakdown.answering import answered
from hexi.portal.breakdown.models import Part, PartState
from hexi.portal.breakdown.path_drawing import BY_HAND
from hexi.portal.breakdown.sheet.cells import BASE
from hexi.portal.breakdown.sheet.course import Course, course_of
from hexi.portal.breakdown.sheet.proposing import finals_of
from hexi.portal.core.models import Person
from hexi.portal.core.record import SYSTEM, record
from hexi.portal.core.told import tell
from hexi.portal.scoreboard.models import TargetState

__all__ = ["accept_part"]


def accept_part(part_id: int, *, by: Person | None, at: datetime, seen: str = "") -> Part:
    """Take the part on; ``seen`` is the moment of the proposal that the page showed."""
    with transaction.atomic():
        part, faults = answered(part_id, by, seen)
        tell(faults)
        course, before = course_of(part.breakdown.whole), part.card()
        _take_on(part, course, by.name if by else SYSTEM, at)
        part.state = PartState.ACCEPTED
        part.decided_at, part.decided_by = at, by.name if by else SYSTEM
        part.version = part.target.version
        part.save()
        record(
            "accept_part",
            part,
            by=by,
            at=at,
            unit_path=part.unit.path,
            before=before,
            after={
                **part.card(),
                "plan": part.target.plan_id,
                "value": f"{part.target.value}{part.target.measure_unit}",
            },
        )
    return part


def _take_on(part: Part, course: Course, name: str, at: datetime) -> None:
    """The part's target becomes the unit's own, with the years of the sheet as its path."""
    target, finals = part.target, finals_of(part, course)
    if not part.adopted:
        target.value = course.value_of(finals)
    if not target.base and part.figures.get(BASE):
        # what the unit starts from was settled on the sheet
        target.base = part.figures[BASE]
        target.base_period = target.base_period or part.breakdown.whole.base_period
    if course.agreed:
        target.path = {str(year): text for year, text in finals.items()}
        target.path_shape = BY_HAND
        target.seasonal = part.breakdown.whole.seasonal
    target.parent = part.breakdown.whole
    target.state = TargetState.ACCEPTED
    target.accepted_at, target.accepted_by, target.changed_at = at, name, at
    target.save()
