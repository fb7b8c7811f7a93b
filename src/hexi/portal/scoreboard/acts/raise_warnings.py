"""Raise warnings (发出预警): what the rules saw in a sweep gets an owner and a day to answer.

The same matter is not raised twice: not while it is open, and after it was closed not on the same
figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hexi.calendar.working_days import nth_working_day
from hexi.monitoring.lamps import Alarm
from hexi.portal.core.models import Unit
from hexi.portal.core.record import record
from hexi.portal.scoreboard.models import EarlyWarning, MonitoredTarget, WarningState

__all__ = ["Seen", "raise_warnings"]


@dataclass(frozen=True, slots=True)
class Seen:
    """An alarm of the engine on a target, with the hash of the figures it rests on."""

    target: MonitoredTarget
    alarm: Alarm
    lamp: str
    data_hash: str


def raise_warnings(seen: Iterable[Seen], *, at: datetime) -> int:
    """Write those that are new, each with its event; how many there were."""
    listed = list(seen)
    if not listed:
        return 0
    with transaction.atomic():
        known = EarlyWarning.objects.filter(target__in={one.target.pk for one in listed})
        open_ones, settled = set(), set()
        for row in known:
            key = (row.target_id, row.kind, row.about)
            if row.state == WarningState.CLOSED:
                settled.add((*key, row.record.get("data_hash", "")))
            else:
                open_ones.add(key)
        raised = 0
        for one in listed:
            key = (one.target.pk, one.alarm.kind, one.alarm.about[:200])
            if key in open_ones or (*key, one.data_hash) in settled:
                continue
            open_ones.add(key)
            _raise(one, at)
            raised += 1
    return raised


def _raise(one: Seen, at: datetime) -> None:
    target, alarm = one.target, one.alarm
    unit = target.body or target.unit
    today = timezone.localtime(at).date()
    due = nth_working_day(today, alarm.answer_days + 1)
    row = EarlyWarning.objects.create(
        target=target,
        kind=alarm.kind,
        about=alarm.about[:200],
        rule=alarm.rule,
        as_of=alarm.as_of,
        level="red" if one.lamp == "red" else "yellow",
        person=target.person,
        unit=unit,
        desk=_desk(target, unit),
        deadline=due.day,
        announced=due.announced,
        escalate_days=alarm.escalate_days,
        raised_at=at,
        record={
            "reasons": [
                {
                    "code": alarm.reason.code,
                    "text": alarm.reason.text,
                    "text_en": alarm.reason.text_en,
                }
            ],
            "figures": dict(alarm.figures),
            "data_hash": one.data_hash,
        },
    )
    record(
        "raise_warning",
        row,
        by=None,
        at=at,
        unit_path=row.unit_path,
        after={
            "warning": alarm.kind,
            "rule": alarm.rule,
            "deadline": due.day.isoformat(),
            "plan": target.plan_id,
        },
    )


def _desk(target: MonitoredTarget, unit: Unit | None) -> Unit | None:
    """Who closes it: who set the target, if that is somebody above; else the unit above."""
    setter = target.parent.unit if target.parent else target.plan.unit
    if unit is None:
        return setter
    if setter is not None and unit.path.startswith(setter.path) and setter.pk != unit.pk:
        return setter
    return unit.parent or unit
