"""Cells of the sheet (分解表单元格): how each is named, and what may stand in it.

A cell is ``unit/column``: ``etdz-an/base``, ``etdz-an/capacity``, ``etdz-an/2018.final``. Figures
are exact decimals written as text; an empty cell has no figure, which is not zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.core.typed_number import read_number

__all__ = [
    "BASE",
    "CAPACITY",
    "FINAL",
    "KINDS",
    "NEGOTIATED",
    "PROPOSED",
    "WEIGHT",
    "cell_name",
    "columns_of",
    "decimals_of",
    "kept_text",
    "split_name",
    "text_of",
]

#: where the unit starts from; what it can gain (可增能力); the denominator of a ratio (权数)
BASE, CAPACITY, WEIGHT = "base", "capacity", "weight"
PROPOSED, NEGOTIATED, FINAL = "proposed", "negotiated", "final"
#: what stands for every year: computed or written by the upper unit, asked for by the lower one,
#: and what is put to it for acceptance
KINDS = (PROPOSED, NEGOTIATED, FINAL)
#: capacities and denominators may be finer than the target itself
_FREE_DECIMALS = 6
_CARRYING = (CAPACITY, WEIGHT)
_LONGEST = 14


def cell_name(unit: str, column: str) -> str:
    """The name of a cell."""
    return f"{unit}/{column}"


def split_name(name: str) -> tuple[str, str]:
    """Unit and column of a cell; empty texts where it is no name of a cell."""
    unit, slash, column = name.partition("/")
    return (unit, column) if slash else ("", "")


def columns_of(years: Iterable[int]) -> list[str]:
    """Every column of a sheet, in the order in which they stand."""
    return [BASE, CAPACITY, WEIGHT, *(f"{year}.{kind}" for year in years for kind in KINDS)]


def decimals_of(*printed: str) -> int:
    """Decimals that figures of the sheet have: as many as the finest of what it is drawn from."""
    return min(4, max((len(text.partition(".")[2]) for text in printed), default=0))


def text_of(value: Decimal, decimals: int) -> str:
    """A figure as it is kept: with the sheet's decimals, no exponent, no minus before a zero."""
    exact = value.quantize(Decimal(1).scaleb(-decimals))
    return format(abs(exact) if exact.is_zero() else exact, "f")


def kept_text(column: str, value: Any, decimals: int) -> str:
    """The exact text that is kept of what was typed; empty where the cell is emptied.

    Raises:
        Refusal: where it is no number, below zero where it cannot be, or too fine or too long.
    """
    typed = "" if value is None else str(value)
    if not typed.strip():
        return ""
    number = read_number(typed)
    most = _FREE_DECIMALS if column in _CARRYING else decimals
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > most and number != round(number, most):
        raise Refusal(
            "too_fine",
            gapped(_("At most %(n)d decimals."), n=most),
            _("Round the figure to the decimals of the target."),
        )
    if column in _CARRYING and number < 0:
        raise Refusal(
            "negative",
            _("A capacity or weight cannot be below zero."),
            _("Check the sign of the figure."),
        )
    if len(str(abs(int(number)))) > _LONGEST:
        raise Refusal(
            "too_large",
            _("The figure has too many digits."),
            _("Check the unit of measure."),
        )
    if column in _CARRYING:
        text = format(number, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return text_of(number, decimals)
