"""Words of monitoring (监测用语): grades, kinds of warnings, figures as the office writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from hexi.portal.plans.queries import words

__all__ = ["GRADES", "METHODS", "SHAPES", "chance", "number", "percent", "texts"]

GRADES: dict[str, Any] = {
    "reached": lazy("Reached early"),
    "ahead": lazy("Ahead of schedule"),
    "on_schedule": lazy("On schedule"),
    "behind": lazy("Behind schedule"),
    "met": lazy("Met"),
    "missed": lazy("Missed"),
    "unknown": lazy("Not to be said"),
    "": "",
}
METHODS: dict[str, Any] = {
    "known": lazy("the figure itself is known"),
    "drift": lazy("its own growth so far, on the logarithm"),
    "family": lazy("growth of the same indicator elsewhere"),
    "ytd": lazy("the year so far and the rest of last year"),
    "seasonal": lazy("the same season of the year before"),
    "paths": lazy("simulated paths"),
    "none": "",
}
SHAPES: dict[str, Any] = {
    "constant_growth": lazy("the same rate every year"),
    "straight": lazy("equal steps"),
    "s_curve": lazy("slow, fast, slow"),
    "front_loaded": lazy("more at first"),
    "back_loaded": lazy("more at last"),
    "by_hand": lazy("as the office set it"),
    "official": lazy("a fifth of the way a year"),
    "hold": lazy("the line is to be held"),
}


def number(value: float | None, like: str = "") -> str:
    """A computed figure with one decimal more than the printed one it stands beside, two at least;
    zeros at the end say nothing and are left out."""
    if value is None or value != value:
        return ""
    decimals = len(like.partition(".")[2])
    exact = Decimal(repr(value))
    shown = min(max(decimals + 1, 2), 4) if abs(value) < 1e5 else 0
    text = format(round(exact, shown), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return words.figure("0" if text in ("-0", "") else text)


def percent(share: float | None, decimals: int = 0) -> str:
    """A share of one as per cent."""
    if share is None or share != share:
        return ""
    return f"{words.figure(format(Decimal(repr(share * 100)), f'.{decimals}f'))}%"


def chance(p: float | None) -> str:
    """A probability as it is said: never 0 % or 100 % while the future is open."""
    if p is None or p != p:
        return ""
    if p <= 0 or p >= 1:
        return f"{p * 100:.0f}%"
    if p < 0.01:
        return _("below %(limit)s") % {"limit": "1%"}
    if p > 0.99:
        return _("above %(limit)s") % {"limit": "99%"}
    return f"{p * 100:.0f}%"


def texts(reasons: Iterable[Mapping[str, Any]]) -> list[str]:
    """Reasons of the engine in the reader's language."""
    key = "text_en" if words.english() else "text"
    return [str(reason.get(key) or reason.get("text", "")) for reason in reasons]
