"""Ask experts on an enquiry (专家研判): the limit of the judgement becomes the longer one."""

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

__all__ = ["ask_experts"]


def ask_experts(
    enquiry_id: int, text: str, *, day: date | None, by: Person | None, at: datetime
) -> Enquiry:
    """Say whom and what; once, before it is judged."""
    with transaction.atomic():
        row = held_enquiry(enquiry_id, by)
        faults = step_faults(row, "experts", day, text, at)
        if row.state != EnquiryState.OPEN or row.steps.filter(kind="experts").exists():
            faults.append(
                wrong_state(
                    _("Experts have been asked, or the enquiry has been judged."),
                    _("Look at the steps below."),
                )
            )
        tell(faults)
        assert day is not None
        made = enter_step(row, "experts", day, text, by=by, at=at)
        record(
            "ask_experts",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            after={"day": day.isoformat(), "text": made.text},
        )
    return row
