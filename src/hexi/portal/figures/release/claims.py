"""What publishing figures gives away (公布所涉及的数): the cells of items that figures rest on.

Whoever has a ratio and one side of it has the other, so every item that a published figure rests
on is taken as published itself: for its unit, its span of months, and for growth the year before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.figures.books.nouns import Key
from hexi.portal.figures.forest import Forest
from hexi.portal.figures.knowledge import definitions
from hexi.portal.figures.release.places import place_name
from hexi.portal.figures.release.plan import Asked
from hexi.portal.figures.release.windows import Window
from hexi.portal.returns.queries.facts import forms
from hexi.statistics.indicators import ir
from hexi.statistics.indicators.plan import Cell as Planned
from hexi.statistics.indicators.plan import plan

__all__ = ["Claim", "claims_of", "protected_items", "sums_of"]

#: respondents that confidentiality is about; an office's own figures are public business
_PROTECTED_KINDS = frozenset(("enterprise", "project"))


@dataclass(frozen=True, slots=True, order=True)
class Claim:
    """One cell that readers would have: unit (with its tree), item or sum of items, span."""

    unit: str
    item: str
    window: Window


def protected_items() -> frozenset[str]:
    """Items that enterprises or projects report."""
    return _items(forms())


@lru_cache(maxsize=4)
def _items(book: object) -> frozenset[str]:
    kinds: dict[str, set[str]] = {}
    for form in book.versions:  # type: ignore[attr-defined]
        for item in form.items.values():
            kinds.setdefault(item.code, set()).update(one.kind for one in form.reporting)
    return frozenset(
        code for code in definitions().items if kinds.get(code, _PROTECTED_KINDS) & _PROTECTED_KINDS
    )


def parts_of(planned: Planned) -> tuple[str, ...]:
    """Items that a figure is the plain sum of; none where it is anything else."""
    figure = planned.figure
    if not isinstance(figure, ir.Total):
        return ()
    parts = [p.item for p in figure.parts if isinstance(p, ir.Leaf) and p.scope == "own"]
    return tuple(parts) if len(parts) == len(figure.parts) > 1 else ()


def sums_of(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Those of some names that are sums of items, with their items."""
    defined = definitions()
    wanted = [n for n in dict.fromkeys(names) if n in defined.indicators and n not in defined.items]
    if not wanted:
        return {}
    planned = plan(defined, wanted, ["period"]).cells
    return {cell.indicator: parts for cell in planned if (parts := parts_of(cell))}


def claims_of(
    asked: Sequence[Asked], units: Sequence[str], forest: Forest, tree: str, month: int, period: str
) -> Mapping[Key, tuple[Claim, ...]]:
    """For each protected figure of the units of a tree the cells that it rests on."""
    items = protected_items()
    found: dict[Key, tuple[Claim, ...]] = {}
    for one in asked:
        measure = one.measure
        if definitions().indicators[measure.indicator].confidentiality != "protected":
            continue
        leaves = [leaf for leaf in one.planned.leaves if leaf.item in items]
        if any(leaf.rows for leaf in leaves):
            raise _of_rows(measure.indicator)
        whole = parts_of(one.planned)
        for unit in units:
            cells = [_cell(leaf, unit, forest, tree, month) for leaf in leaves]
            if whole and set(whole) <= items:
                # the sum is what is printed; its parts are as hidden as they need to be
                cells = [Claim(c.unit, measure.indicator, c.window) for c in cells]
            cells += _growth(cells, measure.view)
            found[unit, measure.indicator, measure.view, period] = tuple(dict.fromkeys(cells))
    return found


def _of_rows(indicator: str) -> Refusal:
    """Cells are protected item by item; rows by class would go out unprotected."""
    name = definitions().indicators[indicator].name
    return Refusal(
        "rows_unprotected",
        gapped(
            _("“%(name)s” rests on rows by class, which the protection of enterprises leaves out."),
            name=name,
        ),
        _("Take it out of the publication; it stays in the explorer for those who may see it."),
        status=409,
    )


def _cell(leaf: ir.Leaf, unit: str, forest: Forest, tree: str, month: int) -> Claim:
    """A leaf of another place of the tree, such as the whole of a share, is of the unit there."""
    way = forest.way(unit)
    code = unit
    if leaf.scope.startswith("parent"):
        code = way[-2] if len(way) > 1 else unit
    elif leaf.scope.startswith("root"):
        code = way[0]
    then = bool(leaf.back) or leaf.measure.endswith("_then")
    return Claim(
        place_name(code, tree),
        leaf.item,
        Window.of(month, since_january=leaf.window != "period", then=then),
    )


def _growth(cells: Iterable[Claim], view: str) -> list[Claim]:
    """Who has a figure and its growth has that of the year before, however it was computed."""
    if not view.endswith("growth"):
        return []
    return [
        Claim(c.unit, c.item, Window(c.window.month, c.window.since_january, not c.window.then))
        for c in cells
    ]
