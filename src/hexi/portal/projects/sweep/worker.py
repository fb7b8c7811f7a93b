"""Lamps in the background (后台亮灯): every night all projects, in between those that changed.

It takes its turn in the process that reads documents. Looking whether something is due is one or
two indexed queries, no more often than every few seconds.
"""

from __future__ import annotations

import logging
import time
from typing import Protocol

from django.utils import timezone

from hexi.portal.projects.columns.marks import changes_since
from hexi.portal.projects.models import LampRun
from hexi.portal.projects.sweep.run import look_again, stamp_now, sweep_lamps

__all__ = ["look_now", "take_turn"]

log = logging.getLogger("hexi.projects")

#: seconds between looks
PAUSE = 5.0

_looked = 0.0


class Bell(Protocol):
    """Says that the process is to end."""

    rung: bool


def take_turn(bell: Bell) -> int:
    """Sweep if it is due; how many passes were made."""
    global _looked
    if bell.rung or time.monotonic() - _looked < PAUSE:
        return 0
    _looked = time.monotonic()
    try:
        return look_now()
    except Exception:  # our own mistake must not stop the reading of documents
        log.exception("lamps")
        return 0


def look_now() -> int:
    """The pass of the day where there was none, else the projects that changed since."""
    now = timezone.now()
    day = timezone.localdate(now)
    run = LampRun.objects.filter(as_of=day, stamp=stamp_now()).first()
    if run is None or run.finished_at is None:
        sweep_lamps(day, at=now)
        return 1
    changes = changes_since(run.mark)
    projects = sorted(frozenset().union(*changes.projects.values()))
    if not projects:
        return 0
    look_again(run, projects, changes.mark, at=now)
    return 1
