"""Where units lie (责任主体位置): the seat of each city's government, in degrees.

Points only, rounded to a hundredth of a degree (about a kilometre). No boundary is kept: a map
with boundaries needs a review number (地图管理条例 第十五条), a sketch of points does not.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass

from hexi.catalogue.pack import pack_path

__all__ = ["Seat", "load_seats"]


@dataclass(frozen=True, slots=True)
class Seat:
    """One point."""

    unit: str
    longitude: float
    latitude: float

    def __post_init__(self) -> None:
        if not (-180 <= self.longitude <= 180 and -90 <= self.latitude <= 90):
            raise ValueError(f"{self.unit}: {self.longitude}, {self.latitude} is no place on earth")


def load_seats(pack: str) -> tuple[Seat, ...]:
    """The seats of a pack, in its order; none where the pack has no table of them.

    Raises:
        ValueError: where a row is no place.
    """
    path = pack_path(pack) / "seats.csv"
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(Seat(row["unit"], float(row["longitude"]), float(row["latitude"])) for row in rows)
