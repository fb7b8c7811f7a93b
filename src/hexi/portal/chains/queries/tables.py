"""Tables that relatedness is learned from (区位数据来源): loaded ones, and the register counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from django.db.models import Q
from django.utils.translation import gettext as _

from hexi.chains import Locations, Relatedness, relatedness
from hexi.portal.chains.models import LocationTable
from hexi.portal.chains.queries.areas import keeps_register
from hexi.portal.chains.queries.standing import bare_code
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.scope import one_visible
from hexi.portal.returns.models import Enterprise

__all__ = ["REGISTER", "LevelError", "Source", "found_in", "place_units", "source_of", "sources_of"]

#: the table that is counted from the register, not loaded
REGISTER = "register"
#: divisions: a register of few firms is too thin for finer codes
_DIGITS = 2
#: places below which proximity is mostly chance
FEW_PLACES = 30


class LevelError(ValueError):
    """A table of too few places or industries to learn anything from."""


@dataclass(frozen=True)
class Source:
    """A table with what must be said of it."""

    id: str
    title: str
    source: str
    date: str
    measure: str
    locations: Locations
    #: the person may drop or publish it
    row: LocationTable | None

    @property
    def few(self) -> bool:
        """Too few places for proximity to be trusted."""
        return len(self.locations.places) < FEW_PLACES


def sources_of(person: Person | None) -> list[LocationTable]:
    """Loaded tables that the person may see, the newest first; without their figures."""
    return list(LocationTable.objects.visible_to(person).select_related("unit").defer("table"))


def source_of(table_id: str, person: Person | None, on: date) -> Source:
    """One table; NotFound where it is hidden or the register gives none."""
    if table_id == REGISTER:
        return _register(person, on)
    if not table_id.isdecimal():
        raise NotFound
    row: LocationTable = one_visible(
        LocationTable.objects.select_related("unit"), person, pk=int(table_id)
    )
    return Source(str(row.pk), row.title, row.source, row.date, row.measure, row.locations, row)


def _register(person: Person | None, on: date) -> Source:
    """Working firms of the register in one's scope, by zone (else own unit) and division."""
    if not keeps_register(person):
        raise NotFound
    rows = (
        Enterprise.objects.visible_to(person)
        .filter(Q(closed=None) | Q(closed__gt=on), opened__lte=on)
        .values_list("reporter__home__path", "industry")
    )
    counts: dict[tuple[str, str], int] = {}
    zones = _zones()
    for path, industry in rows:
        code = bare_code(industry)[:_DIGITS]
        if len(code) == _DIGITS:
            key = (_zone_in(path, zones), code)
            counts[key] = counts.get(key, 0) + 1
    places = sorted({place for place, _code in counts})
    codes = sorted({code for _place, code in counts})
    amounts = np.zeros((len(places), len(codes)))
    for (place, code), count in counts.items():
        amounts[places.index(place), codes.index(code)] = count
    return Source(
        REGISTER,
        _("Firms of the register"),
        _("Register of reporting enterprises"),
        on.isoformat(),
        _("number of firms"),
        Locations(tuple(places), tuple(codes), amounts),
        None,
    )


def _zones() -> frozenset[str]:
    return frozenset(Unit.objects.filter(kind="zone").values_list("code", flat=True))


def _zone_in(path: str, zones: frozenset[str]) -> str:
    """The zone that a unit lies in, the outermost one; else the unit itself."""
    parts = path.strip("/").split("/")
    return next((part for part in parts if part in zones), parts[-1])


def found_in(source: Source) -> Relatedness:
    """Every figure of a table; the industry itself does not speak for itself.

    Raises:
        LevelError: where there is nothing to learn.
    """
    found = source.locations
    if len(found.places) < 2 or len(found.industries) < 2:
        raise LevelError
    return _worked(found.places, found.industries, found.amounts.tobytes())


@lru_cache(maxsize=8)
def _worked(places: tuple[str, ...], industries: tuple[str, ...], amounts: bytes) -> Relatedness:
    table = np.frombuffer(amounts).reshape(len(places), len(industries))
    return relatedness(table, own=False)


def place_units(places: Sequence[str]) -> dict[str, Unit]:
    """Units that places of a table mean, by code or name."""
    known: dict[str, Unit] = {}
    asked: Any = Q(code__in=places) | Q(name__in=places)
    for unit in Unit.objects.filter(asked):
        known[unit.name] = unit
    for unit in Unit.objects.filter(asked):
        known[unit.code] = unit
    return {place: known[place] for place in places if place in known}
