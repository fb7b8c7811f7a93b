"""Figures as people write them (手工填写的数): the page and a workbook's cell mean the same.

``1,100万`` and ``1100万元`` are 1100 in an item kept in 万元, ``(35)`` is minus 35; digits alone
are in the unit that was chosen for the item. The page reads by the same rules before it sends
(``grid-figures.js``).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from hexi.portal.core.refusal import Refusal, gapped
from hexi.statistics.forms import Item

__all__ = ["read_figure"]

#: full-width digits and signs, as Chinese input methods leave them
_HALF: Final = str.maketrans("０１２３４５６７８９，．。－−＋（）", "0123456789,..--+()")
_FILLING: Final = re.compile("[ \t\u3000\u00a0\u2009\u202f￥¥]")
_TYPED: Final = re.compile(r"([+-]?)((?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?)(.*)", re.ASCII)
#: magnitude words and their powers of ten
_POWERS: Final = {"千": 3, "万": 4, "百万": 6, "亿": 8, "万亿": 12}
_MAGNITUDE: Final = re.compile("(万亿|百万|亿|万|千)(?=.)")
#: units whose first word is no magnitude of its own
_WHOLE: Final = ("千克", "千瓦时")


def read_figure(text: str, item: Item, entry_unit: str = "") -> tuple[Decimal, str]:
    """A number, exact, and the unit that it is in: the chosen one, or the one written behind it.

    Raises:
        Refusal: where it is not one number, or the unit behind it is not one of the item's two.
    """
    bare = _FILLING.sub("", text.strip().translate(_HALF))
    negative = bare.startswith("(") and bare.endswith(")")
    found = _TYPED.fullmatch(bare[1:-1] if negative else bare)
    if found is None or not found[2]:
        raise _no_number(text)
    chosen = entry_unit or item.unit
    meant = _meant(found[3], chosen, item.unit)
    if meant is None:
        raise _no_number(text)
    unit, power = meant
    _sign, digits, places = Decimal(found[2].replace(",", "")).as_tuple()
    assert isinstance(places, int)
    minus = negative != (found[1] == "-")
    return Decimal((int(minus), digits, places + power)), unit


def _meant(behind: str, chosen: str, kept: str) -> tuple[str, int] | None:
    """The unit that a number is in, and the power of ten that brings it there."""
    if not behind:
        return chosen, 0
    if behind in _POWERS:
        # a magnitude without a unit counts the base unit: 1200万 is 1200万元
        return chosen, _POWERS[behind] - _base(chosen)[1]
    for unit in (chosen, kept):
        base, power = _base(unit)
        word = behind.removesuffix(base)
        if behind.endswith(base) and (not word or word in _POWERS):
            return unit, (_POWERS[word] if word else 0) - power
    return None


def _base(unit: str) -> tuple[str, int]:
    """A unit without its magnitude, and that magnitude's power of ten: 万元 is 元 and 4."""
    word = _MAGNITUDE.match(unit)
    if word is None or unit in _WHOLE:
        return unit, 0
    return unit[word.end() :], _POWERS[word[1]]


def _no_number(text: str) -> Refusal:
    return Refusal(
        "not_a_number",
        gapped(_("“%(text)s” is not a number."), text=text.strip()[:40]),
        _("Write digits only, for example 30 or 1,234.5."),
    )
