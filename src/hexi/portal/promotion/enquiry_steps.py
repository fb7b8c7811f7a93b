"""Taking a step on an enquiry (线索办理): what every such act checks and writes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.core.roles import Permission
from hexi.portal.promotion.enquiry_clock import renew
from hexi.portal.promotion.entry import checked_day
from hexi.portal.promotion.holding import held
from hexi.portal.promotion.models import Enquiry, EnquiryStep
from hexi.portal.returns.form_book import day_of

__all__ = ["enter_step", "held_enquiry", "step_faults", "wrong_state"]


def held_enquiry(enquiry_id: int, by: Person | None, seen: int | None = None) -> Enquiry:
    """The enquiry, locked, for who may promote in its unit."""
    return held(
        Enquiry, enquiry_id, by, Permission.PROMOTE, seen=seen,
        also=("unit", "project__unit", "wanted", "agent", "activity"),
    )  # fmt: skip


def step_faults(
    row: Enquiry, kind: str, day: date | None, text: str, at: datetime, *, wants_text: bool = True
) -> list[Refusal]:
    """What is wrong with the day and the words of a step."""
    found: list[Refusal] = []
    if day is None:
        found.append(
            Refusal("day_missing", _("The day is missing."), _("Write the day."), place="day")
        )
    else:
        try:
            checked_day(day, day_of(at))
        except Refusal as refusal:
            found.append(refusal)
        last = row.steps.order_by("-day").values_list("day", flat=True).first()
        least = max(row.received, last) if last and kind != "answer" else row.received
        if day < least:
            found.append(
                Refusal(
                    "day_before",
                    gapped(_("%(day)s lies before the step that came last."), day=day.isoformat()),
                    gapped(_("Write a day from %(least)s on."), least=least.isoformat()),
                    place="day",
                )
            )
    if wants_text and not text.strip():
        found.append(
            Refusal(
                "text_missing",
                _("It is not said what was done."),
                _("Write what was said and to whom."),
                place="text",
            )
        )
    if len(text) > 4000:
        found.append(
            Refusal(
                "too_long",
                gapped(_("The text is longer than %(n)d characters."), n=4000),
                _("Shorten it."),
                place="text",
            )
        )
    return found


def wrong_state(message: Any, remedy: Any) -> Refusal:
    """The enquiry is past this step, or not there yet."""
    return Refusal("wrong_state", message, remedy, status=409)


def enter_step(
    row: Enquiry, kind: str, day: date, text: str, *, by: Person | None, at: datetime
) -> EnquiryStep:
    """Write the step and what is due next; inside the transaction of the act."""
    made = EnquiryStep.objects.create(
        enquiry=row, kind=kind, day=day, text=text.strip(), by_name=by.name if by else "", at=at
    )
    row.version += 1
    renew(row)
    row.save()
    return made
