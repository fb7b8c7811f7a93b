"""A unit beside its peers and its upper level (横向比较): place, middle of the field, distance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

__all__ = ["Comparison", "compare"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure (level, rate, completion) among those of comparable units."""

    unit: str
    value: float
    #: 1 is best; equal values share a place; None where no side is better
    place: int | None
    #: how many units have a value, this one included
    of: int
    middle: float
    #: value less the middle of the field
    from_middle: float
    upper: float | None
    from_upper: float | None
    #: units without a value
    silent: tuple[str, ...] = ()

    def as_record(self) -> dict[str, Any]:
        """JSON-ready record."""
        return {
            "unit": self.unit,
            "value": self.value,
            "place": self.place,
            "of": self.of,
            "middle": self.middle,
            "from_middle": self.from_middle,
            "upper": self.upper,
            "from_upper": self.from_upper,
            "silent": list(self.silent),
        }


def compare(
    unit: str,
    values: Mapping[str, float | None],
    *,
    upward: bool | None,
    upper: float | None = None,
) -> Comparison | None:
    """The unit among ``values`` (its own included); None where it has no value itself."""
    own = values.get(unit)
    if own is None:
        return None
    known = [value for value in values.values() if value is not None]
    place = None
    if upward is not None:
        place = 1 + sum(value > own if upward else value < own for value in known)
    middle = median(known)
    silent = tuple(sorted(name for name, value in values.items() if value is None))
    return Comparison(
        unit,
        own,
        place,
        len(known),
        middle,
        own - middle,
        upper,
        None if upper is None else own - upper,
        silent,
    )
