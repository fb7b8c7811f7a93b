"""The leader's page (领导专页): exceptions only, by unit and by person, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.urls import reverse

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.names import name_of
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.queries.words import lamp_label, lamp_sentences, stage_label
from hexi.portal.supervision.models import MeetingState, OrderState
from hexi.portal.supervision.queries.lines import (
    MeetingLine,
    OrderLine,
    ProblemLine,
    VisitLine,
    meeting_lines,
    order_lines,
    problem_lines,
    visit_lines,
)
from hexi.portal.supervision.queries.meetings import whole_meetings
from hexi.portal.supervision.queries.orders import RUNNING, filtered_orders
from hexi.portal.supervision.queries.problems import late_problems
from hexi.portal.supervision.queries.visits import due_visits, running_projects

__all__ = ["Exceptions", "LampLine", "exceptions", "leaders", "units_with_projects"]

#: lines of one kind that a page shows; the list behind it has all
MOST = 50
_BAD = ("red", "yellow")


@dataclass(frozen=True, slots=True)
class LampLine:
    """A project whose lamp is not green."""

    name: str
    url: str
    unit: str
    stage: str
    leader: str
    steward: str
    lamp: str
    lamp_label: str
    reasons: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Exceptions:
    """All that a leader must know, and how much there is of each."""

    lamps: list[LampLine]
    red: int
    yellow: int
    problems: list[ProblemLine]
    late: int
    orders: list[OrderLine]
    running: int
    meetings: list[MeetingLine]
    visits: list[VisitLine]
    due: int
    #: projects that were looked at
    watched: int
    #: address of the library's list of each lamp that burns, with the same unit and leader
    all_lamps: dict[str, str]

    @property
    def quiet(self) -> bool:
        """Nothing at all."""
        return not (self.lamps or self.problems or self.orders or self.meetings or self.visits)


def exceptions(person: Person, asked: Mapping[str, Any], today: date) -> Exceptions:
    """The page of one person; ``unit`` and ``leader`` of the address narrow it."""
    unit, leader = str(asked.get("unit") or ""), str(asked.get("leader") or "").strip()
    projects = running_projects(person)
    problems = late_problems(person, today)
    orders = filtered_orders(person, {}, today).filter(state__in=RUNNING)
    meetings = _this_week(whole_meetings().visible_to(person), today)
    visits = due_visits(person, today)
    if unit:
        inside = f"/{unit}/"
        projects = projects.filter(unit__path__contains=inside)
        problems = problems.filter(unit__path__contains=inside)
        orders = orders.filter(addressee__path__contains=inside)
        meetings = meetings.filter(unit__path__contains=inside)
        visits = visits.filter(unit__path__contains=inside)
    if leader:
        projects = projects.filter(leader_name=leader)
        problems = problems.filter(project__leader_name=leader)
        orders = orders.filter(project__leader_name=leader)
        meetings = meetings.filter(items__problem__project__leader_name=leader).distinct()
        visits = visits.filter(visitor_name=leader)
    counted = projects.aggregate(
        watched=Count("pk"),
        **{lamp: Count("pk", filter=Q(lamp=lamp)) for lamp in _BAD},
    )
    return Exceptions(
        lamps=_lamp_lines(projects),
        red=counted["red"],
        yellow=counted["yellow"],
        problems=problem_lines(problems.order_by("deadline", "pk")[:MOST], today),
        late=problems.count(),
        orders=order_lines(_worst_first(orders)[:MOST], today),
        running=orders.count(),
        meetings=meeting_lines(meetings.order_by("day", "pk")[:MOST]),
        visits=visit_lines(visits[:MOST], today),
        due=visits.count(),
        watched=counted["watched"],
        all_lamps={lamp: _listed(projects, lamp, unit, leader) for lamp in _BAD if counted[lamp]},
    )


def _listed(projects: Any, lamp: str, unit: str, leader: str) -> str:
    """The library's list of these projects; it knows a leader with an account by that account."""
    account = (
        projects.exclude(leader=None).values_list("leader", flat=True).first() if leader else 0
    )
    asked = {"lamp": lamp, "unit": unit, "leader": account or leader}
    return f"{reverse('projects')}?{urlencode({key: said for key, said in asked.items() if said})}"


def _this_week(rows: Any, today: date) -> Any:
    """Meetings of the week (Monday to Sunday) that were not held yet."""
    monday = today - timedelta(days=today.weekday())
    return rows.filter(
        state=MeetingState.CALLED, day__gte=monday, day__lt=monday + timedelta(days=7)
    )


def _worst_first(rows: Any) -> Any:
    """What nobody has answered, highest level and longest waiting first."""
    level = Case(
        When(level="red", then=Value(0)),
        When(level="yellow", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    unanswered = Case(When(state=OrderState.ISSUED, then=Value(0)), default=Value(1))
    return rows.order_by(unanswered, level, "deadline", "pk")


def _lamp_lines(projects: Any) -> list[LampLine]:
    rows = projects.filter(lamp__in=_BAD).select_related("unit")
    # red sorts before yellow by its letters; units stand together
    listed: Iterable[ProjectRecord] = rows.order_by("lamp", "unit__order", "pk")[:MOST]
    return [
        LampLine(
            name=row.called,
            url=reverse("project", args=[row.pk]),
            unit=name_of(row.unit),
            stage=stage_label(row.stage),
            leader=row.leader_name,
            steward=row.steward_name,
            lamp=row.lamp,
            lamp_label=lamp_label(row.lamp),
            reasons=lamp_sentences(row.lamp_reasons),
        )
        for row in listed
    ]


def leaders(person: Person) -> list[str]:
    """Leaders of running projects in scope, by name."""
    rows = running_projects(person).exclude(leader_name="").order_by("leader_name")
    return list(rows.values_list("leader_name", flat=True).distinct())


def units_with_projects(person: Person) -> list[tuple[str, str]]:
    """Units in scope that have running projects: code and name."""
    wanted = running_projects(person).order_by().values("unit").distinct()
    rows = Unit.objects.filter(Q(pk__in=wanted)).order_by("order")
    return [(unit.code, name_of(unit)) for unit in rows]
