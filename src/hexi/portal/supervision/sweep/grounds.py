"""What a sweep sees (督办依据): projects with a bad lamp, problems that are late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from hexi.calendar.working_days import working_days_between
from hexi.portal.core.models import Unit
from hexi.portal.projects.models import LampMonth, ProjectRecord
from hexi.portal.supervision.acts.propose_order import Ground
from hexi.portal.supervision.models import Problem, ProblemState
from hexi.portal.supervision.rules import book
from hexi.supervision.book import month_of
from hexi.supervision.proposing import Matter, proposed, running_months

__all__ = ["grounds"]

#: projects whose lamps are read at once
_SLICE = 500
_BAD = ("yellow", "red")


def grounds(today: date) -> Iterator[Ground]:
    """What asks for an order on a day, by the rules in force."""
    yield from _of_lamps(today)
    yield from _of_problems(today)


def _of_lamps(today: date) -> Iterator[Ground]:
    rules = book().proposals_on(today)
    rows = (
        ProjectRecord.objects.filter(lamp__in=_BAD, merged_into=None)
        .select_related("unit__parent")
        .order_by("pk")
    )
    for projects in _sliced(rows.iterator(chunk_size=_SLICE)):
        months = _lamps_of(projects)
        for project in projects:
            length, first = running_months(months[project.pk], project.lamp)
            # a lamp that no month has kept yet is of this month
            length, first = (length, first) if length else (1, month_of(today))
            key = f"lamp:{project.pk}:{project.lamp}:{first}"
            found = proposed(Matter("lamp", key, project.lamp, length), rules)
            if found is not None:
                yield Ground(
                    found,
                    project,
                    None,
                    unit=project.unit.parent or project.unit,
                    addressee=project.unit,
                    subject=project.called,
                    seen={
                        "lamp": project.lamp,
                        "months": length,
                        "since": first,
                        "reasons": project.lamp_reasons,
                    },
                )


def _of_problems(today: date) -> Iterator[Ground]:
    rules = book().proposals_on(today)
    rows = (
        Problem.objects.filter(state=ProblemState.OPEN, deadline__lt=today)
        .select_related("project", "enterprise", "owner_unit__parent", "desk")
        .order_by("pk")
    )
    for row in rows.iterator(chunk_size=_SLICE):
        late = working_days_between(row.deadline, today)
        found = proposed(Matter("problem", f"problem:{row.pk}:{row.round}", "", late), rules)
        if found is not None:
            yield Ground(
                found,
                row.project,
                row,
                unit=_issuer(row),
                addressee=row.owner_unit,
                subject=f"{row.about}：{row.title}",
                seen={"late": late, "deadline": row.deadline.isoformat()},
            )


def _issuer(row: Problem) -> Unit:
    """The desk that it has risen to, else the office above its owner."""
    unit: Unit = row.desk or row.owner_unit.parent or row.owner_unit
    return unit


def _lamps_of(projects: Iterable[ProjectRecord]) -> dict[int, list[tuple[int, str]]]:
    months: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = LampMonth.objects.filter(project__in=[p.pk for p in projects]).order_by("month")
    for project, month, lamp in rows.values_list("project", "month", "lamp"):
        months[project].append((month, lamp))
    return months


def _sliced(rows: Iterable[ProjectRecord]) -> Iterator[list[ProjectRecord]]:
    part: list[ProjectRecord] = []
    for row in rows:
        part.append(row)
        if len(part) == _SLICE:
            yield part
            part = []
    if part:
        yield part
