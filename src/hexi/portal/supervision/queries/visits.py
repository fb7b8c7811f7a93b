"""Visits as pages and tasks ask for them (走访查询): due ones, and whom nobody has visited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from django.db.models import Max, Q

from hexi.portal.core.models import Person
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.practice_mark import called
from hexi.portal.returns.models import Enterprise
from hexi.portal.supervision.models import Visit, VisitState
from hexi.portal.supervision.rules import book
from hexi.supervision.coverage import Coverage, Host, covered, months_before

__all__ = [
    "coverage_of",
    "due_visits",
    "filtered_visits",
    "mine_to_pay",
    "one_visit",
    "running_projects",
    "whole_visits",
]

#: stages after which nobody calls any more
_OVER = ("ended", "suspended")
_PAID = Q(visits__state=VisitState.PAID)


def whole_visits() -> Any:
    """Visits with everything that a line of them shows."""
    return Visit.objects.select_related("project", "enterprise", "unit", "visitor")


def one_visit(visit_id: int, person: Person | None) -> Visit:
    """The visit, if this person may see it."""
    found: Visit = one_visible(whole_visits(), person, pk=visit_id)
    return found


def due_visits(person: Person | None, today: date) -> Any:
    """Planned visits whose day has come."""
    return (
        whole_visits()
        .visible_to(person)
        .filter(state=VisitState.PLANNED, planned__lte=today)
        .order_by("planned", "pk")
    )


def mine_to_pay(person: Person) -> Any:
    """Planned visits of one person."""
    return whole_visits().filter(visitor=person, state=VisitState.PLANNED)


def filtered_visits(rows: Any, asked: Mapping[str, Any], today: date) -> Any:
    """The filters of the address."""
    state = asked.get("state")
    if state in VisitState.values:
        rows = rows.filter(state=state)
    elif state == "late":
        rows = rows.filter(state=VisitState.PLANNED, planned__lt=today)
    if kind := asked.get("kind"):
        rows = rows.filter(kind=kind)
    if unit := asked.get("unit"):
        rows = rows.filter(unit__path__contains=f"/{unit}/")
    if query := str(asked.get("q") or "").strip():
        rows = rows.filter(
            Q(project__name__icontains=query)
            | Q(enterprise__name__icontains=query)
            | Q(visitor_name__icontains=query)
            | Q(heard__icontains=query)
        )
    return rows.order_by("state", "-planned", "-pk")


def running_projects(person: Person | None) -> Any:
    """Projects in scope that go on; a published one of elsewhere is not ours to watch."""
    rows = ProjectRecord.objects.visible_to(person).filter(merged_into=None)
    if person is not None and not person.is_administrator:
        reach = Q(leader=person) | Q(steward=person)
        for path in person.scope_paths():
            reach |= Q(unit__path__startswith=path)
        rows = rows.filter(reach)
    return rows.exclude(stage__in=_OVER)


def coverage_of(
    person: Person | None, today: date, whom: Literal["projects", "enterprises"]
) -> tuple[Coverage, date]:
    """Whom visits of the last months reached, and the day from which they count.

    Projects are those that somebody leads; enterprises those of the register that work.
    """
    since = months_before(today, book().clocks_on(today).visit_months)
    if whom == "projects":
        rows = running_projects(person).exclude(leader_name="")
        named = rows.annotate(last=Max("visits__paid", filter=_PAID)).values_list(
            "pk", "name", "practice", "leader_name", "last"
        )
        hosts = (
            Host(pk, called(name, practice), leader, last)
            for pk, name, practice, leader, last in named
        )
        return covered(hosts, since), since
    firms: Any = Enterprise.objects.none()
    if person is not None and person.grants(Permission.KEEP_PROJECTS):
        firms = Enterprise.objects.visible_to(person).filter(Q(closed=None) | Q(closed__gt=today))
    found = firms.annotate(last=Max("visits__paid", filter=_PAID)).values_list("pk", "name", "last")
    return covered((Host(pk, name, "", last) for pk, name, last in found), since), since
