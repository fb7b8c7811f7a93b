"""Yearly lists (年度滚动): who stood on a list last year, and who is carried over into this one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from hexi.portal.core.models import Person
from hexi.portal.projects.models import ProjectRecord, ProjectTag
from hexi.portal.projects.queries.lines import ProjectLine, project_lines, with_tags
from hexi.portal.projects.stagebook import stage_book

__all__ = ["Renewal", "renewal", "yearly_tags"]


@dataclass(frozen=True, slots=True)
class Renewal:
    """A list from one year to the next."""

    #: to be carried over, on the new list already, done or ended
    waiting: list[ProjectLine]
    carried: list[ProjectLine]
    over: list[ProjectLine]


def yearly_tags() -> list[str]:
    """Lists that are made anew each year."""
    return [id for id, tag in stage_book().tags.items() if tag.yearly]


def renewal(person: Person, tag: str, year: int) -> Renewal:
    """Projects of the list at the end of the year before, inside the person's scope."""
    book = stage_book()
    first, last = date(year, 1, 1), date(year - 1, 12, 31)
    stood = ProjectTag.objects.filter(tag=tag, since__lte=last).exclude(until__lte=last)
    again = ProjectTag.objects.filter(tag=tag, since__gte=first, since__lt=date(year + 1, 1, 1))
    over = [s.id for s in book.stages.values() if s.ends or s.completed]
    rows = ProjectRecord.objects.inside(person).filter(merged_into=None)
    carried = rows.filter(pk__in=again.values("project"))
    left = rows.filter(pk__in=stood.values("project")).exclude(pk__in=again.values("project"))
    return Renewal(
        waiting=_lines(left.exclude(stage__in=over), first),
        carried=_lines(carried, first),
        over=_lines(left.filter(stage__in=over), first),
    )


def _lines(rows: Any, day: date) -> list[ProjectLine]:
    return project_lines(with_tags(rows.order_by("unit__order", "name"), day), inside=True)
