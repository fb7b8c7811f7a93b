"""A question to the explorer (查询): everything that a view shows is in its address.

Values that mean nothing are left out without a word, so that an old link still opens; what is
missing is settled by the book that answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.http import QueryDict

from hexi.statistics.indicators import VIEWS, View
from hexi.statistics.indicators.definitions import BASES

__all__ = ["CHARTS", "LASTS", "OFS", "ROWS", "Question", "asked"]

OFS: Final = ("working", "released")
ROWS: Final = ("units", "indicators", "periods")
CHARTS: Final = ("bar", "line", "multiples")
#: how many periods back, as the page offers
LASTS: Final = ("1", "6", "12", "24", "all")
#: more of one kind than any page asks for
_MOST: Final = 400
_CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "of": OFS,
    "rows": ROWS,
    "chart": CHARTS,
    "basis": BASES,
    "last": LASTS,
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked; empty values are the book's to settle."""

    #: working figures, or those that were released
    of: str = ""
    tree: str = ""
    #: unit in the middle of the page
    unit: str = ""
    #: kind of units that get a row; empty: those right under the unit
    down: str = ""
    #: units to compare, instead of those under the unit
    u: tuple[str, ...] = ()
    i: tuple[str, ...] = ()
    v: tuple[View, ...] = ()
    p: tuple[str, ...] = ()
    last: str = ""
    basis: str = ""
    #: "today", or empty for boundaries as they were
    bound: str = ""
    #: number of a snapshot, or a day
    asof: str = ""
    rows: str = ""
    #: number of a column from 1; negative: from the greatest
    sort: str = ""
    chart: str = ""
    #: "1": units without any figure too
    empty: str = ""

    def query(self, **changes: Any) -> str:
        """The address's query of this question with some things changed."""
        other = replace(self, **changes)
        said = [(f.name, getattr(other, f.name)) for f in fields(other)]
        return urlencode([(key, value) for key, value in said if value], doseq=True)


def asked(query: QueryDict | Mapping[str, Any]) -> Question:
    """The question of an address."""
    found: dict[str, Any] = {}
    for field in fields(Question):
        if field.name in ("u", "i", "v", "p"):
            found[field.name] = _several(query, field.name)
        else:
            found[field.name] = _one(query, field.name)
    found["v"] = tuple(view for view in VIEWS if view in found["v"])
    found["sort"] = found["sort"] if found["sort"].lstrip("-").isdecimal() else ""
    found["bound"] = "today" if found["bound"] == "today" else ""
    found["empty"] = "1" if found["empty"] == "1" else ""
    return Question(**found)


def _several(query: Any, key: str) -> tuple[str, ...]:
    values = query.getlist(key) if hasattr(query, "getlist") else query.get(key) or ()
    return tuple(dict.fromkeys(str(value)[:64] for value in values if value))[:_MOST]


def _one(query: Any, key: str) -> str:
    value = str(query.get(key) or "")[:64]
    return value if value in _CHOICES.get(key, (value,)) else ""
