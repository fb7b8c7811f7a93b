"""The day that a page is asked for (查询日期): today, or a day then."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.refusal import Refusal

__all__ = ["asked_day", "tail_of", "today"]


def today() -> date:
    """Today where the portal stands."""
    return timezone.localdate()


def asked_day(request: HttpRequest) -> date | None:
    """``?asof=2023-12-31``; None where the page is of today."""
    text = request.GET.get("asof", "").strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refusal(
            "not_a_day",
            _("The address does not name a day."),
            _("Write the day as 2023-12-31."),
            place="asof",
            status=400,
        ) from None
    return None if day >= today() else day


def tail_of(asof: date | None) -> str:
    """What keeps the day in the addresses of a page."""
    return f"?asof={asof.isoformat()}" if asof else ""
