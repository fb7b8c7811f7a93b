"""Months as figures carry them (年月): YYYYMM, the last month of the period that a fact is of.

Dated register entries begin with a month and end before one: ``until`` is not included, and
``OPEN`` (999912) stands for "still so" (至今).
"""

from __future__ import annotations

from typing import Final, Literal

from hexi.calendar import Period

__all__ = ["FREQUENCIES", "OPEN", "Frequency", "is_month", "month_of", "period_of"]

#: the end of what has not ended
OPEN: Final = 999912

Frequency = Literal["month", "quarter", "half", "year"]
#: length in months of each frequency of reporting (报送频率)
FREQUENCIES: Final[dict[str, int]] = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def is_month(value: int) -> bool:
    """True where the number reads as YYYYMM."""
    return 190001 <= value <= OPEN and 1 <= value % 100 <= 12


def month_of(period: Period) -> int:
    """YYYYMM of the period's last month."""
    year, month = divmod(period.last, 12)
    return year * 100 + month + 1


def period_of(month: int, frequency: str) -> Period:
    """The period of a form's frequency that ends with the month.

    ValueError where no such period ends there (a quarter in February).
    """
    year, number = divmod(month, 100)
    length = FREQUENCIES[frequency]
    if not is_month(month) or number % length:
        raise ValueError(f"no {frequency} ends in {month}")
    last = year * 12 + number - 1
    return Period(last - length + 1, last)
