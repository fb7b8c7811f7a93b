"""Plans, their targets and observed values as a pack keeps them (规划、目标、观测值).

A target is what a document promises; an observation is what some source says happened. Both keep
the digits as printed, because a printed figure stands for an interval, and both name the place
they come from.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

__all__ = [
    "BASES",
    "BOUNDS",
    "CONFIDENCES",
    "MEASURES",
    "PLAN_LEVELS",
    "Figure",
    "Observation",
    "PackTarget",
    "PlanRef",
    "Source",
]

MEASURES = (
    "level",
    "share",
    "growth_annual",
    "growth_yoy",
    "growth_total",
    "cumulative",
    "count",
    "rank",
)
BOUNDS = ("eq", "ge", "le", "approx")
#: what an observed value is: `cumulative` runs from the start of its period (a month means the
#: year to date), `to_date` from the very first day; `growth_average` is a mean annual rate
BASES = (
    "level",
    "share",
    "rank",
    "cumulative",
    "to_date",
    "growth_yoy",
    "growth_average",
    "growth_total",
)
CONFIDENCES = ("high", "medium", "low")
PLAN_LEVELS = ("nation", "province", "city", "zone", "park")


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed number: its value and the digits that carry its precision."""

    value: Decimal
    printed: str

    @property
    def decimals(self) -> int:
        """Digits printed after the point."""
        return len(self.printed.partition(".")[2])


@dataclass(frozen=True, slots=True)
class PlanRef:
    """A plan document known to the pack (规划文件)."""

    id: str
    title: str
    title_en: str
    level: str
    #: general (总体), special (专项), annual (年度)
    kind: str
    owner: str
    #: first and last year
    start: int
    end: int
    #: base year of its targets
    base: int
    issued: str
    number: str
    issuer: str
    #: ids of plans above it that the pack has
    upper: tuple[str, ...]
    #: titles of the documents that it says it rests on
    basis: tuple[str, ...]
    #: plan in which these targets are reported, where its own text is not at hand
    reported_in: str
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class PackTarget:
    """A target of a plan (规划目标), bound to unit, indicator and period."""

    id: str
    plan: str
    unit: str
    indicator: str
    #: the name the document uses
    name: str
    #: what keeps it apart from other targets of the indicator
    facets: tuple[str, ...]
    measure: str
    figure: Figure
    measure_unit: str
    bound: str
    period: str
    base: Figure | None
    base_period: str
    growth: Figure | None
    growth_bound: str
    nature: str
    #: section, box or table and its row
    place: str
    row: str
    note: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where an observed value was read: a title, no address."""

    id: str
    title: str
    #: plan id where the source is one of the pack's own plan documents
    plan: str


@dataclass(frozen=True, slots=True)
class Observation:
    """An observed value (观测值) of one source, never overwritten by another."""

    id: str
    unit: str
    indicator: str
    facets: tuple[str, ...]
    period: str
    figure: Figure
    measure_unit: str
    basis: str
    #: eq, ge (over), approx (about), as the source words it
    bound: str
    source: str
    confidence: str
    #: when the value became known, where a series was revised
    vintage: str
    #: tag of the definition, where more than one is in use
    definition: str
    note: str
    #: line in the pack's table
    line: int
