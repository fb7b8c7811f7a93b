"""Sweeps as pages show them (扫描说明): when positions were last computed."""

from __future__ import annotations

from datetime import date
from typing import Any

from hexi.portal.plans.queries import words
from hexi.portal.scoreboard.models import SweepRun

__all__ = ["run_line"]


def run_line(asof: date | None) -> dict[str, Any]:
    """The last finished sweep, or the last one of that day or before it; empty where none was."""
    runs = SweepRun.objects.exclude(finished_at=None)
    if asof is not None:
        runs = runs.filter(as_of__lte=asof)
    last = runs.order_by("-as_of", "-id").first()
    if last is None:
        return {}
    return {"as_of": last.as_of.isoformat(), "at": words.when(last.finished_at)}
