"""Families of parks (园区族): owners of one zone that are given the same statistics.

A plan gives each park its targets in one pattern, and the parks' names end alike. Which owners
belong together is found once and read by every check that holds parks against their zone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hexi.plans.audit.gather import Book, Figure

__all__ = ["Family", "Pattern", "families"]

#: name, year, measure, modality and dimension: what a park and its zone both have
Pattern = tuple[str, int | None, str, str, object]


@dataclass(frozen=True, slots=True)
class Family:
    """Parks of one zone, with the figures that follow one pattern."""

    source: int
    zone: str
    parks: tuple[str, ...]
    #: by pattern and owner
    figures: dict[Pattern, dict[str, Figure]]
    #: figures of the zone by name, measure and dimension, whatever their year
    undated: dict[tuple[str, str, object], Figure]
    #: levels by name and year, for weights
    levels: dict[tuple[str, int | None], dict[str, Figure]]


def families(book: Book) -> Iterator[Family]:
    """Owners other than the zone that end alike and are given the same statistics."""
    patterns: dict[int, dict[Pattern, dict[str, Figure]]] = {}
    for figure in book.figures:
        if figure.modality == "threshold" or not figure.is_level or not figure.name:
            continue
        found = patterns.setdefault(figure.source, {})
        found.setdefault(_pattern(figure), {}).setdefault(figure.owner, figure)
    for source, found in patterns.items():
        zone = book.owners[source]
        ends: dict[str, dict[str, int]] = {}
        for owners in found.values():
            for owner in owners if len(owners) > 2 else ():
                if owner != zone:
                    counted = ends.setdefault(owner[-2:], {})
                    counted[owner] = counted.get(owner, 0) + 1
        for counted in ends.values():
            parks = tuple(owner for owner, times in counted.items() if times >= 2)
            if len(parks) >= 2:
                yield _family(source, zone, parks, found)


def _family(
    source: int, zone: str, parks: tuple[str, ...], found: dict[Pattern, dict[str, Figure]]
) -> Family:
    undated: dict[tuple[str, str, object], Figure] = {}
    levels: dict[tuple[str, int | None], dict[str, Figure]] = {}
    for pattern, owners in found.items():
        if zone in owners:
            undated.setdefault((pattern[0], pattern[2], pattern[4]), owners[zone])
        if pattern[2] in ("level", "count"):
            levels.setdefault((pattern[0], pattern[1]), owners)
    return Family(source, zone, parks, found, undated, levels)


def _pattern(figure: Figure) -> Pattern:
    year = figure.last if figure.first == figure.last else None
    undated = figure.statement.modality == "other"
    return (
        figure.name,
        None if undated else year,
        figure.measure,
        "" if undated else figure.modality,
        figure.dimension,
    )
