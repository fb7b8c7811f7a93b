"""What a form consists of (报表的组成): items, sections, cover fields and who reports.

A form (报表) is policy, so it is data of a pack; these are the typed results of reading it. The
form is the one home of an item (指标项目): checking, the warehouse and indicators read it here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal, get_args

from hexi.calendar.working_days import WorkingDay, nth_working_day
from hexi.quantities import units
from hexi.statistics.forms.frequency import Frequency, as_period, ends_here
from hexi.statistics.language.nodes import Expression

__all__ = [
    "COVER_KINDS",
    "KINDS",
    "OVER_TIME",
    "OVER_UNITS",
    "REPORTED",
    "UNIT_KINDS",
    "CoverField",
    "Form",
    "Item",
    "Kind",
    "OverTime",
    "OverUnits",
    "Reported",
    "Reporting",
    "Section",
]

#: flow (流量) adds up over months; stock (存量) is as at the end; average (平均数) is a mean over
#: the period; count (个数) is a number of things as at the end
Kind = Literal["flow", "stock", "average", "count"]
#: what makes a quarter out of months: their sum, the last one, or their mean
OverTime = Literal["sum", "last", "average", "none"]
#: what makes a zone out of enterprises
OverUnits = Literal["sum", "average", "none"]
#: whether a return has the period alone (本期) or the year to date (累计)
Reported = Literal["period", "to_date"]
CoverKind = Literal["text", "code", "number", "date", "choice"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
OVER_TIME: Final[tuple[OverTime, ...]] = get_args(OverTime)
OVER_UNITS: Final[tuple[OverUnits, ...]] = get_args(OverUnits)
REPORTED: Final[tuple[Reported, ...]] = get_args(Reported)
COVER_KINDS: Final[tuple[CoverKind, ...]] = get_args(CoverKind)
#: who can be a reporter: the kinds of unit of the catalogue, an enterprise, a project
UNIT_KINDS: Final = ("enterprise", "project", "park", "zone", "county", "city", "province")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is asked (指标项目), with all that is needed to add it up."""

    code: str
    name: str
    name_en: str
    #: unit of measure that values are kept in (万元)
    unit: str
    kind: Kind
    over_time: OverTime
    over_units: OverUnits
    #: decimals that are kept; never more than four
    decimals: int
    definition: str
    #: an empty cell is refused at submission
    required: bool
    #: the form also asks for the same period of last year (上年同期)
    prior: bool
    #: other units of measure in which it may be typed (亿元); exact conversion
    entry_units: tuple[str, ...]
    #: id of the pack's indicator that it is the source of; may be empty
    indicator: str
    #: whether a value below zero can be right (profit)
    negative: bool
    #: value of the period alone, or of the year to date: then a single month is the difference of
    #: two returns, and unknown where one of them is missing
    reported: Reported = "period"
    #: item of the price index that takes it to comparable prices (可比价); may be empty
    deflator: str = ""

    def kept(self, value: Decimal, entry_unit: str = "") -> Decimal:
        """A typed value in the unit of the item, exact.

        Raises:
            ValueError: where the unit is not one of this item, or more decimals than are kept
                would be lost.
        """
        unit = entry_unit or self.unit
        if unit != self.unit and unit not in self.entry_units:
            raise ValueError(f"{self.name}：单位应为 {'、'.join((self.unit, *self.entry_units))}")
        exact = Fraction(value) if unit == self.unit else units.convert(value, unit, self.unit)
        scaled = exact * 10**self.decimals
        if scaled.denominator != 1:
            raise ValueError(f"{self.name}：最多 {self.decimals} 位小数（{self.unit}）")
        return Decimal(scaled.numerator).scaleb(-self.decimals)


@dataclass(frozen=True, slots=True)
class CoverField:
    """A field of the cover page (封面): who fills in, signs, and master data of the reporter."""

    code: str
    name: str
    name_en: str
    kind: CoverKind
    required: bool
    #: filled from the last return (沿用上期)
    carried: bool
    #: field of the register that it shows and must agree with (credit_code); may be empty
    register: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a form (分组). With ``rows`` it has as many rows as the reporter needs (动态行)."""

    code: str
    name: str
    name_en: str
    items: tuple[Item, ...]
    #: id of the pack's classification whose codes are the rows (partner countries); empty where
    #: each item is one cell. A code is a whole number: it is the facet of the fact
    rows: str
    most_rows: int

    @property
    def dynamic(self) -> bool:
        """True where rows are added by the reporter."""
        return bool(self.rows)


@dataclass(frozen=True, slots=True)
class Reporting:
    """Who reports (报送单位): one kind of unit, and a condition over the register."""

    kind: str
    #: condition of the language over names ``reporter.…``; None where all of the kind report
    when: Expression | None
    #: the condition as it was written
    source: str


@dataclass(frozen=True)
class Form:
    """One version of a form (报表), in force for periods from ``since`` on."""

    id: str
    #: year or name of the version, part of every reference to it: 2024
    version: str
    #: first period of this version, YYYYMM
    since: int
    #: first period that it is no longer used for, YYYYMM; 999912 while it is in force
    until: int
    #: number of the form in the system of forms: 甘开统 101 表
    number: str
    name: str
    name_en: str
    frequency: Frequency
    #: working day after the end of the period by which it is due
    due: int
    note: str
    reporting: tuple[Reporting, ...]
    cover: tuple[CoverField, ...]
    sections: tuple[Section, ...]
    #: file inside the pack
    file: str

    @cached_property
    def items(self) -> dict[str, Item]:
        """Items that are one cell each, by code, in the order of the form."""
        fixed = (section for section in self.sections if not section.dynamic)
        return {item.code: item for section in fixed for item in section.items}

    @cached_property
    def row_items(self) -> dict[str, dict[str, Item]]:
        """Items of dynamic sections: section code, then item code."""
        dynamic = (section for section in self.sections if section.dynamic)
        return {s.code: {item.code: item for item in s.items} for s in dynamic}

    def every_item(self) -> Iterator[Item]:
        """Items of all sections, in the order of the form."""
        for section in self.sections:
            yield from section.items

    def section(self, code: str) -> Section:
        """The section of a code; KeyError where there is none."""
        for section in self.sections:
            if section.code == code:
                return section
        raise KeyError(code)

    def in_force(self, period: int) -> bool:
        """True where a return of this period (YYYYMM) is filled in on this version."""
        return self.since <= period < self.until and ends_here(self.frequency, period)

    def due_day(self, period: int) -> WorkingDay:
        """The day by which the return of a period (YYYYMM) is due."""
        end = as_period(self.frequency, period).last
        year, month = divmod(end + 1, 12)
        return nth_working_day(datetime.date(year, month + 1, 1), self.due)
