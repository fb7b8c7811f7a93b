"""Returns that a person hands in or decides on (待报与待审报表)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.models import Person
from hexi.portal.core.roles import Permission
from hexi.portal.core.tasks import MOST, Task, task
from hexi.portal.returns.queries.lines import return_lines
from hexi.portal.returns.queries.tasks import decisions, fill_tasks

__all__ = ["KINDS", "tasks"]

KINDS: dict[str, Any] = {
    "return": lazy("Hand in a return"),
    "decision": lazy("Decide on a return"),
}


def tasks(person: Person, today: date) -> Iterable[Task]:
    """Those of one person."""
    yield from _returns(person, today)


def _returns(person: Person, today: date) -> Iterable[Task]:
    """Returns of the person's reporters, and those that wait for the person's decision."""
    if not person.grants(Permission.SEE_RETURNS):
        return
    for one in fill_tasks(person, today):
        yield task(
            "return",
            f"{one.form} {one.period_label}",
            one.reporter,
            one.url or reverse("returns"),
            today=today,
            due=one.due,
            done=one.done,
            state=one.state or _("Not opened"),
            lamp="met" if one.done else "on_the_way",
        )
    for line in return_lines(decisions(person)[:MOST], today):
        yield task(
            "decision",
            f"{line.form} {line.period}",
            f"{line.reporter} · {line.unit}",
            line.url,
            today=today,
            state=line.state,
            lamp="on_the_way",
        )
