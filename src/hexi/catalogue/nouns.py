"""The nouns of a policy pack (数据包): units, indicators, classifications, definitions.

Plain frozen data, as the office knows it: who is accountable (责任主体), what is measured (指标),
by which method, under which code (分类), and when a definition changed (口径变动). Plans, targets
and observed values stand in `hexi.catalogue.evidence`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "AGGREGATIONS",
    "BREAK_KINDS",
    "DIRECTIONS",
    "GROWTHS",
    "KINDS",
    "NATURES",
    "TIME_AGGREGATIONS",
    "UNIT_KINDS",
    "ClassItem",
    "Classification",
    "Indicator",
    "Membership",
    "Method",
    "SeriesBreak",
    "Unit",
]

KINDS = ("flow", "stock", "ratio", "count", "index", "rank")
DIRECTIONS = ("up", "down", "depends")
AGGREGATIONS = ("sum", "ratio", "none")
TIME_AGGREGATIONS = ("sum", "last", "ratio", "none")
GROWTHS = ("real", "nominal", "physical", "points", "none")
NATURES = ("expected", "binding")
#: what changed: the definition itself, its scope, the way of counting, the statistical system;
#: `census` is a revision after a census, `parallel` two definitions in use side by side
BREAK_KINDS = ("definition", "scope", "counting", "system", "census", "parallel")
UNIT_KINDS = (
    "province",
    "city",
    "county",
    "zone",
    "park",
    "group",
    "department",
    "enterprise",
)

Kind = Literal["flow", "stock", "ratio", "count", "index", "rank"]
Direction = Literal["up", "down", "depends"]


@dataclass(frozen=True, slots=True)
class Method:
    """The statistical system or rule that defines an indicator (方法来源)."""

    id: str
    title: str
    title_en: str
    issuer: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator (指标): what is measured, in which unit, and how it adds up."""

    id: str
    domain: str
    name: str
    name_en: str
    #: other names of the very same statistic
    aliases: tuple[str, ...]
    #: names of something close that is not the same statistic (相近而不同)
    near: tuple[str, ...]
    unit: str
    alt_units: tuple[str, ...]
    kind: Kind
    #: which way is better
    direction: Direction
    #: how parts make the whole over units of account
    agg: str
    #: indicator id, or plain words where the part has no indicator of its own
    numerator: str
    denominator: str
    #: how months make a year
    time_agg: str
    #: in what sense a growth rate of it is meant: at comparable prices, nominal, physical, points
    growth: str
    #: expected (预期性) or binding (约束性), as plans usually have it
    nature: str
    #: what keeps figures of this indicator apart (级别, 新增, 分期 …)
    facets: tuple[str, ...]
    method: str
    #: indicator of which this one is a part, never larger than it
    part_of: str
    #: indicator it is often mistaken for
    confused_with: str
    definition: str
    note: str

    @property
    def units(self) -> tuple[str, ...]:
        """Usual unit first, then the other units it is printed in."""
        return (self.unit, *self.alt_units)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of account (责任主体): province, city, zone, park, department, enterprise."""

    id: str
    kind: str
    name: str
    name_en: str
    aliases: tuple[str, ...]
    #: GB/T 2260 code, or the statistical code of a zone, where one exists
    code: str
    #: national, provincial, county, planned
    level: str
    #: type of zone in the plan: 创新驱动型, 转型升级型 …
    zone_type: str
    region: str
    #: whether the document names the region or it follows from the city
    region_basis: str
    industries: tuple[str, ...]
    #: where the facts stand
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Membership:
    """Belonging to a parent unit during a time (隶属关系); zones merge and parks move."""

    unit: str
    parent: str
    #: first day or month or year it holds; empty: always
    since: str
    #: first day it no longer holds; empty: still
    until: str
    #: governs (管辖), located (所在), counts (计入)
    relation: str
    source: str

    def holds(self, at: str) -> bool:
        """True where the membership holds at a date such as ``2016`` or ``2016-05``."""
        starts = not self.since or self.since[: len(at)] <= at
        return starts and (not self.until or at < self.until[: len(at)])


@dataclass(frozen=True, slots=True)
class ClassItem:
    """One row of a classification; where it has no English name, that is empty."""

    code: str
    name: str
    name_en: str
    parent: str
    level: str
    since: str
    until: str
    #: code that took its place
    successor: str


@dataclass(frozen=True, slots=True)
class Classification:
    """A standard classification (分类标准), such as GB/T 4754-2017."""

    id: str
    title: str
    title_en: str
    source: str
    licence: str
    note: str
    items: tuple[ClassItem, ...]


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """A change of definition or method in a series (口径变动): values across it do not compare."""

    id: str
    indicator: str
    #: units concerned; empty: all
    units: tuple[str, ...]
    #: first period under the new definition
    period: str
    #: one of BREAK_KINDS
    kind: str
    #: definition tags of the series on both sides, where it has them
    before: str
    after: str
    note: str
    note_en: str
    #: declared rule (衔接系数): values before the change, times this, stand beside values after it;
    #: empty: nothing bridges the change
    link: str = ""
    #: who declared it and where
    link_source: str = ""
