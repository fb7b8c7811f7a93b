"""Periods as files write them (时期写法): 2024-03, 202403, 2024年3月, 2024-Q1, 2024-M03, 2024."""

from __future__ import annotations

import re
from datetime import date

from hexi.calendar import Period, parse
from hexi.warehouse.months import FREQUENCIES, month_of

__all__ = ["PeriodFault", "read_period"]

_COMPACT = re.compile(r"(\d{4})(0[1-9]|1[0-2])", re.ASCII)
_CHINESE = re.compile(r"(\d{4})年(?:(\d{1,2})月|第?([一二三四1-4])季度|([上下])半年)?")
_SDMX = re.compile(r"(\d{4})-(?:M(\d{2})|S([12])|A1)", re.ASCII)
_DAY = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))-\d{2}", re.ASCII)


class PeriodFault(ValueError):
    """Why a text is no period of a form: the code of the fault."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def read_period(text: str, frequency: str, today: date) -> int:
    """YYYYMM of the last month of a written period.

    PeriodFault with code period_text, frequency (not of the form's length) or future.
    """
    try:
        period = _parsed(text.strip())
    except ValueError:
        raise PeriodFault("period_text") from None
    length = FREQUENCIES[frequency]
    if period.months != length or (period.last + 1) % length:
        raise PeriodFault("frequency")
    if period.first > today.year * 12 + today.month - 1:
        raise PeriodFault("future")
    return month_of(period)


def _parsed(text: str) -> Period:
    if match := _COMPACT.fullmatch(text):
        return Period.month(int(match[1]), int(match[2]))
    if match := _DAY.fullmatch(text):
        return parse(match[1])
    if match := _SDMX.fullmatch(text):
        year = int(match[1])
        if match[2]:
            return Period.month(year, int(match[2]))
        return Period.half(year, int(match[3])) if match[3] else Period.year(year)
    if match := _CHINESE.fullmatch(text):
        year = int(match[1])
        if match[2]:
            return Period.month(year, int(match[2]))
        if match[3]:
            return Period.quarter(year, "一二三四1234".index(match[3]) % 4 + 1)
        return Period.half(year, "上下".index(match[4]) + 1) if match[4] else Period.year(year)
    return parse(text)
