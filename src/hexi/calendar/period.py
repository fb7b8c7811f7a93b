"""Periods (时期): the stretch of time that a figure is of.

A period is a run of whole months. Its written form follows from its shape: a year ``2020``, a span
of years ``2016-2020``, a half ``2023-H1``, a quarter ``2023-Q1``, a month ``2015-12`` (also what
年底 is written as), a year to date ``2023-01/05`` (1—5月累计), or another run of months
``2022-11/2023-02``. Five-year plans (五年规划) are spans by formula.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

__all__ = ["Kind", "Period", "parse", "plan_name", "plan_number", "plan_period"]

Kind = Literal["year", "span", "half", "quarter", "month", "year_to_date", "months"]

_YEAR = re.compile(r"([0-9]{4})(?:-([0-9]{4}|[0-9]{2}|[QH][1-4]))?", re.ASCII)
_MONTHS = re.compile(r"([0-9]{4})-([0-9]{2})/(?:([0-9]{4})-)?([0-9]{2})", re.ASCII)
_LONG_PLAN = re.compile(r"第?([一二三四五六七八九十]{1,3})个五年")
_SHORT_PLAN = re.compile(r"([一二三四五六七八九十]{1,3})五(?!年)")
_DIGITS = "一二三四五六七八九"
#: the plans before the third did not fill the years that the formula gives
_EARLY_PLANS = {1: 1953, 2: 1958}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Months ``first`` to ``last``, counted as year × 12 + month - 1."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError("a period cannot end before it begins")

    @classmethod
    def year(cls, year: int) -> Period:
        """A calendar year."""
        return cls(year * 12, year * 12 + 11)

    @classmethod
    def span(cls, first_year: int, last_year: int) -> Period:
        """Whole years, both included."""
        return cls(first_year * 12, last_year * 12 + 11)

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """A calendar month."""
        if not 1 <= month <= 12:
            raise ValueError(f"not a month: {month}")
        return cls(year * 12 + month - 1, year * 12 + month - 1)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        """A quarter."""
        if not 1 <= quarter <= 4:
            raise ValueError(f"not a quarter: {quarter}")
        return cls(year * 12 + 3 * quarter - 3, year * 12 + 3 * quarter - 1)

    @classmethod
    def half(cls, year: int, half: int) -> Period:
        """上半年 (1) or 下半年 (2)."""
        if half not in (1, 2):
            raise ValueError(f"not a half-year: {half}")
        return cls(year * 12 + 6 * half - 6, year * 12 + 6 * half - 1)

    @classmethod
    def year_to_date(cls, year: int, month: int) -> Period:
        """January to ``month`` (1—N月)."""
        return cls(year * 12, cls.month(year, month).last)

    @property
    def first_year(self) -> int:
        """Year of the first month."""
        return self.first // 12

    @property
    def last_year(self) -> int:
        """Year of the last month: the year that a target is due in."""
        return self.last // 12

    @property
    def months(self) -> int:
        """How many months it has."""
        return self.last - self.first + 1

    @property
    def years(self) -> int:
        """How many calendar years it touches."""
        return self.last_year - self.first_year + 1

    @property
    def kind(self) -> Kind:
        """Which of the written forms it has."""
        start, months = self.first % 12, self.months
        if start == 0 and months % 12 == 0:
            return "year" if months == 12 else "span"
        if months == 1:
            return "month"
        if months == 6 and start % 6 == 0:
            return "half"
        if months == 3 and start % 3 == 0:
            return "quarter"
        return "year_to_date" if start == 0 and months < 12 else "months"

    def contains(self, other: Period) -> bool:
        """True where the other period lies inside."""
        return self.first <= other.first and other.last <= self.last

    def overlaps(self, other: Period) -> bool:
        """True where they share a month."""
        return self.first <= other.last and other.first <= self.last

    def years_after(self, base_year: int) -> int:
        """Growth years from a base year to the last year (the base year is not counted)."""
        return self.last_year - base_year

    def __str__(self) -> str:
        year, month = divmod(self.first, 12)
        last_month = self.last % 12 + 1
        match self.kind:
            case "year":
                return f"{year:04d}"
            case "span":
                return f"{year:04d}-{self.last_year:04d}"
            case "half":
                return f"{year:04d}-H{month // 6 + 1}"
            case "quarter":
                return f"{year:04d}-Q{month // 3 + 1}"
            case "month":
                return f"{year:04d}-{month + 1:02d}"
            case "year_to_date":
                return f"{year:04d}-01/{last_month:02d}"
            case _:
                return f"{year:04d}-{month + 1:02d}/{self.last_year:04d}-{last_month:02d}"


@lru_cache(maxsize=4096)
def parse(text: str) -> Period:
    """The period of a written form; raises ValueError on anything else."""
    match = _YEAR.fullmatch(text)
    if match is not None:
        return _from_year(int(match[1]), match[2])
    match = _MONTHS.fullmatch(text)
    if match is None:
        raise ValueError(f"not a period: {text!r}")
    year, last_year = int(match[1]), int(match[3] or match[1])
    return Period(
        Period.month(year, int(match[2])).first, Period.month(last_year, int(match[4])).last
    )


def _from_year(year: int, rest: str | None) -> Period:
    if rest is None:
        return Period.year(year)
    if len(rest) == 4:
        return Period.span(year, int(rest))
    if rest[0] == "Q":
        return Period.quarter(year, int(rest[1]))
    if rest[0] == "H":
        return Period.half(year, int(rest[1]))
    return Period.month(year, int(rest))


def plan_period(plan: int | str) -> Period:
    """Years of the n-th five-year plan, by number or name (十三五, 第十四个五年规划)."""
    number = plan_number(plan) if isinstance(plan, str) else plan
    if number is None or number < 1:
        raise ValueError(f"not a five-year plan: {plan!r}")
    start = _EARLY_PLANS.get(number, 1951 + 5 * number)
    return Period.span(start, start + 4)


def plan_number(name: str) -> int | None:
    """13 for 十三五, “十三五”规划 or 第十三个五年规划纲要; None where no plan is named."""
    bare = name.strip("“”\"'‘’「」 ")
    match = _LONG_PLAN.match(bare) or _SHORT_PLAN.match(bare)
    return None if match is None else _ordinal(match[1])


def _ordinal(numeral: str) -> int | None:
    tens, mark, ones = numeral.partition("十")
    if not mark:
        return _DIGITS.index(numeral) + 1 if len(numeral) == 1 else None
    if len(tens) > 1 or len(ones) > 1:
        return None
    return (_DIGITS.index(tens) + 1 if tens else 1) * 10 + (_DIGITS.index(ones) + 1 if ones else 0)


def plan_name(period: Period) -> str | None:
    """十三五 for 2016-2020; None where the years are not those of one five-year plan."""
    number, rest = divmod(period.first_year - 1951, 5)
    if period.kind != "span" or period.years != 5 or rest or not 3 <= number <= 99:
        early = {plan_period(n): n for n in _EARLY_PLANS}
        number = early.get(period, 0)
        if not number:
            return None
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else _DIGITS[tens - 1] + "十"
    return f"{head}{_DIGITS[ones - 1] if ones else ''}五"
