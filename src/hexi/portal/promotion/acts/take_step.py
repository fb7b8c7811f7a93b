"""Take a step on an enquiry (办理线索): answer, ask experts, feed back, follow up, close."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.told import tell
from hexi.portal.promotion.enquiry_steps import (
    STEPS,
    enter_step,
    held_enquiry,
    step_faults,
    wrong_state,
)
from hexi.portal.promotion.models import Enquiry

__all__ = ["take_step"]


def take_step(
    enquiry_id: int, kind: str, text: str, *, day: date | None, by: Person | None, at: datetime
) -> Enquiry:
    """Say what was said or done, and on which day; ``kind`` is one of ``enquiry_steps.STEPS``."""
    if kind not in STEPS:
        raise NotFound
    step = STEPS[kind]
    with transaction.atomic():
        row = held_enquiry(enquiry_id, by)
        faults = step_faults(row, kind, day, text, at)
        if not step.allowed(row.state, kind, set(row.steps.values_list("kind", flat=True))):
            faults.append(wrong_state(step.message, step.remedy))
        tell(faults)
        assert day is not None
        before = row.state
        if step.to is not None:
            row.state = step.to.value
        made = enter_step(row, kind, day, text, by=by, at=at)
        moved = step.to is not None
        record(
            step.verb,
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before={"enquiry_state": before} if moved else None,
            after={
                **({"enquiry_state": row.state} if moved else {}),
                "day": day.isoformat(),
                "text": made.text,
            },
            reason=made.text if moved else "",
        )
    return row
