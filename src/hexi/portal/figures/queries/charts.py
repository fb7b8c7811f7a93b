"""Charts of a view (图): the series of the table as data, drawn by the page's own script.

Bars start at zero and stand in order; lines carry their names; small multiples share one scale.
A chart shows one measure: two would need two axes. Points stand at the seat of the city that a
unit belongs to, on plain ground: a map with boundaries needs a review number.
"""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any, Final

from django.conf import settings

from hexi.catalogue.seats import load_seats
from hexi.portal.core.names import name_of
from hexi.portal.figures import words
from hexi.portal.figures.pivot import Pivot, Row
from hexi.portal.figures.queries.headline import chart_title

__all__ = ["chart"]

_MOST_BARS: Final = 40
_MOST_LINES: Final = 8
_MOST_PANES: Final = 24
#: degrees between neighbours around one seat
_APART: Final = 0.16
_GOLDEN: Final = math.pi * (3 - math.sqrt(5))


def chart(table: Pivot, kind: str) -> dict[str, Any] | None:
    """What a chart of this kind is drawn from; None where the view has nothing to draw."""
    if not kind or not table.measures or table.question.rows != "units":
        return None
    rows = [row for row in table.rows if not row.total] or list(table.rows)
    if kind == "bar":
        rows = _ordered(table, rows)[:_MOST_BARS]
    elif kind == "line":
        rows = _ordered(table, rows)[:_MOST_LINES]
    elif kind == "multiples":
        rows = rows[:_MOST_PANES]
    measure = table.measures[0]
    periods = [words.period_name(period) for period in table.question.p]
    placed = _placed(table, rows) if kind == "points" else {}
    if kind == "points":
        rows = [row for row in rows if row.code in placed]
    series = [{"name": row.label, "data": _series(table, row)} for row in rows]
    if not any(value is not None for line in series for value in line["data"]):
        return None
    return {
        "kind": kind,
        "title": chart_title(table, rows),
        "unit": measure.unit,
        "decimals": measure.decimals,
        "periods": periods,
        "series": series,
        **({"points": list(placed.values()), "seats": _seats(table)} if kind == "points" else {}),
    }


def _placed(table: Pivot, rows: list[Row]) -> dict[str, dict[str, Any]]:
    """Units with a figure of the last period, around the seats that they belong to."""
    seats = _homes()
    found: dict[str, dict[str, Any]] = {}
    crowd: dict[str, int] = {}
    for row in _ordered(table, rows):
        way = reversed(table.forest.way(row.code))
        home = next((code for code in way if code in seats), "")
        value = _values(table, row)[-1]
        if not home or value is None:
            continue
        number = crowd[home] = crowd.get(home, -1) + 1
        # the next one further out and a golden angle on, so that none hides another
        away, turn = _APART * math.sqrt(number), number * _GOLDEN
        x, y = seats[home]
        x, y = x + away * math.cos(turn), y + away * math.sin(turn)
        found[row.code] = {"name": row.label, "x": x, "y": y, "value": float(value)}
    return found


def _homes() -> dict[str, tuple[float, float]]:
    """Seats in degrees of latitude both ways: one of longitude is shorter by the cosine."""
    seats = load_seats(settings.HEXI.pack)
    middle = sum(seat.latitude for seat in seats) / max(1, len(seats))
    shrunk = math.cos(math.radians(middle))
    return {seat.unit: (seat.longitude * shrunk, seat.latitude) for seat in seats}


def _seats(table: Pivot) -> list[dict[str, Any]]:
    nodes = table.forest.nodes
    return [
        {"name": name_of(nodes[code]), "x": x, "y": y}
        for code, (x, y) in _homes().items()
        if code in nodes
    ]


def _ordered(table: Pivot, rows: list[Row]) -> list[Row]:
    """From the greatest of the last period down; those without a figure are left out."""
    known = [(row, value) for row in rows if (value := _values(table, row)[-1]) is not None]
    return [row for row, _value in sorted(known, key=lambda pair: -pair[1])]


def _values(table: Pivot, row: Row) -> list[Decimal | None]:
    measure = table.measures[0]
    cells = {shown.key[1:]: shown.cell.value for shown in row.cells}
    return [cells.get((measure.indicator, measure.view, p)) for p in table.question.p]


def _series(table: Pivot, row: Row) -> list[float | None]:
    return [None if value is None else float(value) for value in _values(table, row)]
