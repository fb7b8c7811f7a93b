"""Working days (工作日): by which day a return is due or an act must be done.

The State Council announces each year's holidays and the weekends worked instead (调休) in the
autumn before. Years announced are data (``data/holidays.toml``, each with the number of its
notice); for any other year only weekends are known, and an answer from such a year says so.
"""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = [
    "WorkingDay",
    "announced_years",
    "is_working_day",
    "nth_working_day",
    "source_of",
    "working_days_between",
]

_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class WorkingDay:
    """A day found by counting working days."""

    day: datetime.date
    #: False where a year was counted whose holidays are not announced: weekends only
    announced: bool


@dataclass(frozen=True, slots=True)
class _Year:
    source: str
    off: frozenset[datetime.date]
    worked: frozenset[datetime.date]


@cache
def _years() -> dict[int, _Year]:
    text = files("hexi.calendar").joinpath("data/holidays.toml").read_text(encoding="utf-8")
    return {entry["year"]: _year(entry) for entry in tomllib.loads(text)["year"]}


def _year(entry: dict[str, Any]) -> _Year:
    off: set[datetime.date] = set()
    for first, last in entry["off"]:
        while first <= last:
            off.add(first)
            first += _DAY
    return _Year(entry["source"], frozenset(off), frozenset(entry["worked"]))


def announced_years() -> tuple[int, ...]:
    """Years whose holidays are known, in order."""
    return tuple(sorted(_years()))


def source_of(year: int) -> str:
    """Number of the State Council's notice on a year's holidays; empty where not announced."""
    known = _years().get(year)
    return known.source if known else ""


def is_working_day(day: datetime.date) -> bool:
    """True where offices work on that day; in a year not announced: Monday to Friday."""
    # A notice also names days of the neighbouring year (元旦 from 30 December on).
    for year in (day.year, day.year + 1):
        known = _years().get(year)
        if known and day in known.off:
            return False
        if known and day in known.worked:
            return True
    return day.weekday() < 5


def nth_working_day(start: datetime.date, number: int) -> WorkingDay:
    """The ``number``-th working day from ``start`` on, ``start`` itself counted where worked.

    Raises:
        ValueError: where ``number`` is below 1.
    """
    if number < 1:
        raise ValueError("working days are counted from 1")
    day, left = start, number
    while True:
        left -= is_working_day(day)
        if not left:
            return WorkingDay(day, start.year in _years() and day.year in _years())
        day += _DAY


def working_days_between(first: datetime.date, last: datetime.date) -> int:
    """How many working days lie after ``first`` up to and with ``last``; below zero backwards."""
    if last < first:
        return -working_days_between(last, first)
    days = (last - first).days
    return sum(is_working_day(first + _DAY * n) for n in range(1, days + 1))
