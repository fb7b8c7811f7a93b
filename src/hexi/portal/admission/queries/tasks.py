"""Stalled cases that wait for a person (待办闲置停滞案件): a term to watch, a step to decide."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy

from hexi.portal.admission.models import CaseState, StalledCase
from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import Permission
from hexi.portal.core.tasks import MOST, SEEN, Task, task

__all__ = ["KINDS", "tasks"]

KINDS: Final[dict[str, Any]] = {"stalled": lazy("Go on with an idle or stalled project")}


def tasks(person: Person, today: date) -> Iterable[Task]:
    """Open cases of who supervises, by their terms; those closed of late as done."""
    if not person.grants(Permission.SUPERVISE):
        return
    rows = StalledCase.objects.visible_to(person).select_related("project__unit")
    recent = rows.filter(closed_on=None) | rows.filter(closed_on__gte=today - SEEN)
    for case in recent[:MOST]:
        yield task(
            "stalled",
            case.project.called,
            name_of(case.project.unit),
            reverse("admission-site", args=[case.project_id]),
            today=today,
            due=case.term,
            done=not case.is_open,
            state=str(CaseState(case.state).label),
            lamp="waiting" if case.is_open else "met",
        )
