"""The map of projects (项目地图): points on plain ground, gathered where they lie close together.

No boundary is drawn. Only where the office has a map of its own with a review number (审图号,
地图管理条例 Art. 15) its lines are drawn under the points, and the number stands beneath them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from hexi.catalogue.seats import load_seats
from hexi.portal.core.models import Unit
from hexi.portal.core.names import name_of
from hexi.portal.projects.columns.library import Library
from hexi.projects.history import Flags, Ints

__all__ = ["Box", "Dot", "Places", "Seat", "Sketch", "asked_box", "places_of", "sketch"]

WIDTH, TALLEST, MARGIN = 760.0, 620.0, 36.0
#: points of one cell are drawn as one
_CELL: Final = 26.0
#: least width of what is shown, in degrees
_LEAST: Final = 0.05

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the ground in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, longitude: Any, latitude: Any) -> Any:
        """Does a point lie in it? Of columns, for each."""
        return (
            (self.west <= longitude)
            & (longitude <= self.east)
            & (self.south <= latitude)
            & (latitude <= self.north)
        )

    def text(self) -> str:
        """As an address has it."""
        return ",".join(f"{one:.4f}" for one in (self.west, self.south, self.east, self.north))


@dataclass(frozen=True, slots=True)
class Places:
    """Projects with their points, a column each, in the order in which they were asked for."""

    ids: Ints
    longitude: Reals
    latitude: Reals
    #: its own point; else that of the seat of its city
    exact: Flags

    @property
    def rough(self) -> int:
        """How many have no point of their own."""
        return int(np.count_nonzero(~self.exact))

    def within(self, which: Flags) -> Places:
        """Some of them."""
        return Places(
            self.ids[which], self.longitude[which], self.latitude[which], self.exact[which]
        )


@dataclass(frozen=True, slots=True)
class Dot:
    """One project, or several that lie together; the box is where they lie."""

    #: the first of them
    id: int
    count: int
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

    #: projects that are drawn, in the order in which they were asked for
    ids: Ints
    dots: list[Dot]
    seats: list[Seat]
    #: lines of the office's own map, as SVG paths, and its review number
    lines: list[str]
    review: str
    width: int
    height: int


def places_of(library: Library, ids: Sequence[int]) -> Places:
    """The points of projects; one without a point of its own stands at the seat of its city."""
    records = library.records
    at = library.positions(np.array(ids, dtype=np.int64))
    longitude, latitude = records.longitude[at], records.latitude[at]
    exact = ~(np.isnan(longitude) | np.isnan(latitude))
    seats = {seat.unit: (seat.longitude, seat.latitude) for seat in load_seats(settings.HEXI.pack)}
    homes = {pk: _home(path, seats) for pk, path in Unit.objects.values_list("pk", "path")}
    units, of = np.unique(records.unit[at], return_inverse=True)
    nowhere = (np.nan, np.nan)
    points = np.array([homes.get(int(unit)) or nowhere for unit in units]).reshape(-1, 2)[of]
    longitude = np.where(exact, longitude, points[:, 0])
    latitude = np.where(exact, latitude, points[:, 1])
    return Places(records.ids[at], longitude, latitude, exact).within(~np.isnan(longitude))


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


def sketch(places: Places, box: Box | None) -> Sketch:
    """Points of projects, gathered; a box shows that part of the ground alone."""
    seats = _seats()
    shown = box or _around(
        np.concatenate([places.longitude, [seat[1] for seat in seats]]),
        np.concatenate([places.latitude, [seat[2] for seat in seats]]),
    )
    middle = math.cos(math.radians((shown.south + shown.north) / 2))
    # one scale both ways, so that distances are true
    wide, tall = (shown.east - shown.west) * middle, shown.north - shown.south
    scale = min((WIDTH - 2 * MARGIN) / wide, (TALLEST - 2 * MARGIN) / tall)
    left = (WIDTH - wide * scale) / 2

    def at(longitude: Any, latitude: Any) -> tuple[Any, Any]:
        x = left + (longitude - shown.west) * middle * scale
        return np.round(x, 1), np.round(MARGIN + (shown.north - latitude) * scale, 1)

    drawn = places.within(shown.holds(places.longitude, places.latitude))
    lines, review = _own_map()
    dots = _gathered(drawn, at)
    return Sketch(
        ids=drawn.ids,
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


def _gathered(places: Places, at: Callable[[Any, Any], tuple[Any, Any]]) -> list[Dot]:
    """One dot for the projects of a cell of the drawing, in the order of its first one."""
    x, y = at(places.longitude, places.latitude)
    # no drawing is a million cells wide
    cells = (x // _CELL).astype(np.int64) * 1_000_000 + (y // _CELL).astype(np.int64)
    _, firsts, cell = np.unique(cells, return_index=True, return_inverse=True)
    number = len(firsts)
    counts = np.bincount(cell, minlength=number)
    order = np.argsort(cell, kind="stable")
    begins = np.concatenate([[0], np.cumsum(counts)])[:-1]
    sides: list[Reals] = []
    for values in (places.longitude, places.latitude):
        middle = np.bincount(cell, values, minlength=number) / counts
        least, most = (
            side.reduceat(values[order], begins) if number else values
            for side in (np.minimum, np.maximum)
        )
        sides += [middle, least, most]
    east, west_most, east_most, north, south_most, north_most = sides
    exact = np.bincount(cell, places.exact, minlength=number) > 0
    xs, ys = at(east, north)
    return [
        Dot(
            id=int(places.ids[firsts[n]]),
            count=int(counts[n]),
            x=float(xs[n]),
            y=float(ys[n]),
            size=round(5 + 1.9 * math.log2(counts[n]), 1),
            box=_around(
                np.array([west_most[n], east_most[n]]), np.array([south_most[n], north_most[n]])
            ),
            exact=bool(exact[n]),
        )
        for n in np.argsort(firsts).tolist()
    ]


def _seat(name: str, at: tuple[float, float], dots: Sequence[Dot]) -> Seat:
    x, y = float(at[0]), float(at[1])
    over = [
        dot.size + dot.x - x for dot in dots if math.dist((dot.x, dot.y), (x, y)) < dot.size + 6
    ]
    return Seat(name, x, y, round(max(8.0, *(one + 5 for one in over)) if over else 8.0, 1))


def _around(longitude: Reals, latitude: Reals) -> Box:
    """A box around points, with room on all sides; around the country where there is none."""
    if not len(longitude):
        longitude, latitude = np.array([73.0, 135.0]), np.array([18.0, 54.0])
    west, east = float(longitude.min()), float(longitude.max())
    south, north = float(latitude.min()), float(latitude.max())
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
