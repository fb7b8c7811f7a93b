"""Cells of a return (单元格): how each is named, and what may stand in it.

``output`` is an item, ``output@prior`` the same period of last year as the respondent restates it,
``partner/156/exports`` the item of a dynamic row. Values are exact decimals written as text; an
empty cell has no value at all, which is not zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.returns.filling.typed_figure import read_figure
from hexi.statistics.forms import Form, Item

__all__ = ["Cell", "cell_at", "cell_name", "every_cell", "kept_text"]

_PRIOR = "@prior"
_LONGEST = 14
#: the item's name in the language of whoever reads the refusal
_named = lazy(name_of, str)


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of a form: an item, this year or last, in a dynamic row or in none."""

    item: Item
    section: str = ""
    #: code of the dynamic row; 0: the item itself
    facet: int = 0
    prior: bool = False

    @property
    def name(self) -> str:
        """How the cell is written."""
        return cell_name(self.item.code, self.section, self.facet, prior=self.prior)


def cell_name(item: str, section: str = "", facet: int = 0, *, prior: bool = False) -> str:
    """The name of a cell."""
    stem = f"{section}/{facet}/{item}" if section else item
    return f"{stem}{_PRIOR}" if prior else stem


def cell_at(form: Form, name: str) -> Cell | None:
    """The cell of a name; None where the form has no such cell."""
    stem, prior = name.removesuffix(_PRIOR), name.endswith(_PRIOR)
    section, facet, item = "", 0, form.items.get(stem)
    if "/" in stem:
        parts = stem.split("/")
        # one row has one name: 4, never 004
        if len(parts) != 3 or not parts[1].isdecimal() or parts[1].startswith("0"):
            return None
        section, facet = parts[0], int(parts[1])
        item = form.row_items.get(section, {}).get(parts[2])
    if item is None or (prior and not item.prior):
        return None
    return Cell(item, section, facet, prior)


def every_cell(form: Form, values: Mapping[str, str]) -> Iterator[tuple[Cell, Decimal]]:
    """The filled cells of a return, in the order in which they were written."""
    for name, text in values.items():
        cell = cell_at(form, name)
        if cell is not None:
            yield cell, Decimal(text)


def kept_text(cell: Cell, value: Any, entry_unit: str = "") -> str:
    """The exact text that is kept of a value; the empty text where the cell is emptied."""
    text = "" if value is None else str(value)
    if not text.strip():
        return ""
    item = cell.item
    if entry_unit and entry_unit not in (item.unit, *item.entry_units):
        raise Refusal(
            "unit_unknown",
            gapped(_("“%(unit)s” is not a unit of %(item)s."), unit=entry_unit, item=_named(item)),
            gapped(_("Choose one of: %(units)s."), units="、".join((item.unit, *item.entry_units))),
        )
    number, unit = read_figure(text, item, entry_unit)
    try:
        kept = item.kept(number, unit)
    except ValueError as error:
        raise Refusal(
            "not_kept",
            gapped(
                _("%(item)s: at most %(n)d decimals in %(unit)s."),
                item=_named(item),
                n=item.decimals,
                unit=item.unit,
            ),
            gapped(_("Round the figure: no more than %(n)d decimals are kept."), n=item.decimals),
        ) from error
    if kept < 0 and not item.negative:
        raise Refusal(
            "negative",
            gapped(_("%(item)s cannot be below zero."), item=_named(item)),
            _("Check the sign of the figure."),
        )
    if len(str(abs(int(kept)))) > _LONGEST:
        raise Refusal(
            "too_large",
            _("The figure has too many digits."),
            gapped(_("Check the unit of measure: %(unit)s."), unit=item.unit),
        )
    return f"{kept:f}"
