"""Settling a question (查询的默认值): what an address leaves open, the book answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from hexi.portal.figures.books.nouns import Book
from hexi.portal.figures.forest import Forest
from hexi.portal.figures.question import Question

__all__ = ["settled", "shown_units"]

#: more cells than this are no page any more
MOST_CELLS: Final = 6000
#: indicators that a first look shows
_FIRST: Final = 4


def settled(question: Question, book: Book) -> tuple[Question, Forest]:
    """The question with nothing open, and its tree; names that the book does not know are gone."""
    names = tuple(i for i in question.i if i in book.indicators)
    if not names:
        names = tuple(book.indicators)[:_FIRST]
    known = set(book.periods)
    periods = tuple(sorted(p for p in question.p if p in known))
    if not periods:
        periods = _last(book.periods, question.last or "1")
    else:
        question = replace(question, last="")
    tree = question.tree if question.tree in book.trees else next(iter(book.trees), "")
    found = replace(
        question,
        i=names,
        v=question.v or ("period",),
        p=periods,
        tree=tree,
        rows=question.rows or "units",
    )
    forest = book.forest(found)
    unit = found.unit if found.unit in forest.nodes else next(iter(forest.roots), "")
    u = tuple(code for code in found.u if code in forest.nodes)
    return replace(found, unit=unit, u=u), forest


def _last(periods: Sequence[str], last: str) -> tuple[str, ...]:
    every = tuple(periods)
    return every if last == "all" else every[-int(last) :]


def shown_units(question: Question, forest: Forest) -> list[tuple[str, int]]:
    """Units that get a row, with their depth: the unit itself, and those asked for below it."""
    if question.u:
        return [(code, 0) for code in question.u]
    if not question.unit:
        return []
    if question.rows != "units":
        return [(question.unit, 0)]
    own = [(question.unit, 0)]
    if not question.down:
        return own + [(code, 1) for code in forest.children.get(question.unit, ())]
    kinds = {code for code, node in forest.nodes.items() if node.kind == question.down}
    return own + [(code, 1) for code, _depth in forest.under(question.unit) if code in kinds]
