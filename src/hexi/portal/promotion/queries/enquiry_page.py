"""One enquiry (线索页): its steps on the clock, what may be done, where the firm is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import Permission
from hexi.portal.projects.models.project_record import ORIGINS
from hexi.portal.projects.stagebook import choices, stage_book
from hexi.portal.promotion.enquiry_clock import course, entered_late
from hexi.portal.promotion.enquiry_steps import STEPS as STEP_KINDS
from hexi.portal.promotion.known_firms import known_firms
from hexi.portal.promotion.models import Enquiry, EnquiryState
from hexi.portal.promotion.queries.inbox import STEPS
from hexi.portal.promotion.wording import by_language, ten_thousands, word

__all__ = ["STEP_FORMS", "ClockLine", "StepForm", "enquiry_facts", "lead_kinds"]


@dataclass(frozen=True, slots=True)
class StepForm:
    """How a step is offered on the page: its button, a hint, and what is said once it is taken."""

    name: Any
    said: Any
    hint: Any = ""


#: by kind, in the order in which they are offered; a judgement has a form of its own
STEP_FORMS = {
    "answer": StepForm(lazy("Enter the answer"), lazy("The answer was entered.")),
    "judge": StepForm(lazy("Judge"), lazy("The judgement was entered.")),
    "experts": StepForm(
        lazy("Ask experts"),
        lazy("Experts are asked; the longer limit holds."),
        lazy("The longer limit of the judgement holds from then on."),
    ),
    "feedback": StepForm(lazy("Enter the feedback"), lazy("The feedback was entered.")),
    "follow_up": StepForm(lazy("Enter a follow-up"), lazy("The follow-up was entered.")),
    "close": StepForm(lazy("Close the enquiry"), lazy("The enquiry was closed.")),
}


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One step on its clock."""

    step: str
    start: date
    due: date | None
    announced: bool
    done: date | None
    used: int
    limit: int
    working: bool
    lamp: str
    source: str
    note: str


def lead_kinds() -> list[tuple[str, str]]:
    """Kinds of projects that begin as a lead."""
    return choices(kind for kind in stage_book().kinds.values() if "lead" in kind.stages)


def enquiry_facts(row: Enquiry, person: Person | None, today: date) -> dict[str, Any]:
    """Everything that its page shows."""
    steps = list(row.steps.all())
    ran = course(row, steps)
    may = person is not None and person.grants(Permission.PROMOTE) and person.covers(row.unit_path)
    kinds = {step.kind for step in steps}
    return {
        "row": row,
        "unit": name_of(row.unit),
        "amount": ten_thousands(row.amount),
        "channel": word("channel", row.channel),
        "origin": ORIGINS.get(row.origin, ""),
        "clocks": [
            ClockLine(
                str(STEPS[mark.step]), mark.start, mark.due.day, mark.due.announced, mark.done,
                mark.used(today), mark.clock.limit.days, mark.clock.limit.working,
                mark.lamp(today), mark.clock.source,
                by_language(mark.clock.note, mark.clock.note_en),
            )
            for mark in ran.marks
        ],
        "provisional": any(not mark.due.announced for mark in ran.marks if mark.done is None),
        "steps": [
            {"day": one.day, "kind": one.get_kind_display(), "text": one.text, "by": one.by_name,
             "late": entered_late(one)}
            for one in reversed(steps)
        ],
        "known": known_firms(person, row.firm, row.firm_code, beside=row.pk),
        "project_url": reverse("project", args=[row.project_id]) if row.project_id else "",
        "offers": [
            {"kind": kind, "name": form.name, "hint": form.hint}
            for kind, form in STEP_FORMS.items()
            if may and _offered(row, kind, kinds)
        ],
        "kinds": lead_kinds(),
    }  # fmt: skip


def _offered(row: Enquiry, kind: str, taken: set[str]) -> bool:
    """May this step be taken now? The acts ask the same."""
    if kind == "judge":
        return row.state == EnquiryState.OPEN
    return STEP_KINDS[kind].allowed(row.state, kind, taken)
