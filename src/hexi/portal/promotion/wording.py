"""Words of promotion in the reader's language (招商用语): lists of the pack, clocks, money."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from hexi.promotion.words import load_words

__all__ = ["by_language", "days_text", "percent", "said", "ten_thousands", "word", "words_of"]

_WAN = 10**4


def by_language(chinese: str, english: str) -> str:
    """The one of two texts of the pack that the reader reads."""
    return (english or chinese) if get_language() == "en" else chinese


def said(noun: Any, name: str) -> str:
    """A text of a noun of the pack that has an English twin (``name``, ``name_en``)."""
    return by_language(getattr(noun, name), getattr(noun, f"{name}_en"))


def words_of(of: str) -> dict[str, str]:
    """Code to word of one list, in the order of the pack."""
    return {one.id: said(one, "name") for one in load_words(settings.HEXI.pack)[of].values()}


def word(of: str, code: str) -> str:
    """The word of a code; the code itself where the pack no longer has it."""
    found = load_words(settings.HEXI.pack)[of].get(code)
    return said(found, "name") if found else code


def ten_thousands(yuan: int | None) -> str:
    """Yuan as 万元 with thousands separated and no more decimals than there are."""
    if yuan is None:
        return ""
    value = Decimal(yuan) / _WAN
    return f"{value.normalize():,f}" if value else "0"


def percent(value: float | None) -> str:
    """A share or growth with one decimal; a dash where nothing is known."""
    return "–" if value is None else f"{value:.1f}".replace("-", "−")


def days_text(value: float | None) -> str:
    """A number of days, a half where there is one."""
    return "–" if value is None else f"{value:g}"
