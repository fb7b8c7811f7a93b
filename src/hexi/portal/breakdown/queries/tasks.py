"""Parts that wait for a person (待认领的分解指标), and parts that came back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy

from hexi.portal.breakdown.models import Part, PartState
from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import viewer
from hexi.portal.core.tasks import SEEN, Task, task
from hexi.portal.plans.queries import words

__all__ = ["KINDS", "tasks", "waiting_for"]

KINDS: dict[str, Any] = {
    "part": lazy("Accept a part"),
    "returned": lazy("A part came back"),
}


def tasks(person: Person, today: date) -> Iterable[Task]:
    """Those of one person."""
    yield from _parts(person, today)
    yield from _returned(person)


def waiting_for(request: HttpRequest) -> int:
    """Parts that wait for the person of a request; shown in the navigation."""
    person = viewer(request)
    if person is None or not person.grants(Permission.BREAK_DOWN):
        return 0
    return int(_of_office(person).filter(state=PartState.PROPOSED).count())


def _of_office(person: Person) -> Any:
    """Parts of the person's own office; units below answer for themselves."""
    codes = [unit.pk for unit in person.scope_units()]
    return Part.objects.answerable_by(person).filter(unit__in=codes)


def _parts(person: Person, today: date) -> Iterable[Task]:
    """Parts put to the person's office, and those it answered of late."""
    if not person.grants(Permission.BREAK_DOWN):
        return
    rows = _of_office(person).filter(
        Q(state=PartState.PROPOSED)
        | Q(
            state__in=(PartState.ACCEPTED, PartState.RETURNED),
            decided_at__date__gte=today - SEEN,
        )
    )
    for part in rows.select_related("unit", "target", "breakdown__whole__plan"):
        yield task(
            "part",
            f"{part.target.indicator} {words.period(part.target.period)}".strip(),
            f"{name_of(part.unit)} · {part.breakdown.whole.plan.title}",
            reverse("part", args=[part.pk]),
            today=today,
            due=part.due,
            done=part.state != PartState.PROPOSED,
            state=part.get_state_display(),
            lamp={PartState.PROPOSED: "on_the_way", PartState.ACCEPTED: "met"}.get(
                part.state, "waiting"
            ),
        )


def _returned(person: Person) -> Iterable[Task]:
    """Parts of the person's own sheets that their units sent back."""
    if not person.grants(Permission.BREAK_DOWN):
        return
    codes = [unit.pk for unit in person.scope_units()]
    rows = Part.objects.filter(state=PartState.RETURNED, breakdown__whole__unit__in=codes)
    for part in rows.select_related("unit", "target", "breakdown__whole__plan"):
        yield Task(
            kind="returned",
            what=f"{part.target.indicator} · {name_of(part.unit)}",
            where=part.reason,
            url=reverse("breakdown", args=[part.breakdown.whole_id]),
            due=None,
            done=False,
            state=part.get_state_display(),
            lamp="missed",
            overdue=False,
        )
