"""A question to the explorer (查询): everything that a view shows is in its address.

Values that mean nothing are left out without a word, so that an old link still opens; what is
missing is settled by the book that answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import islice
from typing import Any, Final
from urllib.parse import urlencode

from django.http import QueryDict

from hexi.statistics.indicators import VIEWS, View
from hexi.statistics.indicators.definitions import BASES

__all__ = ["CHARTS", "LASTS", "OFS", "ROWS", "Question", "asked"]

OFS: Final = ("working", "released")
ROWS: Final = ("units", "indicators", "periods")
CHARTS: Final = ("bar", "line", "multiples", "points")
#: how many periods back, as the page offers
LASTS: Final = ("1", "6", "12", "24", "all")
#: more of one kind than any page asks for
_MOST: Final = 400
#: of one value of an address that holds many
_LONGEST: Final = 8000
_MONTH: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
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

    def link(self, home: Question) -> str:
        """The shortest query that shows the same for as long as there are figures of it.

        ``home`` is what an empty address is settled to; indicators and periods are always said,
        since what is the latest changes, but neighbouring months as a span.
        """
        said = {}
        for field in fields(self):
            value, known = getattr(self, field.name), getattr(home, field.name)
            if not value or field.name == "last" or (value == known and field.name not in "ip"):
                continue
            several = _spans(value) if field.name == "p" else value
            said[field.name] = several if isinstance(several, str) else ",".join(several)
        return urlencode(said, safe=",.@")


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
    """Values given one by one, or in one with commas; of periods also spans."""
    values = query.getlist(key) if hasattr(query, "getlist") else query.get(key) or ()
    parts = (part[:64] for value in values for part in str(value)[:_LONGEST].split(","))
    found = (one for part in parts if part for one in (_months(part) if key == "p" else (part,)))
    return tuple(islice(dict.fromkeys(found), _MOST))


def _months(part: str) -> Iterator[str]:
    """The months of a span such as 2015-03..2015-12; anything else is itself."""
    first, _dots, last = part.partition("..")
    if not (_MONTH.fullmatch(first) and _MONTH.fullmatch(last)):
        yield part
        return
    start, end = (int(code[:4]) * 12 + int(code[5:]) - 1 for code in (first, last))
    for number in range(start, min(end + 1, start + _MOST)):
        yield f"{number // 12}-{number % 12 + 1:02}"


def _spans(periods: Sequence[str]) -> tuple[str, ...]:
    """Periods with three or more neighbouring months as a span."""
    found: list[list[str]] = []
    for period in periods:
        if found and list(_months(f"{found[-1][-1]}..{period}"))[1:] == [period]:
            found[-1].append(period)
        else:
            found.append([period])
    return tuple(
        part for run in found for part in ([f"{run[0]}..{run[-1]}"] if len(run) > 2 else run)
    )


def _one(query: Any, key: str) -> str:
    value = str(query.get(key) or "")[:64]
    return value if value in _CHOICES.get(key, (value,)) else ""
