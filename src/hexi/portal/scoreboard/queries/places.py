"""The map of lamps (亮灯地图): zones as lamps around the city they belong to.

A sketch of points on plain ground, no boundary: a position is the city's seat, and the zones of a
city stand under its name. A zone burns in the worst lamp of its targets.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hexi.catalogue.seats import load_seats
from hexi.portal.core.models import Unit
from hexi.portal.core.names import name_of
from hexi.portal.scoreboard.models import Shown
from hexi.portal.scoreboard.queries.board import LampCounts

__all__ = ["Dot", "Place", "Sketch", "sketch"]

WIDTH, MARGIN = 1120.0, 56.0
#: width and height of a dot's cell; dots in a row; height of a city's name
_CELL, _ROW, _NAME = 26.0, 5, 22.0
_ZONE_KINDS = frozenset({"zone", "park"})
#: the worst first; no data is not worse than anything that is known
_WORST = tuple(Shown)


@dataclass(frozen=True, slots=True)
class Dot:
    """One zone as a lamp; an empty one has no target."""

    #: name, lamp and number of targets, as one line
    says: str
    url: str
    lamp: str
    x: float
    y: float


@dataclass(slots=True)
class Place:
    """One city with its zones."""

    name: str
    url: str
    #: the seat itself, and the corner of the block of lamps
    x: float
    y: float
    left: float = 0.0
    top: float = 0.0
    zones: list[tuple[Unit, LampCounts]] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)

    @property
    def width(self) -> float:
        return max(92.0, min(len(self.zones), _ROW) * _CELL + 8)

    @property
    def height(self) -> float:
        return _NAME + math.ceil(len(self.zones) / _ROW) * _CELL + 6


@dataclass(frozen=True, slots=True)
class Sketch:
    """The whole drawing."""

    places: list[Place]
    width: int
    height: int


def sketch(rows: Any) -> Sketch:
    """Cities where they lie, each with the lamps of its zones; ``rows`` are the targets one
    may see."""
    seats = {seat.unit: seat for seat in load_seats(settings.HEXI.pack)}
    units = list(Unit.objects.order_by("order"))
    counts = _counts(rows)
    if not seats:
        return Sketch([], 0, 0)
    west = min(seat.longitude for seat in seats.values())
    east = max(seat.longitude for seat in seats.values())
    north = max(seat.latitude for seat in seats.values())
    scale = (WIDTH - 2 * MARGIN - 100) / (east - west or 1.0)
    # a degree of latitude is longer than one of longitude by the cosine at the middle
    middle = sum(seat.latitude for seat in seats.values()) / len(seats)
    tall = scale / math.cos(math.radians(middle))
    places: dict[str, Place] = {}
    for unit in units:
        if seat := seats.get(unit.code):
            places[unit.path] = Place(
                name=name_of(unit),
                url=reverse("scoreboard-unit", args=[unit.code]),
                x=round(MARGIN + (seat.longitude - west) * scale, 1),
                y=round(MARGIN + (north - seat.latitude) * tall, 1),
            )
    for unit in units:
        home = _home(unit.path, places)
        shown = unit.kind == "zone" or (unit.kind in _ZONE_KINDS and unit.path in counts)
        if home and shown:
            places[home].zones.append((unit, counts.get(unit.path, LampCounts())))
    laid = _apart(list(places.values()))
    for place in laid:
        place.dots = _dots(place)
    bottom = max(place.top + place.height for place in laid)
    return Sketch(laid, int(WIDTH), int(bottom + MARGIN))


def _counts(rows: Any) -> dict[str, LampCounts]:
    found: dict[str, LampCounts] = defaultdict(LampCounts)
    counted = rows.exclude(unit=None).order_by().values_list("unit__path", "shown_lamp")
    for path, lamp, number in counted.annotate(n=Count("pk")):
        found[path].add(lamp, number)
    return found


def _home(path: str, places: dict[str, Place]) -> str:
    """The nearest place at or above a unit."""
    here = path
    while here.count("/") > 1:
        if here in places:
            return here
        here = here[: here.rstrip("/").rfind("/") + 1]
    return ""


def _apart(places: list[Place]) -> list[Place]:
    """Blocks where their cities lie, moved down just as far as they would cover another."""
    laid: list[Place] = []
    for place in sorted(places, key=lambda one: (one.y, one.x)):
        place.left, place.top = round(place.x - 10, 1), round(place.y + 8, 1)
        while other := next((one for one in laid if _covers(one, place)), None):
            place.top = other.top + other.height + 4
        laid.append(place)
    return laid


def _covers(one: Place, other: Place) -> bool:
    beside = one.left + one.width <= other.left or other.left + other.width <= one.left
    apart = one.top + one.height <= other.top or other.top + other.height <= one.top
    return not (beside or apart)


def _dots(place: Place) -> list[Dot]:
    dots = []
    for number, (unit, counts) in enumerate(place.zones):
        lamp = next((x for x in _WORST if getattr(counts, x.value)), None)
        dots.append(
            Dot(
                says=_says(unit, lamp, counts.total),
                url=reverse("scoreboard-unit", args=[unit.code]),
                lamp=lamp.value if lamp else "none",
                x=round(place.left + 14 + (number % _ROW) * _CELL, 1),
                y=round(place.top + _NAME + 12 + (number // _ROW) * _CELL, 1),
            )
        )
    return dots


def _says(unit: Unit, lamp: Shown | None, total: int) -> str:
    if lamp is None:
        return _("%(unit)s: no target") % {"unit": name_of(unit)}
    targets = ngettext("%(n)d target", "%(n)d targets", total) % {"n": total}
    return f"{name_of(unit)} · {lamp.label} · {targets}"
