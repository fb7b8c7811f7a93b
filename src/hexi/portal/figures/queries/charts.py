"""Charts of a view (图): the series of the table as data, drawn by the page's own script.

Bars start at zero and stand in order; lines carry their names; small multiples share one scale.
A chart shows one measure: two would need two axes.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from hexi.portal.figures import words
from hexi.portal.figures.pivot import Pivot, Row
from hexi.portal.figures.queries.headline import chart_title

__all__ = ["chart"]

_MOST_BARS: Final = 40
_MOST_LINES: Final = 8
_MOST_PANES: Final = 24


def chart(table: Pivot, kind: str) -> dict[str, Any] | None:
    """What a chart of this kind is drawn from; None where the view has nothing to draw."""
    if not kind or not table.measures or table.question.rows != "units":
        return None
    rows = [row for row in table.rows if not row.total] or list(table.rows)
    if kind == "bar":
        rows = _ordered(table, rows)[:_MOST_BARS]
    elif kind == "line":
        rows = _ordered(table, rows)[:_MOST_LINES]
    else:
        rows = rows[:_MOST_PANES]
    measure = table.measures[0]
    periods = [words.period_name(period) for period in table.question.p]
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
    }


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
