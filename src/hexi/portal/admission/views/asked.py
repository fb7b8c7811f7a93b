"""What a form or an address asks for (页面参数): days and numbers, read the same everywhere."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from hexi.portal.admission.rulebook import FIRST_YEAR
from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.core.told import Refusals
from hexi.portal.core.typed_number import read_number
from hexi.projects.money import MoneyFault, read_money

__all__ = ["day_or", "day_read", "money_read", "number_read", "parts_of", "whole_read"]

_LAST_YEAR = 2100


def day_or(text: str | None, otherwise: date) -> date:
    """The day of an address; another one where it names none that a calendar has."""
    try:
        day = date.fromisoformat(str(text or "").strip())
    except ValueError:
        return otherwise
    return day if FIRST_YEAR <= day.year <= _LAST_YEAR else otherwise


def day_read(text: str | None, place: str, *, required: bool = True) -> date | None:
    """The day of a form.

    Raises:
        Refusal: where it is none, or missing and required.
    """
    bare = str(text or "").strip()
    if not bare and not required:
        return None
    try:
        day = date.fromisoformat(bare)
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise Refusal(
            "no_day",
            gapped(_("“%(text)s” is no date."), text=bare[:40]),
            _("Write it like 2026-12-31."),
            place=place,
        )
    return day


def money_read(text: str | None, place: str, *, required: bool = True) -> int | None:
    """A sum of a form in whole yuan; 万元 where it names no unit."""
    bare = str(text or "").strip()
    if not bare and not required:
        return None
    try:
        return read_money(bare)
    except MoneyFault as error:
        raise Refusal(
            "no_money",
            gapped(_("“%(text)s” is no sum of money."), text=bare[:40]),
            _("Write it in units of 10,000 yuan, for example 1,200, or with its own unit."),
            place=place,
        ) from error


def number_read(
    text: str | None, place: str, *, least: int, most: int, required: bool = True
) -> Decimal | None:
    """A number of a form within bounds, to two decimals."""
    bare = str(text or "").strip()
    if not bare and not required:
        return None
    try:
        found = read_number(bare)
    except Refusal as refusal:
        refusal.place = place
        raise
    if not least <= found <= most or found != round(found, 2):
        raise Refusal(
            "out_of_range",
            gapped(_("“%(text)s” is out of range."), text=bare[:40]),
            gapped(
                _("Write a number from %(least)s to %(most)s with at most two decimals."),
                least=least,
                most=most,
            ),
            place=place,
        )
    return found


def whole_read(text: str | None) -> int | None:
    """An id of an address; None where it is none."""
    bare = str(text or "").strip()
    return int(bare) if bare.isascii() and bare.isdecimal() and len(bare) < 18 else None


def parts_of(refusal: Refusal | None) -> tuple[Refusal, ...]:
    """Each fault of a refusal by itself; none where nothing was refused."""
    if refusal is None:
        return ()
    return refusal.parts if isinstance(refusal, Refusals) else (refusal,)
