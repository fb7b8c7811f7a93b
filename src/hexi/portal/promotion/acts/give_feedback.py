"""Feed back on an enquiry (反馈线索): tell who asked how it was judged."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.told import tell
from hexi.portal.promotion.enquiry_steps import (
    enter_step,
    held_enquiry,
    step_faults,
    wrong_state,
)
from hexi.portal.promotion.models import Enquiry, EnquiryState

__all__ = ["give_feedback"]


def give_feedback(
    enquiry_id: int, text: str, *, day: date | None, by: Person | None, at: datetime
) -> Enquiry:
    """Say what was told or done, and on which day."""
    with transaction.atomic():
        row = held_enquiry(enquiry_id, by)
        faults = step_faults(row, "feedback", day, text, at)
        told = row.steps.filter(kind="feedback").exists()
        if row.state == EnquiryState.OPEN or told:
            faults.append(
                wrong_state(
                    _("It was not judged yet, or has been fed back."),
                    _("Judge it first; later words are follow-up."),
                )
            )
        tell(faults)
        assert day is not None
        made = enter_step(row, "feedback", day, text, by=by, at=at)
        record(
            "give_feedback",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            after={"day": day.isoformat(), "text": made.text},
        )
    return row
