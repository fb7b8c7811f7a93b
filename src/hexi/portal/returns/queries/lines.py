"""Returns on pages (报表行): one return as a list shows it, and the words for its state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hexi.portal.core.names import name_of
from hexi.portal.returns import form_book
from hexi.portal.returns.models import Return, ReturnState

__all__ = ["LAMPS", "ReturnLine", "due_words", "moment", "return_lines", "state_words"]

#: the lamp of a state; a word always stands beside it
LAMPS = {
    "draft": "waiting",
    "checked": "running",
    "submitted": "on_the_way",
    "approved": "met",
    "returned": "missed",
    "revised": "suspect",
}


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One return in a list."""

    id: int
    url: str
    reporter: str
    code: str
    unit: str
    form: str
    period: str
    state: str
    lamp: str
    due: str
    overdue: bool
    submitted: str
    waiting: str
    revision: int
    late: bool


def return_lines(rows: Iterable[Return], today: date) -> list[ReturnLine]:
    """The lines of a list; rows come with reporter, unit and waiting."""
    return [
        ReturnLine(
            id=row.pk,
            url=f"/returns/{row.pk}/",
            reporter=row.reporter.shown_name,
            code=row.reporter.code,
            unit=name_of(row.unit),
            form=form_book.form_name(row.form),
            period=form_book.period_label(row.form, row.period),
            state=state_words(row),
            lamp=lamp_of(row),
            due=row.due.isoformat(),
            overdue=row.submitted_at is None and row.due < today,
            submitted=moment(row.submitted_at),
            waiting=name_of(row.waiting) if row.waiting else "",
            revision=row.revision,
            late=row.late,
        )
        for row in rows
    ]


def lamp_of(row: Return) -> str:
    """Green is only what is approved at every level."""
    return "on_the_way" if row.waiting_id is not None else LAMPS[row.state]


def state_words(row: Return) -> str:
    """The state in words; of a return on its way up, whose decision is awaited."""
    if row.waiting is not None:
        return _("Waits for %(unit)s") % {"unit": name_of(row.waiting)}
    return str(ReturnState(row.state).label)


def due_words(due: date, today: date) -> str:
    """How long there still is."""
    days = (due - today).days
    if days > 0:
        return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}
    if days == 0:
        return _("due today")
    return ngettext("%(n)d day late", "%(n)d days late", -days) % {"n": -days}


def moment(at: datetime | None) -> str:
    """A moment as lists show it."""
    return date_format(timezone.localtime(at), "Y-m-d H:i") if at else ""
