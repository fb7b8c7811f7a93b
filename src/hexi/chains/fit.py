"""Which zone fits a firm, and why (选址匹配): every term shown, none hidden, unknown not a zero.

Terms are from 0 to 1 with weights of the pack. A term that cannot be told is left out of the score
and widens its band instead; what admission refuses is listed last, whatever its score. Admission
and relatedness are worked out by whoever asks and given in, term by term.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from hexi.chains.graph import Chain
from hexi.chains.placement import Firm, Placement, place_firms

__all__ = ["TERMS", "Admitted", "Fit", "Kinship", "Need", "Term", "Weights", "Zone", "fit_zones"]

TERMS = ("industry", "chain", "relatedness", "land", "energy", "admission", "distance")
_EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Kinship:
    """How near two codes are (行业距离), by the finest level that they share."""

    group: float
    division: float
    section: float


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the terms and what goes with them (匹配参数); data of the pack."""

    of: Mapping[str, float]
    kinship: Kinship
    #: what a neighbour on the chain counts that stands in the city, not in the zone
    same_city: float
    #: kilometres at which a place is as good as out of reach
    reach: float
    #: what of it no source lays down
    assumed: str = ""
    assumed_en: str = ""


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone as a site: its industries as codes, its city, what it has left; None: not known."""

    id: str
    name: str
    codes: tuple[str, ...]
    #: the zone and all below it; the city and all in it
    within: frozenset[str]
    city: frozenset[str]
    #: longitude and latitude
    place: tuple[float, float] | None = None
    land: float | None = None
    energy: float | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """What a firm asks of its site: land and energy, and the market or source it must be near."""

    land: float | None = None
    energy: float | None = None
    near: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Admitted:
    """What admission says of the firm in a zone: admitted, incomplete, unmet, refused; and why."""

    result: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One reason: its name, value from 0 to 1 (None: cannot be told), weight, and what it is of."""

    name: str
    value: float | None
    weight: float
    #: code, node ids, figures or a sentence that the value follows from
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """A zone for a firm: score of what is known, and the band that the unknown leaves open."""

    zone: Zone
    score: float | None
    low: float
    high: float
    #: admission refuses it
    barred: bool
    terms: tuple[Term, ...]


def fit_zones(
    firm: Firm,
    need: Need,
    zones: Sequence[Zone],
    *,
    chains: Sequence[Chain],
    local: Mapping[str, Sequence[Placement]],
    sections: Mapping[str, str],
    density: Mapping[str, float],
    admitted: Mapping[str, Admitted],
    weights: Weights,
    seen: Collection[str] | None = None,
) -> tuple[Fit, ...]:
    """Zones from the best fit to the worst, the refused last.

    Args:
        local: by chain id, where the firms that are here stand.
        sections: division to section of GB/T 4754.
        density: relatedness density of the firm's industry by zone; missing: not known.
        admitted: what admission says by zone; missing: not screened.
        seen: zones whose firms `local` is complete for; of others, neighbours on the chain are not
            known. None: of all.
    """
    best = max(density.values(), default=0.0)
    ties = _ties(firm, chains, local)
    found: list[Fit] = []
    for zone in zones:
        dense = density.get(zone.id)
        told = {
            "industry": _industry(firm, zone, sections, weights.kinship),
            "chain": (
                _position(zone, ties, weights.same_city)
                if seen is None or zone.id in seen
                else (None, ())
            ),
            "relatedness": (
                (dense / best, (f"{dense:.3f}",)) if dense is not None and best > 0 else (None, ())
            ),
            "land": _enough(need.land, zone.land),
            "energy": _enough(need.energy, zone.energy),
            "admission": _admission(admitted.get(zone.id)),
            "distance": _distance(need.near, zone.place, weights.reach),
        }
        terms = tuple(Term(name, told[name][0], weights.of[name], told[name][1]) for name in TERMS)
        refused = admitted.get(zone.id, Admitted("")).result == "refused"
        found.append(_fit(zone, terms, refused))
    return tuple(sorted(found, key=_rank))


def _rank(fit: Fit) -> tuple[bool, float, float, str]:
    """The better score first; of equal ones that of which more is known."""
    return (fit.barred, -round(fit.score or 0.0, 9), -fit.low, fit.zone.id)


Told = tuple[float | None, tuple[str, ...]]


def kinship_of(one: str, other: str, sections: Mapping[str, str], kinship: Kinship) -> float:
    """How near two codes are: 1 where one lies within the other."""
    if one.startswith(other) or other.startswith(one):
        return 1.0
    if one[:3] == other[:3]:
        return kinship.group
    if one[:2] == other[:2]:
        return kinship.division
    section = sections.get(one[:2])
    return kinship.section if section and section == sections.get(other[:2]) else 0.0


def _industry(firm: Firm, zone: Zone, sections: Mapping[str, str], kinship: Kinship) -> Told:
    if not zone.codes or not firm.codes:
        return None, ()
    value, own, other = max(
        (kinship_of(own, other, sections, kinship), own, other)
        for own in firm.codes
        for other in zone.codes
    )
    return value, (own, other)


def _ties(
    firm: Firm, chains: Sequence[Chain], local: Mapping[str, Sequence[Placement]]
) -> dict[str, frozenset[str]]:
    """Suppliers and buyers of the firm on its chains, and the units where such firms stand."""
    found: dict[str, frozenset[str]] = {}
    for chain in chains:
        on = {one.node for one in place_firms(chain, [firm]) if one.sure}
        beside = sorted({other for at in on for other in chain.neighbours(at)} - on)
        if not beside:
            continue
        units: dict[str, set[str]] = {node: set() for node in beside}
        for one in local.get(chain.id, ()):
            if one.node in units and one.sure and one.firm.producing:
                units[one.node].add(one.firm.unit)
        found |= {f"{chain.id}.{node}": frozenset(there) for node, there in units.items()}
    return found


def _position(zone: Zone, ties: Mapping[str, frozenset[str]], same_city: float) -> Told:
    """Share of the firm's suppliers and buyers that stand in the zone or the city."""
    points = {
        node: 1.0 if units & zone.within else same_city if units & zone.city else 0.0
        for node, units in ties.items()
    }
    if not points:
        return None, ()
    value = sum(points.values()) / len(points)
    return value, tuple(node for node, point in points.items() if point)


def _enough(need: float | None, has: float | None) -> Told:
    if need is None or has is None:
        return None, ()
    value = 1.0 if has >= need else has / need
    return value, (f"{need:g}", f"{has:g}")


def _admission(said: Admitted | None) -> Told:
    if said is None or said.result == "incomplete":
        return None, (said.why,) if said and said.why else ()
    return (1.0 if said.result == "admitted" else 0.0), ((said.why,) if said.why else ())


def _distance(
    one: tuple[float, float] | None, other: tuple[float, float] | None, reach: float
) -> Told:
    if one is None or other is None:
        return None, ()
    away = kilometres(one, other)
    return max(0.0, 1.0 - away / reach), (f"{away:.0f}",)


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance of two places given as longitude and latitude."""
    (east, north), (east2, north2) = (tuple(map(math.radians, place)) for place in (one, other))
    half = (
        math.sin((north2 - north) / 2) ** 2
        + math.cos(north) * math.cos(north2) * math.sin((east2 - east) / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(math.sqrt(half))


def _fit(zone: Zone, terms: tuple[Term, ...], barred: bool) -> Fit:
    known = [(one.weight, one.value) for one in terms if one.value is not None]
    every, weight = sum(one.weight for one in terms), sum(weight for weight, _ in known)
    reached = sum(weight * value for weight, value in known)
    score = reached / weight if weight else None
    return Fit(zone, score, reached / every, (reached + every - weight) / every, barred, terms)
