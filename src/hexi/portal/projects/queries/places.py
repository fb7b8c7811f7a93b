"""The map of projects (项目地图): points on plain ground, gathered where they lie close together.

No boundary is drawn. Only where the office has a map of its own with a review number (审图号,
地图管理条例 Art. 15) its lines are drawn under the points, and the number stands beneath them.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from hexi.catalogue.seats import load_seats
from hexi.portal.core.models import Unit
from hexi.portal.core.names import name_of
from hexi.portal.projects.models import ProjectRecord

__all__ = ["Box", "Dot", "Place", "Seat", "Sketch", "asked_box", "places_of", "sketch"]

WIDTH, TALLEST, MARGIN = 760.0, 620.0, 36.0
#: points of one cell are drawn as one
_CELL: Final = 26.0
#: least width of what is shown, in degrees
_LEAST: Final = 0.05


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the ground in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, longitude: float, latitude: float) -> bool:
        """Does a point lie in it?"""
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north

    def text(self) -> str:
        """As an address has it."""
        return ",".join(f"{one:.4f}" for one in (self.west, self.south, self.east, self.north))


@dataclass(frozen=True, slots=True)
class Place:
    """A project with its point."""

    id: int
    longitude: float
    latitude: float
    #: its own point; else that of the seat of its city
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Dot:
    """One project, or several that lie together; the box is where they lie."""

    ids: tuple[int, ...]
    x: float
    y: float
    size: float
    box: Box
    #: at least one stands at its own point
    exact: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """The seat of a city, by which the ground is recognised."""

    name: str
    x: float
    y: float
    #: how far from it its name begins, so that no dot hides it
    away: float


@dataclass(frozen=True, slots=True)
class Sketch:
    """The whole drawing."""

    dots: list[Dot]
    seats: list[Seat]
    #: lines of the office's own map, as SVG paths, and its review number
    lines: list[str]
    review: str
    width: int
    height: int


def places_of(ids: Sequence[int]) -> list[Place]:
    """The points of projects; one without a point of its own stands at the seat of its city."""
    wanted = set(ids)
    seats = {seat.unit: (seat.longitude, seat.latitude) for seat in load_seats(settings.HEXI.pack)}
    homes = {pk: _home(path, seats) for pk, path in Unit.objects.values_list("pk", "path")}
    rows = ProjectRecord.objects.values_list("pk", "longitude", "latitude", "unit_id")
    places = []
    for pk, longitude, latitude, unit in rows.order_by():
        if pk not in wanted:
            continue
        if longitude is not None and latitude is not None:
            places.append(Place(pk, longitude, latitude))
        elif home := homes.get(unit):
            places.append(Place(pk, *home, exact=False))
    return places


def _home(path: str, seats: Mapping[str, tuple[float, float]]) -> tuple[float, float] | None:
    """The seat of the nearest unit at or above one."""
    for code in reversed(path.strip("/").split("/")):
        if code in seats:
            return seats[code]
    return None


def asked_box(text: str) -> Box | None:
    """The part of the ground that an address asks for; None where it asks for none."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    found = Box(west, south, east, north)
    inside = -180 <= west < east <= 180 and -90 <= south < north <= 90
    return found if inside and math.isfinite(sum((west, south, east, north))) else None


def sketch(places: Sequence[Place], box: Box | None) -> Sketch:
    """Points of projects, gathered; a box shows that part of the ground alone."""
    seats = _seats()
    shown = box or _around([(p.longitude, p.latitude) for p in places] + [s[1:] for s in seats])
    middle = math.cos(math.radians((shown.south + shown.north) / 2))
    # one scale both ways, so that distances are true
    wide, tall = (shown.east - shown.west) * middle, shown.north - shown.south
    scale = min((WIDTH - 2 * MARGIN) / wide, (TALLEST - 2 * MARGIN) / tall)
    left = (WIDTH - wide * scale) / 2

    def at(longitude: float, latitude: float) -> tuple[float, float]:
        x = left + (longitude - shown.west) * middle * scale
        return round(x, 1), round(MARGIN + (shown.north - latitude) * scale, 1)

    cells: dict[tuple[int, int], list[Place]] = defaultdict(list)
    for place in places:
        if shown.holds(place.longitude, place.latitude):
            x, y = at(place.longitude, place.latitude)
            cells[int(x // _CELL), int(y // _CELL)].append(place)
    lines, review = _own_map()
    dots = [_dot(some, at) for some in cells.values()]
    return Sketch(
        dots=dots,
        seats=[
            _seat(name, at(longitude, latitude), dots)
            for name, longitude, latitude in seats
            if shown.holds(longitude, latitude)
        ],
        lines=["".join(_path(line, at)) for line in lines],
        review=review,
        width=int(WIDTH),
        height=int(tall * scale + 2 * MARGIN),
    )


def _seat(name: str, at: tuple[float, float], dots: Sequence[Dot]) -> Seat:
    x, y = at
    over = [dot.size + dot.x - x for dot in dots if math.dist((dot.x, dot.y), at) < dot.size + 6]
    return Seat(name, x, y, round(max(8.0, *(one + 5 for one in over)) if over else 8.0, 1))


def _dot(places: list[Place], at: Any) -> Dot:
    count = len(places)
    longitude = sum(place.longitude for place in places) / count
    latitude = sum(place.latitude for place in places) / count
    x, y = at(longitude, latitude)
    box = _around([(place.longitude, place.latitude) for place in places])
    size = round(5 + 1.9 * math.log2(count), 1)
    ids = tuple(place.id for place in places)
    return Dot(ids, x, y, size, box, any(place.exact for place in places))


def _around(points: Iterable[tuple[float, ...]]) -> Box:
    """A box around points, with room on all sides."""
    listed = list(points) or [(73.0, 18.0), (135.0, 54.0)]
    west, east = min(p[0] for p in listed), max(p[0] for p in listed)
    south, north = min(p[1] for p in listed), max(p[1] for p in listed)
    dx, dy = max(_LEAST, (east - west) * 0.06), max(_LEAST, (north - south) * 0.06)
    return Box(west - dx, south - dy, east + dx, north + dy)


def _seats() -> list[tuple[str, float, float]]:
    units = {unit.code: unit for unit in Unit.objects.all()}
    return [
        (name_of(units[seat.unit]), seat.longitude, seat.latitude)
        for seat in load_seats(settings.HEXI.pack)
        if seat.unit in units
    ]


def _path(line: Sequence[Sequence[float]], at: Any) -> Iterator[str]:
    for number, point in enumerate(line):
        x, y = at(point[0], point[1])
        yield f"{'L' if number else 'M'}{x} {y}"


def _own_map() -> tuple[list[list[list[float]]], str]:
    """Lines of the office's own map; nothing without a review number."""
    path, review = settings.HEXI.map_lines, settings.HEXI.map_review
    if not path or not review:
        return [], ""
    return _lines_of(Path(path)), review


@lru_cache(maxsize=2)
def _lines_of(path: Path) -> list[list[list[float]]]:
    """Rings and lines of a GeoJSON file."""
    found: list[list[list[float]]] = []

    def gather(thing: Any) -> None:
        if isinstance(thing, dict):
            for key in ("features", "geometries"):
                for one in thing.get(key) or ():
                    gather(one)
            gather(thing.get("geometry"))
            gather(thing.get("coordinates"))
        elif isinstance(thing, list) and thing:
            first = thing[0]
            if isinstance(first, list) and first and isinstance(first[0], int | float):
                found.append(thing)
            elif isinstance(first, list):
                for one in thing:
                    gather(one)

    gather(json.loads(path.read_text(encoding="utf-8")))
    return found
