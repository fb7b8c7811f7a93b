"""Trees of units as they were (单位体系的沿革): jurisdiction, type of zone and region, with dates.

Figures of a past month count where a unit belonged then; on today's boundaries the same months
are added up again. What belonged where since when is told by the pack's memberships; today's
parent is the portal's own, since scope is counted by it. A class (a type of zone, a region) stands
in the table of units under the top of the units it has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from hexi.catalogue.nouns import Membership
from hexi.warehouse.months import OPEN

__all__ = ["Edge", "Stand", "UnitTrees"]

_FIRST = 190001
#: which belonging counts where there are several at a time, the strongest first
_RELATIONS = ("governs", "located", "counts")


@dataclass(frozen=True, slots=True)
class Stand:
    """A unit as the portal has it today."""

    code: str
    #: code of the unit above it; empty at the top
    parent: str
    zone_type: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """Who stood above a unit from one month (YYYYMM) to another, which is not included."""

    unit: str
    parent: str
    tree: str
    since: int
    until: int


class UnitTrees:
    """The trees of units; classes are named ``zone_type:…`` and ``region:…``."""

    def __init__(self, units: Iterable[Stand], memberships: Sequence[Membership]) -> None:
        self._units = {unit.code: unit for unit in units}
        given: dict[str, list[Membership]] = {}
        for membership in memberships:
            if membership.unit in self._units and membership.parent in self._units:
                given.setdefault(membership.unit, []).append(membership)
        self._ways = {
            code: _way(unit.parent, given.get(code, ())) for code, unit in self._units.items()
        }

    def classes(self) -> dict[str, str]:
        """Name of every class by its code."""
        found = {}
        for unit in self._units.values():
            if unit.zone_type:
                found[f"zone_type:{unit.zone_type}"] = unit.zone_type
            if unit.region:
                found[f"region:{unit.region}"] = unit.region
        return found

    def edges(self) -> list[Edge]:
        """All edges of the three trees."""
        found: list[Edge] = []
        tops: dict[str, str] = {}
        for code, unit in self._units.items():
            for parent, since, until in self._ways[code]:
                found.append(Edge(code, parent, "jurisdiction", since, until))
                if not unit.region or self._units[parent].region == unit.region:
                    found.append(Edge(code, parent, "region", since, until))
                if not unit.zone_type and parent in self.zoned:
                    found.append(Edge(code, parent, "zone_type", since, until))
            own = {"zone_type": unit.zone_type, "region": unit.region}
            for tree, name in own.items():
                if name:
                    tops.setdefault(f"{tree}:{name}", self._top(code))
            found += self._to_class(unit)
        found += [
            Edge(name, top, name.partition(":")[0], _FIRST, OPEN) for name, top in tops.items()
        ]
        return found

    def _to_class(self, unit: Stand) -> list[Edge]:
        found = []
        if unit.zone_type:
            name = f"zone_type:{unit.zone_type}"
            found.append(Edge(unit.code, name, "zone_type", _FIRST, OPEN))
        if unit.region:
            name, reached = f"region:{unit.region}", _FIRST
            for parent, since, until in self._ways[unit.code]:
                if self._units[parent].region == unit.region:
                    if reached < since:
                        found.append(Edge(unit.code, name, "region", reached, since))
                    reached = until
            if reached < OPEN:
                found.append(Edge(unit.code, name, "region", reached, OPEN))
        return found

    @cached_property
    def zoned(self) -> frozenset[str]:
        """Units that are zones of a type, or that ever stood below one."""
        found = {code for code, unit in self._units.items() if unit.zone_type}
        while True:
            below = {
                code
                for code, way in self._ways.items()
                if code not in found and any(parent in found for parent, _s, _u in way)
            }
            if not below:
                return frozenset(found)
            found |= below

    def _top(self, code: str) -> str:
        """The unit at the top of a unit's way today."""
        seen = {code}
        while (parent := self._units[code].parent) in self._units and parent not in seen:
            code = parent
            seen.add(code)
        return code


def _way(today: str, given: Sequence[Membership]) -> list[tuple[str, int, int]]:
    """Parents of a unit in order, with their months; before the first that is known, that one."""
    spans = [(m.relation, m.parent, _month(m.since, _FIRST), _month(m.until, OPEN)) for m in given]
    cuts = sorted({_FIRST, OPEN, *(s for _r, _p, s, _u in spans), *(u for *_x, u in spans)})
    way: list[tuple[str, int, int]] = []
    for since, until in pairwise(cuts):
        holding = [(_RELATIONS.index(r), p) for r, p, s, u in spans if s <= since and until <= u]
        parent = min(holding, key=lambda one: one[0])[1] if holding else ""
        if until == OPEN:
            parent = today
        if not parent:
            continue
        if way and way[-1][0] == parent and way[-1][2] == since:
            way[-1] = (parent, way[-1][1], until)
        else:
            way.append((parent, since, until))
    if way:
        way[0] = (way[0][0], _FIRST, way[0][2])
    return way


def _month(day: str, default: int) -> int:
    """The month of a date such as 2011, 2011-01, 2020-01-17: it holds on the month's last day."""
    if not day:
        return default
    return int(day[:4]) * 100 + (int(day[5:7]) if len(day) > 4 else 1)
