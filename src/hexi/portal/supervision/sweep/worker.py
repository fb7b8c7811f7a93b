"""Supervision in the portal's worker (后台督办): a sweep every few minutes, one turn at a time."""

from __future__ import annotations

import logging
import time
from typing import Protocol

from django.utils import timezone

from hexi.portal.supervision.sweep.run import sweep_supervision

__all__ = ["take_turn"]

log = logging.getLogger("hexi.supervision")

#: seconds between sweeps: deadlines are days
PAUSE = 300.0

_swept: float | None = None


class Bell(Protocol):
    """Says that the process is to end."""

    rung: bool


def take_turn(bell: Bell) -> int:
    """Sweep if it is time; how many rows were changed."""
    global _swept
    if bell.rung or (_swept is not None and time.monotonic() - _swept < PAUSE):
        return 0
    _swept = time.monotonic()
    try:
        done = sweep_supervision(at=timezone.now())
    except Exception:  # our own mistake must not stop the reading of documents
        log.exception("supervision")
        return 0
    return done.problems_risen + done.orders_risen + done.proposed + done.lapsed
