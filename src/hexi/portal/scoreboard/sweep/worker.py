"""Monitoring in the background (后台监测): a sweep whenever the day or anything else has changed.

It takes its turn in the process that reads documents. Looking whether a sweep is due costs little,
and is done no more often than every few seconds.
"""

from __future__ import annotations

import logging
import time
from datetime import date
from typing import Protocol

from django.db.models import Min
from django.utils import timezone

from hexi.portal.scoreboard.acts.escalate_warnings import escalate_warnings
from hexi.portal.scoreboard.models import MonitoredTarget, SweepRun
from hexi.portal.scoreboard.sweep.run import is_due, sweep_targets
from hexi.portal.scoreboard.sweep.seeding import monitor_everything

__all__ = ["next_past_day", "sweep_today", "take_turn"]

log = logging.getLogger("hexi.scoreboard")

#: seconds between looks
PAUSE = 5.0

_looked = 0.0


class Bell(Protocol):
    """Says that the process is to end."""

    rung: bool


def take_turn(bell: Bell) -> int:
    """Sweep if it is due; how many sweeps were made."""
    global _looked
    if bell.rung or time.monotonic() - _looked < PAUSE:
        return 0
    _looked = time.monotonic()
    now = timezone.now()
    try:
        escalate_warnings(at=now)
        day = timezone.localdate(now)
        if not is_due(day):
            past = next_past_day(day)
            if past is None:
                return 0
            day, _looked = past, 0.0
        sweep_targets(day, at=now)
    except Exception:  # our own mistake must not stop the reading of documents
        log.exception("sweep")
        return 0
    return 1


def sweep_today() -> str:
    """For the set-up: everything under monitoring and swept as of today; one line for the
    terminal. The years before follow in the background."""
    now = timezone.now()
    monitor_everything(now)
    today = timezone.localdate(now)
    if not is_due(today):
        return ""
    run = sweep_targets(today, at=now)
    return f"{run.targets} / {run.changed}"


def next_past_day(today: date) -> date | None:
    """The next end of a year, since the first target began, that was never swept: pages show what
    would have been believed then."""
    first = MonitoredTarget.objects.aggregate(first=Min("start"))["first"]
    finished = SweepRun.objects.exclude(finished_at=None)
    done = set(finished.values_list("as_of", flat=True).distinct())
    ends = (date(year, 12, 31) for year in range(first or today.year, today.year))
    return next((day for day in ends if day not in done), None)
