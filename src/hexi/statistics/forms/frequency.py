"""How often a form is filled in (报送频率): month, quarter, half-year or year.

Everywhere in statistics a period is one whole number, YYYYMM of its last month; the form's
frequency says how long it is. So a quarter's and its last month's figures stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, get_args

from hexi.calendar.period import Period

__all__ = [
    "FREQUENCIES",
    "Frequency",
    "as_period",
    "before",
    "ends_here",
    "months_of",
    "period_ends",
    "shifted",
    "year_before",
]

Frequency = Literal["month", "quarter", "half", "year"]
FREQUENCIES: Final[tuple[Frequency, ...]] = get_args(Frequency)

_MONTHS: Final[dict[Frequency, int]] = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def months_of(frequency: Frequency) -> int:
    """How many months one period has."""
    return _MONTHS[frequency]


def shifted(period: int, months: int) -> int:
    """YYYYMM moved by months: ``shifted(202501, -1)`` is 202412."""
    year, month = divmod(period // 100 * 12 + period % 100 - 1 + months, 12)
    return year * 100 + month + 1


def before(frequency: Frequency, period: int) -> int:
    """The period before (上期)."""
    return shifted(period, -_MONTHS[frequency])


def year_before(period: int) -> int:
    """The same period of last year (上年同期)."""
    return period - 100


def ends_here(frequency: Frequency, period: int) -> bool:
    """True where a period of this frequency ends with this month: 202503 ends a quarter."""
    return 1 <= period % 100 <= 12 and period % 100 % _MONTHS[frequency] == 0


def as_period(frequency: Frequency, period: int) -> Period:
    """The stretch of months that YYYYMM stands for.

    Raises:
        ValueError: where no period of this frequency ends with that month.
    """
    if not ends_here(frequency, period):
        raise ValueError(f"{period} 不是一个{frequency}期的末月 / ends no {frequency}")
    last = Period.month(*divmod(period, 100)).last
    return Period(last - _MONTHS[frequency] + 1, last)


def period_ends(frequency: Frequency, first: int, last: int) -> Iterator[int]:
    """Every period that ends from month ``first`` to month ``last``, both YYYYMM, in order."""
    period = first
    while period <= last:
        if ends_here(frequency, period):
            yield period
        period = shifted(period, 1)
