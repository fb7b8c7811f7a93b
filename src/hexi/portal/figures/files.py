"""A view as a file (查询结果导出): CSV, Excel, SDMX, of exactly the cells that the page shows."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from hexi.portal.core.exports import table_response
from hexi.portal.core.refusal import NotFound
from hexi.portal.figures import words
from hexi.portal.figures.books.nouns import Book
from hexi.portal.figures.knowledge import definitions
from hexi.portal.figures.pivot import Pivot
from hexi.portal.figures.published import About, table_of
from hexi.portal.figures.queries.headline import headline
from hexi.portal.figures.space import MARK, Space
from hexi.statistics.exchange import MEDIA_TYPES, PublishedTable, data_csv, data_json

__all__ = ["view_file", "view_table"]

_SHEETS: Final = ("csv", "xlsx")
_EXCHANGED: Final = {"sdmx": "csv", "json": "json"}


def view_file(kind: str, table: Pivot | None, book: Book | None, space: Space) -> HttpResponse:
    """The file; NotFound for a kind that there is not, or where there are no figures."""
    if table is None or book is None:
        raise NotFound
    at = timezone.now()
    if kind in _SHEETS:
        return _sheet(kind, table, book, space, at)
    if kind not in _EXCHANGED:
        raise NotFound
    published = view_table(table, book, space, at)
    body = data_csv(published) if kind == "sdmx" else data_json(published, at).encode()
    response = HttpResponse(body, content_type=MEDIA_TYPES[_EXCHANGED[kind]])
    ending = "sdmx.csv" if kind == "sdmx" else "sdmx.json"
    response["Content-Disposition"] = f'attachment; filename="hexi-{_name(space)}.{ending}"'
    return response


def view_table(table: Pivot, book: Book, space: Space, at: datetime) -> PublishedTable:
    """The view as an exchangeable table."""
    every = definitions().indicators
    title = headline(table)
    about = About(
        id="HEXI_VIEW",
        title=title,
        title_en=title,
        issued=timezone.localtime(at).date().isoformat(),
        publisher=_("Hexi"),
        description=book.source,
        practice=space.practice,
        indicators={m.indicator: _both(every[m.indicator]) for m in table.measures},
    )
    cells = ((shown.key, shown.cell) for row in table.rows for shown in row.cells)
    return table_of(about, cells, table.forest, table.measures)


def _both(indicator: object) -> tuple[str, str]:
    return str(getattr(indicator, "name", "")), str(getattr(indicator, "name_en", ""))


def _name(space: Space) -> str:
    return "figures-practice" if space.practice else "figures"


def _sheet(kind: str, table: Pivot, book: Book, space: Space, at: datetime) -> HttpResponse:
    """Rows and columns as they stand, then what they are: source, day, marks."""
    ranked = any(row.rank for row in table.rows)
    units = table.question.rows == "indicators"
    head = [table.corner, *([_("Unit of measure")] if units else []), *([_("Rank")] * ranked)]
    head += [_head(column.group, column.label, column.unit) for column in table.columns]
    rows = []
    for row in table.rows:
        line = [row.label, *([row.unit] if units else []), *([str(row.rank or "")] * ranked)]
        rows.append([*line, *(_number(shown.cell.value, shown.text) for shown in row.cells)])
    wide = len(head)
    marks = "；".join(f"{words.MARKS[s]} {words.REASONS[s]}" for s in table.statuses)
    said = [headline(table), book.source, _("Made on %(at)s.") % {"at": words.moment(at)}, marks]
    if space.practice:
        said.insert(0, f"【{MARK}】{_('Synthetic data for practice, not real statistics.')}")
    rows += [[""] * wide, *([text] + [""] * (wide - 1) for text in said if text)]
    return table_response(kind, _name(space), space.titled(_("Figures")), head, rows)


def _number(value: Decimal | None, mark: str) -> str:
    return mark if value is None else str(value)


def _head(*parts: str) -> str:
    """One head out of two levels and the unit of measure."""
    return re.sub(r"\s+", " ", " ".join(part for part in parts if part)).strip()
