"""The clock of an official step (办理时限): by which day, how much is used, what does not count.

A limit is a number of days and a ledger of pauses (中止): what is not counted by law, such as a
hearing or an expert review, is kept as spans, and the last day follows from them whenever it is
asked for. The limit counts from the day after receipt (行政许可法 counts in working days, Art. 82;
环境影响评价 in plain days). A last day in a year whose holidays are not announced is provisional.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from hexi.calendar.working_days import announced_years, is_working_day

__all__ = ["Due", "Limit", "Pause", "deadline", "used_days"]

_DAY = datetime.timedelta(days=1)
#: a notice names days of the year before from about here on (2008: 29 to 31 December 2007)
_YEAR_END = (12, 28)
#: no limit of a law is longer; a wrong figure must not count for ever
_LONGEST = 3660


@dataclass(frozen=True, slots=True)
class Limit:
    """So many days, and how they are counted."""

    days: int
    #: True: working days (工作日); False: days (日)
    working: bool = True
    #: True where the day of receipt is the first day
    from_receipt: bool = False
    #: for plain days: a last day off moves to the next working day (民法典 Art. 203)
    moves_on: bool = True

    def __post_init__(self) -> None:
        if not 1 <= self.days <= _LONGEST:
            raise ValueError(f"a limit has 1 to {_LONGEST} days, not {self.days}")


@dataclass(frozen=True, slots=True, order=True)
class Pause:
    """A span that does not count: from its first day until the day that counts again."""

    first: datetime.date
    #: None: it goes on
    until: datetime.date | None
    reason: str = ""

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.first:
            raise ValueError(f"a pause ends on or after {self.first}, not on {self.until}")

    def holds(self, day: datetime.date) -> bool:
        """True where a day does not count."""
        return self.first <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a limit."""

    #: None while a pause goes on and days are left
    day: datetime.date | None
    #: False where it rests on a year whose holidays are not announced (暂定)
    announced: bool
    #: days that would have counted and were paused
    paused: int


def deadline(received: datetime.date, limit: Limit, pauses: Sequence[Pause] = ()) -> Due:
    """The last day on which a step that was received on a day is in time."""
    day = received if limit.from_receipt else received + _DAY
    left, paused = limit.days, 0
    endless = min((p.first for p in pauses if p.until is None), default=datetime.date.max)
    while True:
        if day >= endless:
            return Due(None, _announced(received, endless), paused)
        if not limit.working or is_working_day(day):
            if any(pause.holds(day) for pause in pauses):
                paused += 1
            else:
                left -= 1
        if not left:
            break
        day += _DAY
    while not limit.working and limit.moves_on and not is_working_day(day):
        day += _DAY
    return Due(day, _announced(received, day), paused)


def used_days(
    received: datetime.date, today: datetime.date, limit: Limit, pauses: Sequence[Pause] = ()
) -> int:
    """Days of a limit that are used up to and with today; more than it has where it is over."""
    day = received if limit.from_receipt else received + _DAY
    used = 0
    while day <= today:
        counts = not limit.working or is_working_day(day)
        used += counts and not any(pause.holds(day) for pause in pauses)
        day += _DAY
    return used


def _announced(first: datetime.date, last: datetime.date) -> bool:
    """Whether the holidays of every day between are known."""
    known = announced_years()
    years = range(first.year, last.year + 1)
    at_year_end = (last.month, last.day) >= _YEAR_END and last.year + 1 not in known
    return all(year in known for year in years) and not at_year_end
