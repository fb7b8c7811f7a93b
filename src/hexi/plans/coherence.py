"""Coherence of plans (规划衔接): a plan laid beside the plan above it.

Which of the upper plan's targets the plan takes up, how large its part is, and whether it means to
grow faster or slower; and which of them it says nothing about. The audit turns the same pairs
into check lines (X1); this gives them as data, for a page or a report that shows all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from hexi.plans.audit.gather import Book, Figure, Series, gather, is_ratio_unit
from hexi.plans.documents.document import Document
from hexi.plans.statements.statement import Statement

__all__ = ["Coherence", "Comparison", "compare"]

Relation = Literal["part", "rate", "ratio"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One aim of both plans."""

    indicator: str
    relation: Relation
    own: Statement
    upper: Statement
    #: what part of the upper plan's figure the plan's own is; None for rates and ratios
    share: Fraction | None
    #: below the upper plan: slower growth, or a lower ratio
    below: bool


@dataclass(frozen=True, slots=True)
class Coherence:
    """A plan beside its upper plan."""

    pairs: tuple[Comparison, ...]
    #: aims of the upper plan that the plan does not name
    missing: tuple[Statement, ...]


def compare(
    own: tuple[Document, Sequence[Statement]], upper: tuple[Document, Sequence[Statement]]
) -> Coherence:
    """Targets of the two plans side by side, in the order of the upper plan."""
    book = gather([own[0], upper[0]], [own[1], upper[1]])
    ours = {s.name: s for s in _of_owner(book, 0)}
    pairs: list[Comparison] = []
    missing: list[Statement] = []
    for series in _of_owner(book, 1):
        aims = _aims(series)
        found = [
            pair
            for aim in aims
            if series.name in ours and (pair := _pair(ours[series.name], aim)) is not None
        ]
        pairs.extend(found)
        if aims and not found:
            missing.append(aims[0].statement)
    return Coherence(tuple(pairs), tuple(missing))


def _of_owner(book: Book, source: int) -> list[Series]:
    owner = book.owners[source]
    return [s for (at, whose, _), s in book.series.items() if at == source and whose == owner]


def _aims(series: Series) -> list[Figure]:
    """Targets of a series, each year and measure once."""
    found: dict[tuple[object, ...], Figure] = {}
    for figure in series.figures:
        if figure.modality == "target" and figure.first is not None:
            found.setdefault((figure.measure, figure.first, figure.last), figure)
    return [f for f in found.values() if f.is_level or f.measure == "growth_annual"]


def _pair(series: Series, aim: Figure) -> Comparison | None:
    for own in series.figures:
        same = (own.measure, own.first, own.last) == (aim.measure, aim.first, aim.last)
        if not same or own.modality != "target" or own.dimension != aim.dimension:
            continue
        relation: Relation = "part"
        if aim.measure == "growth_annual":
            relation = "rate"
        elif is_ratio_unit(aim):
            relation = "ratio"
        return Comparison(
            aim.statement.indicator,
            relation,
            own.statement,
            aim.statement,
            own.exact / aim.exact if relation == "part" and aim.exact else None,
            relation != "part" and own.exact < aim.exact,
        )
    return None
