"""The ladder of an order (督办升级): reminder, warning, talk; each level has its days."""

from __future__ import annotations

from datetime import date

from hexi.calendar.clock import Due, Limit, deadline
from hexi.supervision.book import LEVELS, Clocks, Level

__all__ = ["answer_by", "next_level", "problem_due"]


def next_level(level: str) -> Level | None:
    """The level above; None at the top, where it stays and stays late."""
    place = LEVELS.index(level)
    return LEVELS[place + 1] if place + 1 < len(LEVELS) else None


def answer_by(level: Level, given: date, clocks: Clocks) -> Due:
    """The last day to answer an order of a level that was given on a day."""
    return deadline(given, Limit(clocks.order_days[level]))


def problem_due(raised: date, days: int) -> Due:
    """The last day to answer a problem that was raised on a day."""
    return deadline(raised, Limit(days))
