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

__all__ = ["Taken", "bare_industry", "is_foreign", "is_known", "take_over"]

_WAN: Final = 10_000


def bare_industry(code: str) -> str:
    """A code of GB/T 4754 as the rules have it: without the letter of its section."""
    return code.lstrip("ABCDEFGHIJKLMNOPQRST")


def is_foreign(origin: str) -> bool | None:
    """Does the money come from abroad? None where nobody said where it comes from."""
    return origin == "foreign" if origin else None


#: field of the rulebook to what the record says of it
_FROM: Final[dict[str, Callable[[ProjectRecord], Any]]] = {
    "unit": lambda row: row.unit.code,
    "industry": lambda row: bare_industry(row.industry),
    "investment": lambda row: _in_wan(row.total),
    "land": lambda row: _number(row.land_mu),
    "tax": lambda row: _in_wan(row.tax),
    "energy": lambda row: _number(row.energy),
    "foreign": lambda row: is_foreign(row.origin),
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
        if is_known(space, name, value):
            values[name] = value
        else:
            unknown.append(name)
    return Taken(values, tuple(unknown))


def is_known(space: Space, name: str, value: Any) -> bool:
    """Do the rules know this value of a field?"""
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
