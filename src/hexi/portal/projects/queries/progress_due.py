"""Progress that is due (待填进展): a project that has started tells every month how far it is.

A month is due on the day of the next one from which the lamps look for it; stewards find it among
their tasks.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import Permission
from hexi.portal.core.tasks import MOST, Task, task
from hexi.portal.projects.models import Progress, ProjectRecord
from hexi.portal.projects.queries import words
from hexi.portal.projects.stagebook import stage_book
from hexi.projects.lamps_rules import lamp_rules

__all__ = ["KINDS", "due_day", "due_month", "late_for", "months_open", "tasks", "untold"]

KINDS: Final[dict[str, Any]] = {"progress": lazy("Enter the progress of a month")}
#: months back that are offered for entering
_BACK: Final = 12


def due_month(today: date) -> int:
    """The month that is to be told now: the one that is over."""
    last = today.replace(day=1) - timedelta(days=1)
    return last.year * 100 + last.month


def due_day(month: int) -> date:
    """By when a month is to be told."""
    year, number = divmod(month, 100)
    first = date(year + number // 12, number % 12 + 1, 1)
    return first.replace(day=lamp_rules(settings.HEXI.pack, month).rule.due_day)


def months_open(row: ProjectRecord, today: date) -> list[int]:
    """Months that can be entered: the due one first, then this one, then those further back."""
    months, day = [], today.replace(day=1)
    for _at in range(_BACK + 1):
        months.append(day.year * 100 + day.month)
        day = (day - timedelta(days=1)).replace(day=1)
    told = set(row.progress.values_list("month", flat=True))
    due = due_month(today)
    first = due if due in months and due not in told else months[0]
    return [first, *(month for month in months if month != first)]


def untold(month: int) -> Any:
    """Projects under way that have not told a month."""
    book = stage_book()
    under_way = [s.id for s in book.stages.values() if s.started and not s.completed]
    year, number = divmod(month, 100)
    begun = date(year + number // 12, number % 12 + 1, 1)
    told = Progress.objects.filter(project=OuterRef("pk"), month=month)
    return (
        ProjectRecord.objects.filter(stage__in=under_way, merged_into=None)
        # what started after the month has nothing to tell of it
        .filter(Q(actual_start=None) | Q(actual_start__lt=begun))
        .exclude(Exists(told))
    )


def late_for(person: Person, month: int) -> Any:
    """Projects of a steward that have not told a month."""
    return untold(month).inside(person).filter(steward=person).select_related("unit")


def tasks(person: Person, today: date) -> Iterable[Task]:
    """Progress that the person is to enter as steward, and what was entered of late."""
    if not person.grants(Permission.KEEP_PROJECTS):
        return
    month = due_month(today)
    for row in late_for(person, month).order_by("name")[:MOST]:
        yield _task(row, month, today, done=False)
    told = Progress.objects.filter(month=month, project__steward=person)
    for one in told.select_related("project__unit").order_by("-at")[:MOST]:
        yield _task(one.project, month, today, done=True)


def _task(row: ProjectRecord, month: int, today: date, *, done: bool) -> Task:
    return task(
        "progress",
        f"{row.called} {words.month_label(month)}",
        name_of(row.unit),
        f"{reverse('project-progress', args=[row.pk])}?month={month}",
        today=today,
        due=due_day(month),
        done=done,
        state=_("Entered") if done else _("Not entered"),
        lamp="met" if done else "on_the_way",
    )
