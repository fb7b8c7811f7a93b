"""Yearly lists (年度滚动): who stood on a list last year, and who is carried over into this one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from hexi.portal.core.models import Person
from hexi.portal.projects.models import ProjectRecord, ProjectTag
from hexi.portal.projects.queries.lines import ProjectLine, project_lines, with_tags
from hexi.portal.projects.stagebook import stage_book

__all__ = ["Head", "Renewal", "renewal", "yearly_tags"]

#: so many are ticked at once, and so many of what needs nothing done are named
TICKED, NAMED = 500, 100


@dataclass(frozen=True, slots=True)
class Head:
    """The first projects of a list, and how many there are."""

    rows: list[ProjectLine]
    number: int

    @property
    def cut(self) -> bool:
        """More stand on the list than are named."""
        return self.number > len(self.rows)


@dataclass(frozen=True, slots=True)
class Renewal:
    """A list from one year to the next."""

    #: to be carried over, on the new list already, done or ended
    waiting: Head
    carried: Head
    over: Head


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
        waiting=_head(left.exclude(stage__in=over), first, TICKED),
        carried=_head(carried, first, NAMED),
        over=_head(left.filter(stage__in=over), first, NAMED),
    )


def _head(rows: Any, day: date, size: int) -> Head:
    first = rows.order_by("unit__order", "name")[:size]
    lines = project_lines(with_tags(first, day), inside=True)
    return Head(lines, len(lines) if len(lines) < size else rows.count())
