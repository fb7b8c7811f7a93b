"""The explorer as a page shows it (数据查询页): the table, what can be chosen, the way up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotPermitted
from hexi.portal.figures import words
from hexi.portal.figures.books.nouns import Book
from hexi.portal.figures.books.released import ReleasedBook
from hexi.portal.figures.books.respondents import MARK as RESPONDENT
from hexi.portal.figures.books.working import WorkingBook
from hexi.portal.figures.forest import Forest
from hexi.portal.figures.pivot import Pivot, Shown, pivot
from hexi.portal.figures.queries.charts import chart
from hexi.portal.figures.queries.headline import headline
from hexi.portal.figures.queries.notes import Notes
from hexi.portal.figures.question import CHARTS, LASTS, ROWS, Question
from hexi.portal.figures.reach import sees_working
from hexi.portal.figures.settle import settled
from hexi.portal.figures.space import Space
from hexi.statistics.indicators import VIEWS
from hexi.statistics.indicators.definitions import BASES

#: parts of a question that the form has no field for
_KEPT = ("of", "unit", "sort", "empty")

__all__ = ["book_for", "explorer_context", "view_of"]


def book_for(question: Question, space: Space, person: Person | None, at: datetime) -> Book | None:
    """The book that answers: working figures for who may see them, else what was released."""
    if question.of == "released" or (not question.of and not sees_working(person)):
        return ReleasedBook(space, person, at)
    if not sees_working(person):
        raise NotPermitted
    return WorkingBook.at(space, person, question.asof)


def view_of(question: Question, book: Book) -> Pivot:
    """The table of an address."""
    asked, forest = settled(question, book)
    return pivot(asked, forest, book)


def explorer_context(
    question: Question, book: Book, space: Space, snapshots: Sequence[Any]
) -> dict[str, Any]:
    """Everything that the page shows."""
    table = view_of(question, book)
    asked = table.question
    keys = [shown.key for row in table.rows for shown in row.cells]
    notes = Notes(space, keys, public=book.of == "released")
    return {
        "title": headline(table),
        "table": table,
        "rows": list(_rows(table, space, book, notes)),
        "columns": _columns(table, space),
        "notes": notes.lines,
        "crumbs": _crumbs(table, space),
        "chart": chart(table, asked.chart),
        "more_periods": _more_periods(table, space),
        "key": [(words.MARKS[s], words.REASONS[s]) for s in table.statuses],
        "source": book.source,
        "choose": _choices(asked, table.forest, book, snapshots),
        "asked": asked,
        "here": f"{space.url()}?{asked.link(settled(Question(of=question.of), book)[0])}",
        "exports": _exports(asked, space),
        "kept": [(name, getattr(asked, name)) for name in _KEPT if getattr(asked, name)],
        "working": book.of == "working",
        "open_periods": [
            words.not_closed(words.period_name(period), kind)
            for period, kind in book.provisional.items()
        ],
        "basis_name": words.BASES[asked.basis],
        "all_units": space.url() + "?" + asked.query(empty="1"),
        "start": space.url(),
        "ranked": any(row.rank for row in table.rows),
    }


def _more_periods(table: Pivot, space: Space) -> str:
    """The address with a year of periods, where a chart of a course has just one."""
    asked = table.question
    if asked.chart not in ("line", "multiples") or len(asked.p) > 1:
        return ""
    return f"{space.url()}?{asked.query(p=(), last='12')}"


def _rows(table: Pivot, space: Space, book: Book, notes: Notes) -> Iterable[dict[str, Any]]:
    asked = table.question
    cell = _CellUrls(asked, space)
    for row in table.rows:
        drill = row.code and row.code != asked.unit and row.code[:1] != RESPONDENT
        drill = drill and (row.children or book.of == "working")
        yield {
            "row": row,
            "url": f"{space.url()}?{asked.query(unit=row.code, u=(), down='')}" if drill else "",
            "cells": [(shown, cell.of(shown), notes.marks(shown.key)) for shown in row.cells],
        }


class _CellUrls:
    """Addresses of where figures come from; nothing to tell where nobody is asked."""

    def __init__(self, asked: Question, space: Space) -> None:
        rest = {
            "tree": asked.tree, "of": asked.of, "basis": asked.basis, "bound": asked.bound,
            "asof": asked.asof,
        }  # fmt: skip
        tail = urlencode({key: value for key, value in rest.items() if value})
        self._start, self._end = space.url("cell"), f"&{tail}" if tail else ""

    def of(self, shown: Shown) -> str:
        if shown.cell.status == "N" or shown.key[0].startswith(RESPONDENT):
            return ""
        unit, indicator, view, period = shown.key
        return f"{self._start}?c={quote(unit)}&m={indicator}&w={view}&t={period}{self._end}"


def _columns(table: Pivot, space: Space) -> list[dict[str, Any]]:
    asked = table.question
    found = []
    for place, column in enumerate(table.columns, 1):
        down, up = f"-{place}", str(place)
        state = {down: "desc", up: "asc"}.get(asked.sort, "")
        sort = asked.query(sort=up if state == "desc" else down)
        url = f"{space.url()}?{sort}" if asked.rows != "periods" else ""
        found.append({"column": column, "sorted": state, "url": url})
    return found


def _crumbs(table: Pivot, space: Space) -> list[dict[str, str]]:
    asked, forest = table.question, table.forest
    way: list[dict[str, str]] = [{"label": space.name, "url": space.url()}]
    for code in forest.way(asked.unit) if asked.unit else ():
        url = f"{space.url()}?{asked.query(unit=code, u=(), down='')}"
        here = code == asked.unit
        way.append({"label": name_of(forest.nodes[code]), "url": "" if here else url})
    return way


def _choices(
    asked: Question, forest: Forest, book: Book, snapshots: Sequence[Any]
) -> dict[str, Any]:
    """Values of every field of the form, with the chosen ones marked."""
    kinds = {forest.nodes[code].kind for code, _d in forest.under(asked.unit)} - {""}
    kinds_in_order = [kind for kind in words.KINDS if kind in kinds]
    below = [(c, name_of(forest.nodes[c]), c in asked.u) for c in _comparable(asked, forest)]
    return {
        "indicators": [(i, name, i in asked.i) for i, name in book.indicators.items()],
        "views": [(v, words.view_name(v), v in asked.v) for v in VIEWS],
        "periods": [(p, _period(p, book), p in asked.p) for p in reversed(book.periods)],
        "lasts": [(n, _last_name(n), n == asked.last) for n in LASTS],
        "trees": [(t, words.tree_name(t), t == asked.tree) for t in book.trees],
        "downs": [("", _("Right below"), not asked.down)]
        + [(k, words.kind_name(k), k == asked.down) for k in kinds_in_order],
        "bases": [(b, str(words.BASES[b]), b == asked.basis) for b in ("", *BASES)],
        "bounds": [
            ("", _("As it was"), not asked.bound),
            ("today", _("Boundaries of today"), asked.bound == "today"),
        ],
        "rows": [(r, str(words.ROWS[r]), r == asked.rows) for r in ROWS],
        "charts": [(c, str(words.CHARTS[c]), c == asked.chart) for c in ("", *CHARTS)],
        "units": below,
        "snapshots": [("", _("As of now"), not asked.asof)]
        + [(str(s.id), _snapshot(s), str(s.id) == asked.asof) for s in snapshots],
        "known_day": asked.asof if "-" in asked.asof else "",
    }


def _comparable(asked: Question, forest: Forest) -> list[str]:
    """Units that may be put side by side: those under the unit, and its own neighbours."""
    under = [code for code, _depth in forest.under(asked.unit)]
    above = forest.parent.get(asked.unit, "")
    found = [*asked.u, *forest.children.get(above, ()), *under]
    return list(dict.fromkeys(found))[:300]


def _last_name(last: str) -> str:
    if last == "all":
        return _("All periods")
    if last == "1":
        return _("The latest")
    return _("The last %(n)d") % {"n": int(last)}


def _period(period: str, book: Book) -> str:
    name = words.period_name(period)
    kind = book.provisional.get(period, "")
    return words.not_closed(name, kind) if kind else name


def _snapshot(snapshot: Any) -> str:
    return _("%(at)s, vintage %(n)d") % {"at": words.moment(snapshot.at), "n": snapshot.id}


def _exports(asked: Question, space: Space) -> list[dict[str, str]]:
    kinds = (("csv", "CSV"), ("xlsx", "Excel"), ("sdmx", "SDMX-CSV"), ("json", "SDMX-JSON"))
    return [
        {"label": label, "url": f"{space.url('export', kind)}?{asked.query()}"}
        for kind, label in kinds
    ]
