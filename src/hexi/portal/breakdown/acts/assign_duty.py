"""Assign the duty (落实责任): body and person that answer, what is required, measures, projects.

Who set the target says who answers for it; who carries it out adds how. Both see the same lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.breakdown.holding import held_target
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotPermitted, Refusal, gapped
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell
from hexi.portal.scoreboard.models import MonitoredTarget

__all__ = ["Duty", "assign_duty", "duty_card", "may_assign"]

_LONGEST, _MOST = 2000, 60


@dataclass(frozen=True, slots=True)
class Duty:
    """What is to stand: a unit's code, a person's number, lines of text with their days."""

    body: str = ""
    person: int | None = None
    requirement: str = ""
    #: {"text": …, "due": "2018-06-30" or ""}
    measures: Sequence[Mapping[str, str]] = ()
    #: {"name": …, "state": …}
    projects: Sequence[Mapping[str, str]] = ()


def may_assign(person: Person | None, target: MonitoredTarget) -> bool:
    """Who set the target and who carries it out."""
    if person is None or not person.grants(Permission.BREAK_DOWN):
        return False
    return person.covers(target.setter_path) or person.covers(target.unit_path)


def assign_duty(
    target_id: int, duty: Duty, *, by: Person | None, at: datetime, seen: str = ""
) -> MonitoredTarget:
    """Write the duty; ``seen`` is the stamp of the target that the page knew."""
    with transaction.atomic():
        require(by, Permission.BREAK_DOWN)
        target = held_target(target_id, by)
        if not may_assign(by, target):
            raise NotPermitted
        body, person, faults = _named(duty)
        if seen and seen != target.changed_at.isoformat():
            faults.append(
                Refusal(
                    "overtaken",
                    _("Somebody else has changed this target since the page was opened."),
                    _("Look at what stands there now, then save again."),
                    status=409,
                )
            )
        measures, projects = _lines(duty.measures, "text"), _lines(duty.projects, "name")
        tell([*faults, *_faults(duty, measures, projects)])
        before = duty_card(target)
        target.body, target.person = body, person
        target.requirement = duty.requirement.strip()
        target.measures, target.projects = measures, projects
        if duty_card(target) != before:
            target.changed_at = at
            target.save(
                update_fields=[
                    "body",
                    "person",
                    "requirement",
                    "measures",
                    "projects",
                    "changed_at",
                ]
            )
            record(
                "assign_duty",
                target,
                by=by,
                at=at,
                unit_path=target.unit_path,
                before=before,
                after=duty_card(target),
            )
    return target


def duty_card(target: MonitoredTarget) -> dict[str, Any]:
    """What events say of a duty."""
    return {
        "body": target.body.name if target.body else "",
        "responsible": target.person.name if target.person else "",
        "requirement": target.requirement,
        "measures": [_said(line, "text", "due") for line in target.measures],
        "projects": [_said(line, "name", "state") for line in target.projects],
    }


def _said(line: Mapping[str, Any], *fields: str) -> str:
    return " ".join(str(line[field]) for field in fields if line.get(field))


def _named(duty: Duty) -> tuple[Unit | None, Person | None, list[Refusal]]:
    faults = []
    body = Unit.objects.filter(code=duty.body).first() if duty.body else None
    if duty.body and body is None:
        faults.append(
            Refusal(
                "no_unit", _("There is no such unit."), _("Choose one of the list."), place="body"
            )
        )
    person = Person.objects.filter(pk=duty.person, is_active=True).first() if duty.person else None
    if duty.person and person is None:
        faults.append(
            Refusal(
                "no_person",
                _("There is no such person, or the person may no longer sign in."),
                _("Choose one of the list."),
                place="person",
            )
        )
    return body, person, faults


def _lines(lines: Sequence[Mapping[str, str]], first: str) -> list[dict[str, str]]:
    """Lines that say something, each with its fields stripped."""
    stripped = [{key: " ".join(str(v).split()) for key, v in line.items()} for line in lines]
    return [line for line in stripped if line.get(first)]


def _faults(
    duty: Duty, measures: list[dict[str, str]], projects: list[dict[str, str]]
) -> list[Refusal]:
    faults = []
    texts = [duty.requirement, *(v for line in (*measures, *projects) for v in line.values())]
    if len(measures) > _MOST or len(projects) > _MOST or any(len(t) > _LONGEST for t in texts):
        faults.append(
            Refusal(
                "too_long",
                gapped(
                    _("At most %(lines)d lines of %(signs)d signs."), lines=_MOST, signs=_LONGEST
                ),
                _("Put the rest into a document of its own."),
            )
        )
    for line in measures:
        if line.get("due") and not _is_day(line["due"]):
            faults.append(
                Refusal(
                    "no_day",
                    gapped(_("“%(text)s” is no day."), text=line["due"][:40]),
                    _("Write it as 2018-06-30."),
                    place="measures",
                )
            )
    return faults


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
