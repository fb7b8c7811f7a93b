"""Steps from a page (页面办理): do an act, and show on the same page why it was refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hexi.portal.core.refusal import Refusal

__all__ = ["SHOWN", "as_day", "as_number", "done", "faults_of"]

#: refusals that the person can do something about on the page itself
SHOWN = (409, 422)
#: of the longest number that a database holds, and one less
_DIGITS = 18


def faults_of(refusal: Refusal) -> list[dict[str, str]]:
    """Every part of a refusal, as a page lists it."""
    parts = getattr(refusal, "parts", (refusal,))
    return [part.as_record() for part in parts]


def done(
    request: HttpRequest,
    act: Callable[[], Any],
    said: Any,
    back: Callable[[list[dict[str, str]]], HttpResponse],
    to: str,
    *args: Any,
) -> HttpResponse:
    """Do the act and go on with a message, or show the page again with what is wrong."""
    try:
        act()
    except Refusal as refusal:
        if refusal.status not in SHOWN:
            raise
        response = back(faults_of(refusal))
        response.status_code = refusal.status
        return response
    messages.success(request, str(said))
    return redirect(to, *args)


def as_day(text: str) -> date | None:
    """A day as a form sends it; None where it sends none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def as_number(text: str | None) -> int | None:
    """A whole number as a form or an address sends it; None where it sends none, or one that no row
    has."""
    bare = (text or "").strip()
    return int(bare) if bare.isdecimal() and len(bare) <= _DIGITS else None
