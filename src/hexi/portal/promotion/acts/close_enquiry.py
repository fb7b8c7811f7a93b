"""Close an enquiry (办结线索): nothing more is to be done, and why."""

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

__all__ = ["close_enquiry"]


def close_enquiry(
    enquiry_id: int, text: str, *, day: date | None, by: Person | None, at: datetime
) -> Enquiry:
    """After it was judged; what was refused and fed back is closed with its feedback."""
    with transaction.atomic():
        row = held_enquiry(enquiry_id, by)
        faults = step_faults(row, "close", day, text, at)
        if row.state in (EnquiryState.OPEN, EnquiryState.CLOSED):
            faults.append(
                wrong_state(
                    _("Only an enquiry that was judged is closed, and once."),
                    _("Judge it first."),
                )
            )
        tell(faults)
        assert day is not None
        before, row.state = row.state, EnquiryState.CLOSED.value
        made = enter_step(row, "close", day, text, by=by, at=at)
        record(
            "close_enquiry",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before={"enquiry_state": before},
            after={"enquiry_state": row.state, "text": made.text},
            reason=made.text,
        )
    return row
