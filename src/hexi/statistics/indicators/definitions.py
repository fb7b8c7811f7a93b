"""Definitions of items and computed indicators (指标口径), as data of a pack.

An item (报表指标) is a line of a return: what it counts, in which unit of measure, and how it adds
up over time and over units. A computed indicator (计算指标) is an expression over items with its
unit of measure, printed decimals, time of validity, source and confidentiality. Both are written
once and hold at every level of every tree.

What is asked by class may be summed over a named list of classes, such as the countries of an
initiative. :mod:`reading` makes all of these from the files of a pack.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Literal

from hexi.statistics.language import Expression

__all__ = ["BASES", "Basis", "ClassList", "Definitions", "Indicator", "Item"]

Kind = Literal["flow", "stock", "average", "count"]
OverTime = Literal["sum", "average", "last", "first", "max", "min", "none"]
OverUnits = Literal["sum", "average", "max", "min", "none"]
Basis = Literal["restated", "matched", "nominal", "comparable"]
Rounding = Literal["half_up", "half_even"]

#: growth as the respondents restate it, over enterprises present in both years, of totals, or of
#: totals at the prices of the year before
BASES: tuple[Basis, ...] = ("restated", "matched", "nominal", "comparable")


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a return (报表指标)."""

    code: str
    name: str
    kind: Kind
    #: unit of measure that values are returned in
    unit: str
    #: how its periods make the year to date
    over_time: OverTime
    #: how its reporters make a unit
    over_units: OverUnits
    name_en: str = ""
    decimals: int = 2
    #: whether the value is of the period alone (本期) or of the year to date (累计)
    reported: Literal["period", "to_date"] = "period"
    #: length of its period in months
    every: int = 1
    #: indicator of the catalogue that it feeds
    indicator: str = ""
    definition: str = ""
    #: item of the price index (上年同期 = 100) that takes it to the prices of the year before
    deflator: str = ""
    #: classification that it is asked by, a figure a class (分组填报); empty: one figure
    rows: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ClassList:
    """A named list of classes (分组清单), such as the countries along a road."""

    id: str
    name: str
    name_en: str
    classification: str
    #: numbers of the classes
    classes: frozenset[int]
    source: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A computed indicator (计算指标): one definition for all units, levels and periods."""

    id: str
    name: str
    expression: Expression
    #: the expression as written
    source_text: str
    unit: str
    decimals: int = 2
    name_en: str = ""
    #: multiplies the value after its unit of measure was converted; 1 nearly always
    factor: Fraction = Fraction(1)
    rounding: Rounding = "half_up"
    #: basis of its growth (增速口径) where a view asks for growth without naming one
    growth: Basis = "restated"
    #: YYYYMM; ``valid_to`` is not included
    valid_from: int = 190001
    valid_to: int = 999912
    source: str = ""
    confidentiality: str = "protected"
    #: indicator of the catalogue that it is
    catalogue: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Definitions:
    """Items by code and indicators by id, in the order they were written."""

    items: dict[str, Item]
    indicators: dict[str, Indicator]
    lists: Mapping[str, ClassList] = field(default_factory=dict)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of all that can change a figure: the key under which results may be kept."""
        said = hashlib.sha256()
        for item in self.items.values():
            how = f"{item.over_time}\t{item.over_units}\t{item.reported}\t{item.every}"
            how += f"\t{item.deflator}\t{item.rows}"
            said.update(f"{item.code}\t{item.kind}\t{item.unit}\t{how}\n".encode())
        for one in self.indicators.values():
            printed = f"{one.unit}\t{one.decimals}\t{one.factor}\t{one.rounding}\t{one.growth}"
            valid = f"{one.valid_from}\t{one.valid_to}"
            said.update(f"{one.id}\t{one.source_text}\t{printed}\t{valid}\n".encode())
        for each in self.lists.values():
            said.update(f"{each.id}\t{sorted(each.classes)}\n".encode())
        return said.hexdigest()
