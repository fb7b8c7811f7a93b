"""Taking a step on an enquiry (线索办理): what each kind asks for, is checked for and writes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.core.roles import Permission
from hexi.portal.promotion.enquiry_clock import renew
from hexi.portal.promotion.entry import checked_day
from hexi.portal.promotion.holding import held
from hexi.portal.promotion.models import Enquiry, EnquiryState, EnquiryStep
from hexi.portal.returns.form_book import day_of

__all__ = ["STEPS", "StepKind", "enter_step", "held_enquiry", "step_faults", "wrong_state"]

_JUDGED = (EnquiryState.ACCEPTED, EnquiryState.REFUSED)


@dataclass(frozen=True, slots=True)
class StepKind:
    """One kind of step (环节) that is told in words: when it may be taken, and its event."""

    #: the act that its event names
    verb: str
    #: states of the enquiry in which it may be taken
    states: tuple[EnquiryState, ...]
    #: what is said where it may not be taken now, and what to do instead
    message: Any
    remedy: Any
    once: bool = True
    #: the step that must have been taken before
    after: str = ""
    #: the state that it brings the enquiry to; None: it stays as it is
    to: EnquiryState | None = None

    def allowed(self, state: str, kind: str, taken: Collection[str]) -> bool:
        """May a step of this ``kind`` follow those that were taken?"""
        return (
            state in self.states
            and not (self.once and kind in taken)
            and (not self.after or self.after in taken)
        )


#: the kinds that only say what was done; a judgement decides, and is an act of its own
STEPS: Final[Mapping[str, StepKind]] = {
    # an answer that is late is still given
    "answer": StepKind(
        "answer_enquiry",
        tuple(EnquiryState),
        _("The enquiry has been answered."),
        _("Write what follows as feedback or follow-up."),
    ),
    # the limit of the judgement becomes the longer one
    "experts": StepKind(
        "ask_experts",
        (EnquiryState.OPEN,),
        _("Experts have been asked, or the enquiry has been judged."),
        _("Look at the steps below."),
    ),
    "feedback": StepKind(
        "give_feedback",
        (*_JUDGED, EnquiryState.CLOSED),
        _("It was not judged yet, or has been fed back."),
        _("Judge it first; later words are follow-up."),
    ),
    # until the talks are signed or ended
    "follow_up": StepKind(
        "follow_up_enquiry",
        (EnquiryState.ACCEPTED,),
        _("Only what was accepted and fed back is followed up."),
        _("Feed back first."),
        once=False,
        after="feedback",
    ),
    "close": StepKind(
        "close_enquiry",
        _JUDGED,
        _("Only an enquiry that was judged is closed, and once."),
        _("Judge it first."),
        to=EnquiryState.CLOSED,
    ),
}


def held_enquiry(enquiry_id: int, by: Person | None, seen: int | None = None) -> Enquiry:
    """The enquiry, locked, for who may promote in its unit."""
    return held(
        Enquiry, enquiry_id, by, Permission.PROMOTE, seen=seen,
        also=("unit", "project__unit", "wanted", "agent", "activity"),
    )  # fmt: skip


def step_faults(
    row: Enquiry, kind: str, day: date | None, text: str, at: datetime
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
    if not text.strip():
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
