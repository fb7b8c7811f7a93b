"""The history of a view (历次版本): what its cells said in every vintage that one may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from hexi.portal.core.models import Person
from hexi.portal.figures.books.nouns import Book, Cell, Key
from hexi.portal.figures.books.working import WorkingBook, as_month
from hexi.portal.figures.knowledge import known_at
from hexi.portal.figures.pivot import Pivot
from hexi.portal.figures.queries.releases import content_of, visible
from hexi.portal.figures.space import Space

__all__ = ["histories"]

_MOST_VINTAGES: Final = 12

#: number of the vintage, its moment, its cells
_Vintage = tuple[int, datetime, Mapping[Key, Cell]]


def histories(
    table: Pivot, book: Book, space: Space, person: Person | None, at: datetime
) -> dict[Key, list[dict[str, Any]]]:
    """For each cell the values that it had, oldest first; only vintages that brought another."""
    vintages = (
        _working(table, book, space) if isinstance(book, WorkingBook)
        else _released(table, space, person, at)
    )  # fmt: skip
    found: dict[Key, list[dict[str, Any]]] = {}
    for number, moment, cells in vintages:
        for row in table.rows:
            for shown in row.cells:
                cell = cells.get(shown.key)
                line = found.setdefault(shown.key, [])
                if cell is None:
                    continue
                value = None if cell.value is None else str(cell.value)
                if not line or line[-1]["value"] != value:
                    line.append({"vintage": number, "at": moment, "value": value})
    return found


def _working(table: Pivot, book: WorkingBook, space: Space) -> Iterable[_Vintage]:
    house = space.open()
    if house is None:
        return
    months = [as_month(period) for period in table.question.p]
    segments = house.manifest.segments(None, None, months)
    turns = {s.begin for s in segments} | {s.end for s in segments if s.end is not None}
    known = [s for s in house.snapshots() if s.id in turns and s.id <= book.known.snapshot.id]
    units = list(dict.fromkeys(shown.key[0] for row in table.rows for shown in row.cells))
    for snapshot in known[-_MOST_VINTAGES:]:
        then = known_at(space, snapshot.id)
        if then is None:
            continue
        past = WorkingBook(then, None, past=True)
        past.reach = book.reach
        there = [code for code in units if code in then.register.units]
        question = replace(table.question, asof=str(snapshot.id))
        yield snapshot.id, snapshot.at, past.cells(question, there, table.measures)


def _released(
    table: Pivot, space: Space, person: Person | None, at: datetime
) -> Iterable[_Vintage]:
    rows = visible(space, person, at).filter(public_at__lte=at, period__in=table.question.p)
    for row in rows.order_by("public_at", "version"):
        yield row.version, row.public_at, content_of(row).cells
