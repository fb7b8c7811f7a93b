"""Call a coordination meeting (召集协调会): day, place, and the problems on its agenda."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell
from hexi.portal.supervision.faults import long_text, missing, named_unit
from hexi.portal.supervision.models import AgendaItem, Meeting, Problem, ProblemState

__all__ = ["MOST_POINTS", "Point", "call_meeting", "lay_agenda"]

MOST_POINTS = 60


@dataclass(frozen=True, slots=True)
class Point:
    """One point: a problem by number, or free words."""

    problem: int | None = None
    title: str = ""


def call_meeting(
    *,
    unit: str,
    title: str,
    day: date | None,
    place: str,
    chair: str,
    points: Sequence[Point],
    by: Person | None,
    at: datetime,
) -> Meeting:
    """Write the meeting down with its agenda."""
    with transaction.atomic():
        require(by, Permission.SUPERVISE)
        faults: list[Refusal] = []
        host: Unit | None = named_unit(unit, "unit", faults)
        require(by, Permission.SUPERVISE, host.path if host else None)
        for name, text, message, remedy in (
            ("unit", unit, _("No unit was chosen."), _("Choose the unit that calls it.")),
            ("title", title, _("The meeting has no title."), _("Say what it is about.")),
        ):
            if not text.strip():
                faults.append(missing(name, message, remedy))
        if day is None:
            faults.append(missing("day", _("The meeting has no day."), _("Choose a day.")))
        faults += [
            *long_text("title", title, 200),
            *long_text("place", place, 200),
            *long_text("chair", chair, 120),
        ]
        tell(faults)
        assert host is not None and day is not None
        row = Meeting.objects.create(
            unit=host,
            title=title.strip(),
            day=day,
            place=place.strip(),
            chair=chair.strip(),
            made_at=at,
            by_name=by.name if by else "",
        )
        titles = lay_agenda(row, points, by)
        record(
            "call_meeting",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            after={"day": row.day.isoformat(), "agenda": titles},
        )
    return row


def lay_agenda(row: Meeting, points: Sequence[Point], by: Person | None) -> list[str]:
    """Put the points in order; those that stood there keep their minutes. Their titles."""
    wanted = [p for p in points if p.problem is not None or p.title.strip()]
    if len(wanted) > MOST_POINTS:
        raise Refusal(
            "too_many_points",
            _("A meeting has at most 60 points."),
            _("Call a second meeting for the rest."),
            place="points",
        )
    tell([fault for p in wanted for fault in long_text("points", p.title, 200)])
    numbers = [p.problem for p in wanted if p.problem is not None]
    problems = {found.pk: found for found in Problem.objects.visible_to(by).filter(pk__in=numbers)}
    known = {item.problem_id: item for item in row.items.exclude(problem=None)}
    row.items.exclude(problem_id__in=numbers).delete()
    titles: list[str] = []
    seen: set[int] = set()
    for point in wanted:
        item = AgendaItem(meeting=row, title=point.title.strip())
        if point.problem is not None:
            if point.problem not in problems:
                raise NotFound
            if point.problem in seen:
                continue
            seen.add(point.problem)
            problem = problems[point.problem]
            if problem.state == ProblemState.CLOSED and point.problem not in known:
                raise Refusal(
                    "problem_closed",
                    _("A problem that is closed needs no meeting."),
                    _("Leave it out."),
                    place="points",
                )
            item = known.get(point.problem) or AgendaItem(meeting=row, problem=problem)
            item.title = point.title.strip() or f"{problem.about}：{problem.title}"[:200]
        item.order = len(titles) + 1
        item.save()
        titles.append(item.title)
    return titles
