"""Answer an enquiry (答复线索): the first word back to who asked, within a day."""

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
from hexi.portal.promotion.models import Enquiry

__all__ = ["answer_enquiry"]


def answer_enquiry(
    enquiry_id: int, text: str, *, day: date | None, by: Person | None, at: datetime
) -> Enquiry:
    """Say what was answered, and on which day; an enquiry is answered once."""
    with transaction.atomic():
        row = held_enquiry(enquiry_id, by)
        faults = step_faults(row, "answer", day, text, at)
        if row.steps.filter(kind="answer").exists():
            faults.append(
                wrong_state(
                    _("The enquiry has been answered."),
                    _("Write what follows as feedback or follow-up."),
                )
            )
        tell(faults)
        assert day is not None
        made = enter_step(row, "answer", day, text, by=by, at=at)
        record(
            "answer_enquiry",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            after={"day": day.isoformat(), "text": made.text},
        )
    return row
