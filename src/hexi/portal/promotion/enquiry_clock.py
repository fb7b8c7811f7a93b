"""The clock of an enquiry (线索计时): its steps against the limits of the pack.

A step that was entered long after its day proves nothing about that day: beyond two days it counts
from when it was entered, so that nobody is in time by writing an earlier date.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from django.conf import settings

from hexi.portal.projects.stagebook import stage_book
from hexi.portal.promotion.models import Enquiry, EnquiryState, EnquiryStep
from hexi.portal.returns.form_book import day_of
from hexi.promotion.clocks import Course, Done, course_of, load_clocks

__all__ = ["counted_day", "course", "entered_late", "pipeline_stages", "renew"]

#: a step may be entered so many days after it was taken
GRACE: Final = timedelta(days=2)


def entered_late(step: EnquiryStep) -> bool:
    """Was it entered so long after its day that the day proves nothing (补录)?"""
    return day_of(step.at) - step.day > GRACE


def counted_day(step: EnquiryStep) -> date:
    """The day that counts for the clock."""
    return day_of(step.at) if entered_late(step) else step.day


def pipeline_stages() -> tuple[str, ...]:
    """Stages of the record in which talks go on: those before the agreement."""
    book = stage_book()
    return tuple(
        one.id
        for one in book.stages.values()
        if not one.stops and one.order < book.stages["signed"].order
    )


def course(enquiry: Enquiry, steps: Iterable[EnquiryStep]) -> Course:
    """All its steps on their clocks; talks that are over ask for nothing more."""
    taken = list(steps)
    judged = enquiry.state != EnquiryState.OPEN
    refused = judged and enquiry.project_id is None
    closed = next((one.day for one in taken if one.kind == "close"), None)
    project = enquiry.project
    fed_back = any(one.kind == "feedback" for one in taken)
    if closed is None and project is not None and fed_back:
        over = project.stage not in (*pipeline_stages(), stage_book().halting.id)
        closed = project.stage_since if over else None
    return course_of(
        enquiry.received,
        [Done(one.kind, counted_day(one)) for one in taken],
        load_clocks(settings.HEXI.pack),
        accepted=None if not judged else not refused,
        closed=closed,
    )


def renew(enquiry: Enquiry) -> None:
    """Keep what is due first beside the enquiry, for sorting."""
    coming = course(enquiry, enquiry.steps.all()).next
    enquiry.due_step = coming.step if coming else ""
    enquiry.due = coming.due.day if coming else None
