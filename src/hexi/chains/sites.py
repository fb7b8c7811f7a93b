"""Zones of a pack as sites (备选区域): their industries as codes, their city, where they lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from hexi.catalogue.lookup import Catalogue
from hexi.catalogue.seats import Seat
from hexi.chains.fit import Zone
from hexi.chains.loading import ChainBook

__all__ = ["Left", "sites_of"]


@dataclass(frozen=True, slots=True)
class Left:
    """What a zone has left for newcomers (余量), measured as the need is; None: not known."""

    land: float | None = None
    energy: float | None = None


def sites_of(
    book: ChainBook, on: date, *, left: Mapping[str, Left], seats: tuple[Seat, ...] = ()
) -> tuple[Zone, ...]:
    """Every zone that names its industries, as it was on a day.

    A zone lies where its own seat is, or its city's: the pack keeps no place of a zone's own.
    """
    catalogue, at = book.pack.catalogue, on.isoformat()
    places = {seat.unit: (seat.longitude, seat.latitude) for seat in seats}
    found: list[Zone] = []
    for unit in catalogue.units.values():
        if unit.kind != "zone" or not unit.industries:
            continue
        cities = tuple(_cities(catalogue, unit.id, at))
        around = {below.id for city in cities for below in catalogue.subtree(city, at)}
        within = frozenset(below.id for below in catalogue.subtree(unit.id, at))
        has = left.get(unit.id, Left())
        found.append(
            Zone(
                unit.id,
                unit.name,
                book.codes_of(unit.industries),
                within,
                within | around,
                next((places[one] for one in (unit.id, *cities) if one in places), None),
                has.land,
                has.energy,
            )
        )
    return tuple(found)


def _cities(catalogue: Catalogue, unit_id: str, at: str) -> Iterator[str]:
    """The cities that a unit lies in, by way of its county where it is placed in one."""
    waiting, seen = [unit_id], {unit_id}
    while waiting:
        for parent in catalogue.parents(waiting.pop(), at):
            if parent.id in seen:
                continue
            seen.add(parent.id)
            if parent.kind == "city":
                yield parent.id
            else:
                waiting.append(parent.id)
