"""What the zones' published figures say (公布数): the sums that practice enterprises add up to.

For the base year a few figures are published for single zones and some for all zones together.
Where a zone has none of its own, what is left of the common figure is shared out by an assumption
that is said with it: the size of a zone follows its rank, national zones first, such that two
zones sell for more than 100 billion yuan and twelve for more than 10 billion, as was published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from hexi.catalogue import Pack
from hexi.catalogue.evidence import Observation
from hexi.quantities import units

__all__ = ["BASE_YEAR", "Anchor", "Anchors", "find_anchors", "zone_sizes"]

BASE_YEAR: Final = 2015
#: the unit of account that stands for all zones of the base year
ALL_ZONES: Final = "gs-zones35"
#: indicator -> unit of the returns that it is held against
INDICATORS: Final[Mapping[str, str]] = {
    "sales": "万元",
    "va_ind": "万元",
    "fai": "万元",
    "gdp": "万元",
    "fiscal_rev": "万元",
}
_LARGE, _MIDDLE = 2, 12


@dataclass(frozen=True, slots=True)
class Anchor:
    """A figure of one zone in the base year, published or shared out."""

    zone: str
    indicator: str
    #: hundredths of the unit in `INDICATORS`
    amount: int
    #: the pack's observation that says it; empty where it is an assumption
    observation: str

    @property
    def published(self) -> bool:
        """True where the zone's own figure is published."""
        return bool(self.observation)


@dataclass(frozen=True)
class Anchors:
    """All figures that the practice data reproduce."""

    zones: tuple[str, ...]
    rows: tuple[Anchor, ...]
    #: published figure of all zones by indicator, in hundredths of its unit
    totals: Mapping[str, int]

    def amounts(self, indicator: str) -> list[int]:
        """Hundredths of the indicator's unit, in the order of ``zones``."""
        found = {row.zone: row.amount for row in self.rows if row.indicator == indicator}
        return [found[zone] for zone in self.zones]


def find_anchors(pack: Pack) -> Anchors:
    """Published and shared-out figures of the pack's zones in the base year.

    ValueError where the pack has no figure of all zones for one of `INDICATORS`.
    """
    zones = _zones(pack)
    sizes = dict(zip(zones, zone_sizes(len(zones)), strict=True))
    rows: list[Anchor] = []
    totals: dict[str, int] = {}
    for indicator, unit in INDICATORS.items():
        known = {
            o.unit: o
            for o in pack.observations
            if o.indicator == indicator
            and o.period == str(BASE_YEAR)
            and o.basis == "level"
            and not o.facets
        }
        if ALL_ZONES not in known:
            raise ValueError(f"{indicator} {BASE_YEAR}: no figure of all zones")
        totals[indicator] = _hundredths(known[ALL_ZONES], unit)
        own = {zone: _hundredths(known[zone], unit) for zone in zones if zone in known}
        shared = share_out(
            totals[indicator] - sum(own.values()),
            {zone: size for zone, size in sizes.items() if zone not in own},
        )
        rows += [
            Anchor(zone, indicator, own[zone], known[zone].id)
            if zone in own
            else Anchor(zone, indicator, shared[zone], "")
            for zone in zones
        ]
    return Anchors(tuple(zones), tuple(rows), totals)


def _zones(pack: Pack) -> list[str]:
    """Zones that count into the common figure, national ones first, then as the pack has them."""
    members = {
        m.unit
        for m in pack.memberships
        if m.parent == ALL_ZONES and m.relation == "counts" and m.holds(str(BASE_YEAR))
    }
    zones = [unit for unit in pack.units if unit.id in members]
    return [unit.id for unit in sorted(zones, key=lambda unit: unit.level != "national")]


def zone_sizes(count: int) -> list[int]:
    """Relative sizes by rank: two large zones, ten of middle size, the rest falling to small."""
    large = [1500, 1220]
    middle = [round(700 * (130 / 700) ** (n / 9)) for n in range(_MIDDLE - _LARGE)]
    small = [round(88 * (14 / 88) ** (n / 22)) for n in range(max(count - _MIDDLE, 0))]
    return [*large, *middle, *small][:count]


def share_out(amount: int, sizes: Mapping[str, int]) -> dict[str, int]:
    """A whole amount in whole parts by size; what rounding leaves goes to the largest."""
    whole = sum(sizes.values())
    parts = {name: amount * size // whole for name, size in sizes.items()}
    if parts:
        largest = max(sizes, key=lambda name: sizes[name])
        parts[largest] += amount - sum(parts.values())
    return parts


def _hundredths(observation: Observation, unit: str) -> int:
    value = units.convert(observation.figure.value, observation.measure_unit, unit)
    return round(Fraction(value) * 100)
