"""The tabs of the chains app (产业链页签)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

__all__ = ["tabs"]


def tabs(request: HttpRequest, area: str = "") -> list[dict[str, Any]]:
    """Chains, fit, relatedness, sites; the area goes along."""
    entries = (
        ("chains", _("Industry chains")),
        ("chains-fit", _("Which zone fits a firm")),
        ("nearness", _("Relatedness of industries")),
        ("chain-sites", _("What zones have left")),
    )
    found = []
    for name, label in entries:
        url = reverse(name)
        here = request.path == url or (name == "nearness" and request.path.startswith(url))
        takes_area = name == "chains" and area
        found.append(
            {"label": label, "url": f"{url}?area={area}" if takes_area else url, "here": here}
        )
    return found
