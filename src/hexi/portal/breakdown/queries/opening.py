"""Choosing the units of a breakdown (选择分解单位): those that belonged below on a day, by kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from hexi.portal.breakdown.queries.members import Level, levels_below, nested
from hexi.portal.core.names import name_of
from hexi.portal.plans.queries import words
from hexi.portal.scoreboard.models import MonitoredTarget

__all__ = ["day_for", "opening_context"]


def day_for(target: MonitoredTarget, asked: str, today: date) -> date:
    """The day asked for; else today, held within the years of the target."""
    try:
        return date.fromisoformat(asked)
    except ValueError:
        pass
    if target.end and today.year > target.end:
        return date(target.end, 12, 31)
    if target.start and today.year <= target.start:
        return date(target.start + 1, 1, 1)
    return today


def opening_context(target: MonitoredTarget, day: date, chosen: Sequence[str]) -> dict[str, Any]:
    """Units by kind; where nothing was chosen yet, the nearest kind without units inside others."""
    levels = levels_below(target.unit, day) if target.unit else []
    taken = set(chosen) or _usual(levels, day)
    return {
        "day": day.isoformat(),
        "levels": [
            {
                "kind": level.kind,
                "label": words.label(words.LEVELS, level.kind) or level.kind,
                "count": len(level.units),
                "open": any(unit.code in taken for unit in level.units),
                "units": [
                    {"code": unit.code, "name": name_of(unit), "chosen": unit.code in taken}
                    for unit in level.units
                ],
            }
            for level in levels
        ],
    }


def _usual(levels: Sequence[Level], day: date) -> set[str]:
    codes = {unit.code for level in levels[:1] for unit in level.units}
    return codes - {lower for _upper, lower in nested(codes, day)}
