"""What every page shows (公共上下文): person, navigation, language."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from hexi.portal.config.language import address_in
from hexi.portal.core.models.person import Person
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import viewer

__all__ = ["count_in_navigation", "portal"]

#: what an app counts beside an entry of the navigation
_COUNTERS: dict[str, Callable[[HttpRequest], int]] = {}


def count_in_navigation(key: str, counter: Callable[[HttpRequest], int]) -> None:
    """Name the counter of an entry; it is asked only by a page that shows the navigation."""
    _COUNTERS[key] = counter


def portal(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    if not hasattr(request, "user"):  # an error before the session was known
        return {"csp_nonce": getattr(request, "csp_nonce", "")}
    person = viewer(request)
    english = get_language() == "en"
    return {
        "person": person,
        "may": permissions_of(person),
        "nav": navigation(request, person),
        "language": "en" if english else "zh-hans",
        "html_lang": "en" if english else "zh-Hans",
        "other_language_url": address_in(request, "zh-hans" if english else "en"),
        "other_language_label": "中文" if english else "English",
        "csp_nonce": getattr(request, "csp_nonce", ""),
        "version": settings.HEXI_VERSION,
        "mode": settings.HEXI.mode,
    }


def permissions_of(person: Person | None) -> dict[str, bool]:
    """What the role allows somewhere; an object's own flags say whether it does so there."""
    return {p.value: person is not None and person.grants(p) for p in Permission}


def navigation(request: HttpRequest, person: Person | None) -> list[dict[str, Any]]:
    """The one column of navigation, with the letter that follows ``g``."""
    entries = [
        ("overview", _("Overview"), "o"),
        ("plans", _("Plans"), "p"),
        ("scoreboard", _("Scoreboard"), "b"),
        ("targets", _("Targets"), "t"),
        ("findings", _("Findings"), "f"),
        ("compare", _("Plan against plan"), "c"),
        ("evaluations", _("Evaluations"), "v"),
        ("figures", pgettext("statistics", "Figures"), "s"),
        ("indicators", _("Indicators"), "i"),
        ("units", _("Units"), "u"),
    ]
    if person is not None and person.grants(Permission.SEE_RETURNS):
        entries.append(("returns", _("Returns"), "r"))
    if person is not None and person.grants(Permission.KEEP_REGISTER):
        entries.append(("enterprises", _("Enterprises"), "n"))
    if person is not None and person.grants(Permission.SEE_EVENTS):
        entries.append(("events", _("Events"), "e"))
    if person is not None and person.grants(Permission.MANAGE_PEOPLE):
        entries.append(("people", _("People"), "m"))
    entries.append(("help", _("Help"), "h"))
    if person is not None:
        entries.insert(1, ("tasks", _("My tasks"), "d"))
    lines = []
    for key, label, letter in entries:
        url = reverse(key)
        active = request.path == url if url == "/" else request.path.startswith(url)
        count = partial(_COUNTERS[key], request) if key in _COUNTERS else None
        lines.append(
            {"key": key, "label": label, "url": url, "active": active, "keys": letter}
            | {"count": count}
        )
    return lines
