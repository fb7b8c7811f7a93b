"""Where a figure comes from (溯源): its formula, its parts, whose returns, and what was believed
when.

Nothing is told here that the person may not see in the table: the cell is asked of the same book,
and parts of units outside the reach stay closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import pyarrow.compute as pc
from django.utils.translation import gettext as _

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound
from hexi.portal.figures import words
from hexi.portal.figures.acts.write_note import may_annotate
from hexi.portal.figures.books.nouns import Book, Cell, Measure
from hexi.portal.figures.books.respondents import MARK as RESPONDENT
from hexi.portal.figures.books.working import WorkingBook, as_month
from hexi.portal.figures.forest import Forest
from hexi.portal.figures.knowledge import Known, definitions, known_at
from hexi.portal.figures.queries.notes import Notes
from hexi.portal.figures.question import Question
from hexi.portal.figures.settle import settled
from hexi.portal.figures.space import Space
from hexi.portal.returns.queries.facts import return_addresses
from hexi.statistics.indicators import Lineage, lineage
from hexi.statistics.indicators.lineage import Input
from hexi.statistics.indicators.plan import plan

__all__ = ["One", "cell_context", "codes_of", "one_of"]

#: reporters that are listed, the greatest first
_MOST_REPORTERS: Final = 100
#: returns that are read one by one for a page; of more, the units below are listed
_MOST_RETURNS: Final = 3000
_PAGE: Final = 20
#: vintages that are looked back to
_MOST_VINTAGES: Final = 8


@dataclass(frozen=True)
class One:
    """One cell of a book, found again by its address."""

    question: Question
    forest: Forest
    measure: Measure
    unit: str
    period: str
    cell: Cell


def one_of(book: Book, question: Question, address: Mapping[str, str]) -> One:
    """The cell of an address; NotFound where the person would not see it in the table."""
    unit, indicator = address.get("c", ""), address.get("m", "")
    view, period = address.get("w", ""), address.get("t", "")
    if indicator not in book.indicators or period not in book.periods or view not in words.VIEWS:
        raise NotFound
    asked, forest = settled(
        Question(
            of=question.of, tree=question.tree, unit=unit, i=(indicator,), v=(view,), p=(period,),  # type: ignore[arg-type]
            basis=question.basis, bound=question.bound, asof=question.asof,
        ),
        book,
    )  # fmt: skip
    measures = book.measures(asked)
    if unit not in forest.nodes or not measures:
        raise NotFound
    found = book.cells(asked, [unit], measures).get((unit, indicator, view, period))
    if found is None:
        found = Cell(None, "M", 0)
    return One(asked, forest, measures[0], unit, period, found)


def cell_context(
    one: One, book: Book, space: Space, person: Person | None, page: int = 1
) -> dict[str, Any]:
    """What the page of a cell shows; parts and returns of working figures only."""
    node, measure = one.forest.nodes[one.unit], one.measure
    text = words.printed(one.cell.value) if one.cell.value is not None else ""
    gaps = {
        "unit_name": name_of(node),
        "period": words.period_name(one.period, measure.view),
        "name": _named(measure),
        "value": f"{text} {measure.unit}".strip() or words.REASONS.get(one.cell.status, ""),
    }
    context = {
        "title": _("%(unit_name)s, %(period)s: %(name)s %(value)s") % gaps,
        "one": one,
        "named": gaps["name"],
        "text": text,
        "reason": words.REASONS.get(one.cell.status, "") if not text else "",
        "source": book.source,
        "formula": _formula(measure.indicator),
        "crumbs": [
            {"label": space.name, "url": f"{space.url()}?{one.question.query()}"},
            {"label": gaps["unit_name"], "url": ""},
        ],
    }
    key = one.unit, measure.indicator, measure.view, one.period
    context["notes"] = Notes(space, [key], public=book.of == "released").lines
    context["may_note"] = may_annotate(space, one.unit, person)
    if isinstance(book, WorkingBook) and one.cell.status not in ("N", "H"):
        context |= _behind(one, book, space, person, page)
    return context


def _named(measure: Measure) -> str:
    if measure.view == "period":
        return measure.name
    return f"{measure.name}{_(', ')}{words.view_name(measure.view).lower()}"


def _formula(indicator: str) -> dict[str, Any]:
    from_pack = definitions().indicators[indicator]
    items = definitions().items
    used = [items[code] for code in sorted(codes_of(indicator)) if code in items]
    return {
        "text": from_pack.source_text,
        "source": from_pack.source,
        "growth": words.BASES[from_pack.growth],
        "items": [
            {"code": item.code, "name": name_of(item), "unit": item.unit, "about": item.definition}
            for item in used
        ],
    }


def codes_of(indicator: str) -> set[str]:
    cells = plan(definitions(), [indicator], ["period", "ytd"]).cells
    return {leaf.item for cell in cells for leaf in cell.leaves}


def _behind(
    one: One, book: WorkingBook, space: Space, person: Person | None, page: int
) -> dict[str, Any]:
    """Parts, reporters and vintages of a working figure.

    The returns themselves are read for figures of a few thousand; of more, the same figure of the
    units below is listed, page by page, and each leads further down.
    """
    found: dict[str, Any] = {
        "vintages": list(_vintages(one, book, space)),
        "compare_url": space.url(
            "vintages", c=one.unit, m=one.measure.indicator, t=one.period, tree=one.question.tree
        ),
    }
    months = as_month(one.period) % 100 if one.measure.view.startswith("ytd") else 1
    if (one.cell.n or 0) * months > _MOST_RETURNS:
        return {**found, **_below(one, book, space, page)}
    known = book.known
    inputs = _trace(one, book, known).inputs
    own = [each for each in inputs if each.unit in _seen(book, inputs)]
    return {
        **found,
        "parts": [_part(each, book) for each in inputs],
        "reporters": _reporters(own, known, space, person),
        "more_reporters": max(0, len(_numbers(own)) - _MOST_REPORTERS),
    }


def _below(one: One, book: WorkingBook, space: Space, page: int) -> dict[str, Any]:
    """The same figure of the units right below, the greatest first, or of the respondents."""
    measure, question = one.measure, one.question
    codes = list(one.forest.children.get(one.unit, ()))
    cells = book.cells(question, codes, [measure])
    keys = {code: (code, measure.indicator, measure.view, one.period) for code in codes}
    known = {code: cells[key] for code, key in keys.items() if key in cells}
    known = {code: cell for code, cell in known.items() if cell.status not in ("M", "N")}
    order = sorted(known, key=lambda code: -(known[code].value or 0))
    pages = max(1, -(-len(order) // _PAGE))
    page = min(max(page, 1), pages)
    here = {"m": measure.indicator, "w": measure.view, "t": one.period, "tree": question.tree,
            "of": question.of, "basis": question.basis, "bound": question.bound,
            "asof": question.asof}  # fmt: skip
    return {
        "below": [
            {
                "name": name_of(one.forest.nodes[code]),
                "url": "" if code.startswith(RESPONDENT) else space.url("cell", c=code, **here),
                "value": known[code].value,
                "text": words.printed(known[code].value) if known[code].value is not None
                else words.REASONS.get(known[code].status, ""),
                "n": known[code].n,
            }
            for code in order[(page - 1) * _PAGE : page * _PAGE]
        ],
        "below_count": len(order),
        "page": page,
        "pages": pages,
        "earlier": space.url("cell", c=one.unit, **here, page=page - 1) if page > 1 else "",
        "later": space.url("cell", c=one.unit, **here, page=page + 1) if page < pages else "",
    }  # fmt: skip


def _trace(one: One, book: WorkingBook, known: Known) -> Lineage:
    question = one.question
    return lineage(
        book.defined(question), known.source, tree=question.tree,
        indicator=one.measure.indicator, view=one.measure.view,
        unit=known.register.units[one.unit], period=as_month(one.period),
        boundaries=known.periods[-1] if question.bound else None,
    )  # fmt: skip


def _seen(book: WorkingBook, inputs: Iterable[Input]) -> set[int]:
    return {each.unit for each in inputs if each.unit is not None and each.unit in book.reach}


def _part(each: Input, book: WorkingBook) -> dict[str, Any]:
    item = definitions().items[each.leaf.item]
    seen = each.unit is not None and each.unit in book.reach
    names = {row["id"]: row["name"] for row in book.known.register.unit.to_pylist()}
    amount = each.amount if seen else None
    counted = each.leaf.measure == "n" or each.leaf.measure.endswith("_n")
    return {
        "name": name_of(item),
        "how": words.MEASURES[each.leaf.measure],
        "back": each.leaf.back,
        "to_date": each.leaf.window != "period",
        "unit_name": names.get(each.unit, ""),
        "unit": "" if counted else item.unit,
        "amount": _exact(amount, 0 if counted else item.decimals),
        "closed": not seen and each.unit is not None,
        "n": len(_numbers([each])) if seen else None,
    }


def _exact(amount: Fraction | None, decimals: int) -> str:
    return "" if amount is None else f"{float(amount):,.{decimals}f}".replace("-", "−")


def _numbers(inputs: Iterable[Input]) -> set[int]:
    return {n for each in inputs for n in each.returns["reporter"].unique().to_pylist()}


def _reporters(
    inputs: list[Input], known: Known, space: Space, person: Person | None
) -> list[dict[str, Any]]:
    """Whose returns they are, the greatest first, with the way to each return."""
    amounts: dict[int, list[Any]] = {}
    for place, each in enumerate(inputs):
        for row in each.returns.to_pylist():
            line = amounts.setdefault(row["reporter"], [None] * len(inputs) + [row["submission"]])
            value = row["then"] if each.leaf.measure == "matched_then" else row["value"]
            if each.leaf.measure == "stated_then":
                value = row["prior"]
            if value is not None:
                line[place] = value if line[place] is None else line[place] + value
            line[-1] = max(line[-1], row["submission"])
    order = sorted(amounts, key=lambda n: -abs(amounts[n][0] or 0))[:_MOST_REPORTERS]
    names = known.register.reporter.filter(pc.field("id").isin(order)).to_pylist()
    named = {row["id"]: row for row in names}
    ways = {} if space.practice else return_addresses([amounts[n][-1] for n in order], person)
    return [
        {
            "name": named[number]["name"],
            "code": named[number]["code"],
            "url": ways.get(amounts[number][-1], ""),
            "amounts": ["" if a is None else f"{a.normalize():,f}" for a in amounts[number][:-1]],
        }
        for number in order
        if number in named
    ]


def _vintages(one: One, book: WorkingBook, space: Space) -> Iterable[dict[str, Any]]:
    """What was believed when, oldest first: only vintages that brought another value."""
    house = space.open()
    if house is None:
        return
    month = as_month(one.period)
    year = [month // 100 * 100 + n for n in range(1, month % 100 + 1)]
    months = year if one.measure.view.startswith("ytd") else [month]
    segments = house.manifest.segments(None, None, months)
    turns = {s.begin for s in segments} | {s.end for s in segments if s.end is not None}
    key = one.unit, one.measure.indicator, one.measure.view, one.period
    last: object = object()
    turning = [s for s in house.snapshots() if s.id in turns and not s.thinned]
    for snapshot in turning[-_MOST_VINTAGES:]:
        known = known_at(space, snapshot.id)
        if known is None or one.unit not in known.register.units:
            continue
        past = WorkingBook(known, None, past=True)
        past.reach = book.reach
        cell = past.cells(one.question, [one.unit], [one.measure]).get(key)
        value = cell.value if cell is not None else None
        if value != last:
            last = value
            yield {
                "n": snapshot.id,
                "at": words.moment(snapshot.at),
                "who": snapshot.actor,
                "why": snapshot.reason,
                "value": words.printed(value) if value is not None else "",
            }
