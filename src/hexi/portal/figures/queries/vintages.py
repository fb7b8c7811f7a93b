"""Vintages (数据版次): the revision triangle, and why a sum changed from one vintage to another.

The triangle tells how far first figures are to be trusted; the difference goes down from the sum
over the units to the single return, and at every level the changes add up to the change above.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound
from hexi.portal.figures import words
from hexi.portal.figures.books.working import WorkingBook, as_month
from hexi.portal.figures.knowledge import definitions, known_at
from hexi.portal.figures.queries.cell import codes_of
from hexi.portal.figures.question import Question
from hexi.portal.figures.settle import settled
from hexi.portal.figures.space import Space
from hexi.portal.returns.queries.facts import return_addresses
from hexi.warehouse import Snapshot, Warehouse

__all__ = ["vintages_context"]

_MOST_VINTAGES: Final = 12
_MOST_PERIODS: Final = 12
_MOST_ROWS: Final = 200


def vintages_context(
    book: WorkingBook, space: Space, person: Person | None, address: Mapping[str, str]
) -> dict[str, Any]:
    """The page for a unit, an indicator and a period."""
    house = space.open()
    if house is None:
        raise NotFound
    asked, forest = _settled(book, address)
    unit, indicator, period = asked.unit, asked.i[0], asked.p[-1]
    if not unit:
        raise NotFound
    turns = _turns(house, book, period)
    before, after = _pair(turns, address)
    difference = _difference(house, book, asked, before, after, space, person)
    gaps = {"unit_name": name_of(forest.nodes[unit]), "name": book.indicators[indicator]}
    gaps["period"] = words.period_name(period)
    return {
        "title": _headline(gaps, difference),
        "asked": asked,
        "period": period,
        "indicator": indicator,
        "unit": unit,
        "snapshots": [(str(s.id), _label(s)) for s in turns],
        "before": str(before.id) if before else "",
        "after": str(after.id) if after else "",
        "triangle": _triangle(book, asked, turns),
        "choose_indicators": [(i, n, i == indicator) for i, n in book.indicators.items()],
        "choose_periods": [(p, words.period_name(p), p == period) for p in reversed(book.periods)],
        "choose_units": [
            (code, name_of(forest.nodes[code]), code == unit)
            for code in dict.fromkeys([*forest.roots[:1], *(c for c, _d in _all(forest))])
        ][:400],
        "source": book.source,
        "crumbs": [
            {"label": space.name, "url": space.url()},
            {"label": _("Vintages"), "url": ""},
        ],
        **difference,
    }


def _all(forest: Any) -> Iterable[tuple[str, int]]:
    for root in forest.roots:
        yield root, 0
        yield from forest.under(root)


def _settled(book: WorkingBook, address: Mapping[str, str]) -> tuple[Question, Any]:
    indicator = address.get("m", "")
    wanted = Question(
        tree=address.get("tree", ""),
        unit=address.get("c", ""),
        i=(indicator,) if indicator in book.indicators else tuple(book.indicators)[:1],
        v=("period",),
        p=(address.get("t", ""),),
    )
    return settled(wanted, book)


def _turns(house: Warehouse, book: WorkingBook, period: str) -> list[Snapshot]:
    """Snapshots that changed anything of the period, oldest first."""
    segments = house.manifest.segments(None, None, [as_month(period)])
    marks = {s.begin for s in segments} | {s.end for s in segments if s.end is not None}
    found = [s for s in house.snapshots() if s.id in marks and not s.thinned]
    return found[-_MOST_VINTAGES:] or house.snapshots()[-1:]


def _pair(
    turns: Sequence[Snapshot], address: Mapping[str, str]
) -> tuple[Snapshot | None, Snapshot | None]:
    """The two that are compared: those of the address, else the last two."""
    named = {str(s.id): s for s in turns}
    after = named.get(address.get("b", ""), turns[-1])
    before = named.get(address.get("a", ""))
    if before is None and len(turns) > 1:
        before = turns[turns.index(after) - 1] if turns.index(after) else turns[0]
    return before, after


def _label(snapshot: Snapshot) -> str:
    gaps = {"at": words.moment(snapshot.at), "n": snapshot.id, "why": snapshot.reason}
    return _("%(n)d · %(at)s · %(why)s") % gaps


def _headline(gaps: Mapping[str, str], difference: Mapping[str, Any]) -> str:
    sums = difference.get("sums") or []
    changed = [line for line in sums if line["changed"]]
    if not sums:
        return _("%(unit_name)s, %(period)s: %(name)s has one vintage") % gaps
    if not changed:
        return _("%(unit_name)s, %(period)s: %(name)s did not change") % gaps
    first = changed[0]
    return _("%(unit_name)s, %(period)s: %(item)s changed by %(change)s") % {
        **gaps,
        "item": first["name"],
        "change": f"{first['change']} {first['unit']}",
    }


def _triangle(book: WorkingBook, asked: Question, turns: Sequence[Snapshot]) -> dict[str, Any]:
    """Periods down, vintages across; a figure that a vintage did not change is left quiet."""
    every = [p for p in book.periods if p <= asked.p[-1]][-_MOST_PERIODS:]
    wide = replace(asked, p=tuple(every))
    columns = []
    for snapshot in turns:
        known = known_at(book.known.space, snapshot.id)
        if known is None or asked.unit not in known.register.units:
            continue
        past = WorkingBook(known, None, past=True)
        past.reach = book.reach
        columns.append((snapshot, past.cells(wide, [asked.unit], past.measures(wide))))
    rows = []
    for period in every:
        last: object = object()
        cells = []
        for _snapshot, found in columns:
            cell = found.get((asked.unit, asked.i[0], "period", period))
            value = cell.value if cell is not None else None
            cells.append((words.printed(value) if value is not None else "…", value != last))
            last = value
        rows.append({"period": words.period_name(period), "cells": cells})
    measure = next(iter(book.measures(wide)), None)
    return {
        "heads": [(s.id, words.moment(s.at)) for s, _found in columns],
        "rows": rows,
        "unit": measure.unit if measure else "",
    }


def _difference(
    house: Warehouse,
    book: WorkingBook,
    asked: Question,
    before: Snapshot | None,
    after: Snapshot | None,
    space: Space,
    person: Person | None,
) -> dict[str, Any]:
    if before is None or after is None or before.id == after.id:
        return {"sums": [], "units": [], "returns": [], "more": 0}
    numbers = book.known.register
    codes = [code for code in sorted(codes_of(asked.i[0])) if code in numbers.items]
    items = {numbers.items[code]: definitions().items[code] for code in codes}
    found = house.difference(
        before.id, after.id, periods=[as_month(asked.p[-1])], items=list(items),
        tree=asked.tree, unit=numbers.units[asked.unit],
    )  # fmt: skip
    units = dict(zip(*numbers.unit.select(["id", "name"]).to_pydict().values(), strict=True))
    by_unit = found.by_unit.filter(pc.field("facet") == 0).to_pylist()
    sums = found.by_item.filter(pc.field("facet") == 0).to_pylist()
    rows = found.by_reporter.filter(pc.field("facet") == 0)
    return {
        "sums": [_sum_line(row, items, by_unit, rows) for row in sums],
        "units": [
            {"unit_name": units.get(row["unit"], ""), **_line(row, items)}
            for row in sorted(by_unit, key=lambda row: -abs(row["change"] or 0))
            if row["change"] or row["n_before"] != row["n_after"]
        ][:_MOST_ROWS],
        "returns": _returns(rows, items, numbers, units, space, person),
        "more": max(0, rows.num_rows - _MOST_ROWS),
    }


def _line(row: Mapping[str, Any], items: Mapping[int, Any]) -> dict[str, Any]:
    item = items[row["item"]]
    return {
        "name": name_of(item),
        "unit": item.unit,
        "before": _amount(row["before"]),
        "after": _amount(row["after"]),
        "change": _signed(row["change"]),
        "changed": bool(row["change"]),
        "n_before": row.get("n_before"),
        "n_after": row.get("n_after"),
    }


def _sum_line(
    row: Mapping[str, Any], items: Mapping[int, Any], by_unit: list[Any], rows: pa.Table
) -> dict[str, Any]:
    """A sum with the proof that what is below it adds up to its change."""

    def same(other: Mapping[str, Any]) -> bool:
        return all(other[key] == row[key] for key in ("form", "period", "item", "facet"))

    units = sum((r["change"] or 0 for r in by_unit if same(r)), Decimal(0))
    returns = sum((r["change"] or 0 for r in rows.to_pylist() if same(r)), Decimal(0))
    change = row["change"] or Decimal(0)
    return {**_line(row, items), "even": units == change and returns == change}


def _returns(
    rows: pa.Table,
    items: Mapping[int, Any],
    numbers: Any,
    units: Mapping[int, str],
    space: Space,
    person: Person | None,
) -> list[dict[str, Any]]:
    ordered = sorted(rows.to_pylist(), key=lambda row: -abs(row["change"] or 0))[:_MOST_ROWS]
    wanted = [row["reporter"] for row in ordered]
    known = numbers.reporter.filter(pc.field("id").isin(wanted)).to_pylist()
    names = {row["id"]: (row["name"], row["code"]) for row in known}
    kept = [n for r in ordered for n in (r["submission_before"], r["submission_after"]) if n]
    ways = {} if space.practice else return_addresses(kept, person)
    found = []
    for row in ordered:
        name, code = names.get(row["reporter"], ("", ""))
        way = ways.get(row["submission_after"] or row["submission_before"] or 0, "")
        line = _line(row, items)
        why = _("came late") if row["before"] is None else _("corrected")
        if row["after"] is None:
            why = _("withdrawn")
        found.append(
            {**line, "reporter": name, "code": code, "url": way, "why": why,
             "unit_name": units.get(row["unit"], "")}
        )  # fmt: skip
    return found


def _amount(value: Decimal | None) -> str:
    return "…" if value is None else f"{value.normalize():,f}".replace("-", "−")


def _signed(value: Decimal | None) -> str:
    if not value:
        return "0"
    text = f"{value.normalize():+,f}"
    return text.replace("-", "−")
