"""Words of supervision (督办用语): lamps by the clock, days left, reasons of lamps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hexi.portal.supervision.rules import book
from hexi.supervision.lamps import clock_lamp

__all__ = ["due_words", "lamp_of", "late_words", "proposal_words"]


def lamp_of(due: date | None, today: date) -> str:
    """The lamp of a duty that waits."""
    if due is None:
        return "grey"
    return clock_lamp(due, today, book().clocks_on(today).soon).lamp


def due_words(due: date | None, today: date) -> str:
    """How long there is left, in working days."""
    if due is None:
        return ""
    found = clock_lamp(due, today, 0)
    if today > due:
        return late_words(-found.left)
    if due == today:
        return _("due today")
    text = ngettext("%(n)d working day left", "%(n)d working days left", found.left)
    return text % {"n": found.left}


def late_words(days: int) -> str:
    """How late; a last day that a weekend has passed since is late by no working day yet."""
    if days < 1:
        return _("late")
    return ngettext("%(n)d working day late", "%(n)d working days late", days) % {"n": days}


def proposal_words(seen: Mapping[str, Any]) -> str:
    """Why a rule proposed an order."""
    if "late" in seen:
        gaps = {"day": seen.get("deadline", ""), "late": late_words(int(seen["late"]))}
        return _("Not answered by %(day)s: %(late)s") % gaps
    months = int(seen.get("months", 1))
    if seen.get("lamp") == "red":
        text = ngettext(
            "The project's lamp is red, for %(n)d month",
            "The project's lamp is red, for %(n)d months running",
            months,
        )
    else:
        text = ngettext(
            "The project's lamp is yellow, for %(n)d month",
            "The project's lamp is yellow, for %(n)d months running",
            months,
        )
    return text % {"n": months}
