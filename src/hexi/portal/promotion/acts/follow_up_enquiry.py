"""Follow up an enquiry (跟进线索): every two weeks what came of it, until it is signed or ended."""

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

__all__ = ["follow_up_enquiry"]


def follow_up_enquiry(
    enquiry_id: int, text: str, *, day: date | None, by: Person | None, at: datetime
) -> Enquiry:
    """Say what was told or done, and on which day."""
    with transaction.atomic():
        row = held_enquiry(enquiry_id, by)
        faults = step_faults(row, "follow_up", day, text, at)
        told = row.steps.filter(kind="feedback").exists()
        if row.state != EnquiryState.ACCEPTED or not told:
            faults.append(
                wrong_state(
                    _("Only what was accepted and fed back is followed up."), _("Feed back first.")
                )
            )
        tell(faults)
        assert day is not None
        made = enter_step(row, "follow_up", day, text, by=by, at=at)
        record(
            "follow_up_enquiry",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            after={"day": day.isoformat(), "text": made.text},
        )
    return row
