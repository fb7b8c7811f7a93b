"""Warnings that wait for a person, and the targets that he answers for (待答复预警与负责指标)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.tasks import MOST, SEEN, Task, task
from hexi.portal.plans.queries import words
from hexi.portal.scoreboard.models import EarlyWarning, Lamp, MonitoredTarget, TargetState
from hexi.portal.scoreboard.queries.warning_lines import warning_line
from hexi.portal.scoreboard.queries.warnings import to_answer, to_close

__all__ = ["KINDS", "tasks"]

KINDS: dict[str, Any] = {
    "warning": lazy("Answer a warning"),
    "closing": lazy("Close a warning"),
    "target": lazy("Target to keep"),
}
#: lamps of monitoring as the lamps of lists
_LAMPS = {Lamp.GREEN: "met", Lamp.FINISHED: "met", Lamp.YELLOW: "on_the_way",
          Lamp.RED: "missed", Lamp.GREY: "unknown"}  # fmt: skip


def tasks(person: Person, today: date) -> Iterable[Task]:
    """Those of one person."""
    yield from _warnings(person, today)
    yield from _targets(person, today)


def _warnings(person: Person, today: date) -> Iterable[Task]:
    """Warnings to answer and to close, and those the person answered of late."""
    for kind, rows in (("warning", to_answer(person)), ("closing", to_close(person))):
        for row in rows[:MOST]:
            yield _warning(kind, row, today, done=False)
    answered = EarlyWarning.objects.filter(
        answered_who=person.pk, answered_at__date__gte=today - SEEN
    ).select_related("target__plan", "target__unit", "unit", "person")
    for row in answered[:MOST]:
        yield _warning("warning", row, today, done=True)


def _warning(kind: str, row: EarlyWarning, today: date, *, done: bool) -> Task:
    line = warning_line(row, today)
    return task(
        kind,
        f"{line.target} · {line.kind}",
        f"{line.unit} · {line.plan}",
        line.url,
        today=today,
        due=row.deadline if kind == "warning" else None,
        done=done,
        state=line.state_label,
        lamp="met" if done else "on_the_way",
    )


def _targets(person: Person, today: date) -> Iterable[Task]:
    """Targets that the person answers for, with their lamp; the next measure says by when."""
    rows = MonitoredTarget.objects.visible_to(person).filter(
        person=person, state=TargetState.ACCEPTED
    )
    for row in rows.select_related("plan", "unit")[:MOST]:
        days = sorted(date.fromisoformat(line["due"]) for line in row.measures if line.get("due"))
        ahead = [day for day in days if day >= today]
        yield Task(
            kind="target",
            what=f"{row.indicator} {words.period(row.period)} {words.figure(row.value)}"
            f"{row.measure_unit}",
            where=f"{name_of(row.unit) if row.unit else ''} · {row.plan.title}",
            url=reverse("monitored-target", args=[row.pk]),
            due=ahead[0] if ahead else None,
            done=row.lamp == Lamp.FINISHED,
            state=str(Lamp(row.lamp).label),
            lamp=_LAMPS[Lamp(row.lamp)],
            overdue=False,
        )
