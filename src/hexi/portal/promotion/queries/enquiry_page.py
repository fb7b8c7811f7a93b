"""One enquiry (线索页): its steps on the clock, what may be done, where the firm is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import Permission
from hexi.portal.projects.models.project_record import ORIGINS
from hexi.portal.projects.stagebook import choices, stage_book
from hexi.portal.promotion.enquiry_clock import course, entered_late
from hexi.portal.promotion.known_firms import known_firms
from hexi.portal.promotion.models import Enquiry, EnquiryState
from hexi.portal.promotion.queries.inbox import STEPS
from hexi.portal.promotion.wording import by_language, ten_thousands, word

__all__ = ["ClockLine", "enquiry_facts", "lead_kinds"]


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
    open_ = row.state == EnquiryState.OPEN
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
        "can": {
            "answer": may and "answer" not in kinds,
            "experts": may and open_ and "experts" not in kinds,
            "judge": may and open_,
            "feedback": may and not open_ and "feedback" not in kinds,
            "follow_up": may and row.state == EnquiryState.ACCEPTED and "feedback" in kinds,
            "close": may and row.state in (EnquiryState.ACCEPTED, EnquiryState.REFUSED),
        },
        "kinds": lead_kinds(),
    }  # fmt: skip
