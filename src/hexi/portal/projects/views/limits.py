"""Limits of a page of the library (筛选条件): what the address keeps, each to be taken off."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.lists import address_with
from hexi.portal.projects.queries.chosen import FIGURES
from hexi.portal.projects.queries.facets import value_label

__all__ = ["hidden_limits", "limits"]

_FIGURES: Final[dict[str, Any]] = {
    "number": lazy("In the library, not ended"),
    "started": lazy("Started"),
    "waiting": lazy("Not started yet"),
    "completed": lazy("Completed"),
    "producing": lazy("In production"),
}


def limits(request: HttpRequest, keys: Iterable[str]) -> list[dict[str, str]]:
    """The limits of these keys that the address has, in words, each with the page without it."""
    found = []
    for key in keys:
        if value := request.GET.get(key, ""):
            found.append({"label": _label(key, value), "url": address_with(request, **{key: ""})})
    return found


def hidden_limits(request: HttpRequest) -> list[dict[str, str]]:
    """Limits that no facet shows as chosen: the day, the figure, a unit without its parts."""
    alone = ["unit"] if request.GET.get("unit", "").startswith("=") else []
    figure = ["figure"] if request.GET.get("figure") in FIGURES else []
    return limits(request, ["asof", *figure, *alone])


def _label(key: str, value: str) -> str:
    match key:
        case "asof":
            return _("As it stood on %(day)s") % {"day": value}
        case "figure":
            return str(_FIGURES.get(value, value))
        case "q":
            return f"“{value}”"
        case "unit" if value.startswith("="):
            return value_label(key, value) + _(" (itself)")
    return value_label(key, value)
