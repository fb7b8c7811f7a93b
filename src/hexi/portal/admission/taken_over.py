"""Inputs taken over from the library (带入要素): what the record knows is not typed again.

A value that the rules do not know (a unit that is no zone, an industry code out of use) is left
open and said, so that somebody asks instead of the screening guessing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from hexi.admission import Space
from hexi.portal.projects.models import ProjectRecord

__all__ = ["Taken", "take_over"]

_WAN: Final = 10_000
#: field of the rulebook to what the record says of it
_FROM: Final[dict[str, Callable[[ProjectRecord], Any]]] = {
    "unit": lambda row: row.unit.code,
    "industry": lambda row: row.industry.lstrip("ABCDEFGHIJKLMNOPQRST"),
    "investment": lambda row: _in_wan(row.total),
    "land": lambda row: _number(row.land_mu),
    "tax": lambda row: _in_wan(row.tax),
    "energy": lambda row: _number(row.energy),
    "foreign": lambda row: row.origin == "foreign" if row.origin else None,
}


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken over, and fields whose value the rules do not know."""

    values: dict[str, Any]
    unknown: tuple[str, ...]


def take_over(row: ProjectRecord, space: Space) -> Taken:
    """The inputs that the record of the library answers."""
    values: dict[str, Any] = {}
    unknown: list[str] = []
    for name, read in _FROM.items():
        value = read(row)
        if name not in space.fields or value is None or value == "":
            continue
        if _known(space, name, value):
            values[name] = value
        else:
            unknown.append(name)
    return Taken(values, tuple(unknown))


def _known(space: Space, name: str, value: Any) -> bool:
    field = space.fields[name]
    if field.numeric:
        return bool(field.least <= value <= field.most)
    word = str(value).lower() if isinstance(value, bool) else str(value)
    if space.line(name, word) is None:
        return False
    fine = field.kind == "industry" and word.isdigit()
    return fine or word in space.members(name)


def _in_wan(yuan: int | None) -> float | None:
    return None if yuan is None else yuan / _WAN


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
