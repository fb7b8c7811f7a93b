"""Tabs of admission (准入分页)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hexi.portal.core.scope import viewer

__all__ = ["tabs"]


def tabs(request: HttpRequest, here: str) -> list[dict[str, Any]]:
    """What the person may open; the rules are open to everybody."""
    entries = [("admission-rules", pgettext("admission", "Rules"))]
    if viewer(request) is not None:
        entries = [
            ("admission", _("Screenings")),
            ("admission-many", _("Screen the library")),
            *entries,
            ("admission-agreed", _("Agreed figures")),
            ("admission-stalled", _("Idle and stalled")),
        ]
    return [{"url": reverse(name), "label": label, "here": name == here} for name, label in entries]
