"""The enquiry inbox (线索收件箱): what is due first, with lamps; filters of the address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext, pgettext_lazy

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.projects.stagebook import stage_book
from hexi.portal.promotion.enquiry_clock import course, pipeline_stages
from hexi.portal.promotion.models import Enquiry, EnquiryState
from hexi.portal.promotion.wording import ten_thousands, word
from hexi.promotion.clocks import Mark

__all__ = [
    "SHOWS",
    "STEPS",
    "EnquiryLine",
    "enquiry_lines",
    "export_rows",
    "filtered",
    "waiting",
    "week_of",
]

#: a step that waits, as an order to who reads it
STEPS = {
    "register": lazy("Register it"),
    "answer": lazy("Answer"),
    "judge": lazy("Judge"),
    "feedback": lazy("Feed back"),
    "follow_up": lazy("Follow up"),
}
SHOWS = {
    "todo": lazy("To do"),
    "late": pgettext_lazy("enquiry", "Late"),
    "accepted": pgettext_lazy("enquiry", "Accepted"),
    "refused": pgettext_lazy("enquiry", "Refused"),
    "closed": pgettext_lazy("enquiry", "Closed"),
    "all": lazy("All"),
}


@dataclass(frozen=True, slots=True)
class EnquiryLine:
    """One enquiry in the list."""

    id: int
    url: str
    number: str
    firm: str
    what: str
    unit: str
    amount: str
    channel: str
    received: date
    state: str
    step: str
    due: date | None
    #: False: rests on a year whose holidays are not announced (暂定)
    announced: bool
    lamp: str
    #: days left until the last day; below zero: days late
    left: int | None
    by: str

    @property
    def late_days(self) -> int:
        """Plain days past the last day."""
        return max(0, -(self.left or 0))


def waiting() -> Q:
    """Enquiries that still ask for a step; talks that are over ask for none."""
    running = (*pipeline_stages(), stage_book().halting.id)
    over = Q(state=EnquiryState.ACCEPTED, due_step="follow_up") & ~Q(project__stage__in=running)
    return ~Q(due_step="") & ~Q(state=EnquiryState.CLOSED) & ~over


def filtered(rows: Any, asked: Any, today: date) -> Any:
    """The filters of the address; also used by the API."""
    if query := str(asked.get("q") or "").strip():
        rows = rows.filter(
            Q(firm__icontains=query)
            | Q(firm_code__istartswith=query)
            | Q(what__icontains=query)
            | Q(contact__icontains=query)
        )
    if unit := asked.get("unit"):
        rows = rows.filter(unit__path__contains=f"/{unit}/")
    if channel := asked.get("channel"):
        rows = rows.filter(channel=channel)
    show = asked.get("show") or "todo"
    if show == "todo":
        return rows.filter(waiting())
    if show == "late":
        return rows.filter(waiting(), due__lt=today)
    return rows if show == "all" else rows.filter(state=show)


def enquiry_lines(rows: Iterable[Enquiry], today: date) -> list[EnquiryLine]:
    """Lines of a page; rows come with unit, project and steps."""
    return [_line(row, today) for row in rows]


def _line(row: Enquiry, today: date) -> EnquiryLine:
    mark = course(row, row.steps.all()).next
    due = mark.due.day if mark else None
    return EnquiryLine(
        id=row.pk,
        url=reverse("enquiry", args=[row.pk]),
        number=row.number,
        firm=row.firm,
        what=row.what,
        unit=name_of(row.unit),
        amount=ten_thousands(row.amount),
        channel=word("channel", row.channel),
        received=row.received,
        state=row.get_state_display(),
        step=str(STEPS[mark.step]) if mark else "",
        due=due,
        announced=mark.due.announced if mark else True,
        lamp=lamp_of(mark, today),
        left=(due - today).days if due else None,
        by=row.by_name or _("Public form"),
    )


def lamp_of(mark: Mark | None, today: date) -> str:
    """The lamp of what is next; nothing waits: done."""
    return mark.lamp(today) if mark else "met"


def week_of(person: Person | None, monday: date) -> Any:
    """Enquiries that came in, or on which a step was taken, in the week from a Monday on."""
    span = (monday, monday + timedelta(days=6))
    rows = Enquiry.objects.visible_to(person).filter(
        Q(received__range=span) | Q(steps__day__range=span)
    )
    return rows.distinct().order_by("unit__order", "received", "id")


def export_rows(rows: Any, today: date) -> tuple[list[str], list[list[str]]]:
    """Head and body of the list as a file; who asked is not in it."""
    head = [pgettext("promotion", "Number"), _("Firm"), _("What is to be invested in"), _("Unit"),
            _("Investment, 10,000 yuan"), _("Channel"), _("Received on"), _("State"),
            _("Next step"), _("Step due on"), _("Days left")]  # fmt: skip
    rows = rows.select_related("unit", "project").prefetch_related("steps")
    body = [
        [x.number, x.firm, x.what, x.unit, x.amount, x.channel, x.received.isoformat(), x.state,
         x.step, x.due.isoformat() if x.due else "", "" if x.left is None else str(x.left)]
        for x in enquiry_lines(rows, today)
    ]  # fmt: skip
    return head, body
