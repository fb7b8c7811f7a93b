"""Lines of warnings (预警行): as lists, the target's page and tasks show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from hexi.calendar.working_days import working_days_between
from hexi.portal.core.names import name_of
from hexi.portal.plans.queries import words
from hexi.portal.scoreboard.models import EarlyWarning, WarningState
from hexi.portal.scoreboard.queries.wording import texts

__all__ = ["KINDS", "WarningLine", "warning_line", "warning_lines"]

KINDS: dict[str, Any] = {
    "lamp_worse": lazy("The lamp got worse"),
    "change_point": lazy("The series has turned"),
    "stalled": lazy("Reporting has stalled"),
    "concentration": lazy("Much hangs on few"),
    "project_late": lazy("A project has not started"),
    "project_funds": lazy("A project lacks funds"),
}


@dataclass(frozen=True, slots=True)
class WarningLine:
    """One warning."""

    id: int
    url: str
    target: str
    target_url: str
    plan: str
    unit: str
    kind: str
    level: str
    state: str
    state_label: str
    lamp: str
    owner: str
    deadline: str
    due_words: str
    late: bool
    escalated: int
    reason: str
    as_of: str
    answer: str


def warning_lines(rows: Iterable[EarlyWarning], today: date) -> list[WarningLine]:
    return [warning_line(row, today) for row in rows]


def warning_line(row: EarlyWarning, today: date) -> WarningLine:
    """A warning with how much time is left."""
    target = row.target
    reasons = texts(row.record.get("reasons", ()))
    unit = row.unit or target.unit
    late = row.state == WarningState.OPEN and row.deadline < today
    return WarningLine(
        id=row.pk,
        url=reverse("warning", args=[row.pk]),
        target=f"{target.indicator} {words.period(target.period)}".strip(),
        target_url=reverse("monitored-target", args=[target.pk]),
        plan=target.plan.title,
        unit=name_of(unit) if unit else "",
        kind=words.label(KINDS, row.kind),
        level=row.level,
        state=row.state,
        state_label=str(WarningState(row.state).label),
        lamp=_lamp(row, late),
        owner=row.person.name if row.person else (name_of(unit) if unit else ""),
        deadline=row.deadline.isoformat(),
        due_words=_due(row, today),
        late=late,
        escalated=row.escalated,
        reason=reasons[0] if reasons else "",
        as_of=row.as_of.isoformat(),
        answer=row.answer,
    )


def _lamp(row: EarlyWarning, late: bool) -> str:
    """The lamp of the list: late ones red, waiting ones yellow, answered and closed ones calm."""
    if late:
        return "red"
    return {"open": "yellow", "answered": "finished", "closed": "green"}[row.state]


def _due(row: EarlyWarning, today: date) -> str:
    """How long there is left, in working days."""
    if row.state != WarningState.OPEN:
        return ""
    days = working_days_between(today, row.deadline)
    if days < 0:
        text = ngettext("%(n)d working day late", "%(n)d working days late", -days)
        return text % {"n": -days}
    if days == 0:
        return _("due today")
    return ngettext("%(n)d working day left", "%(n)d working days left", days) % {"n": days}
