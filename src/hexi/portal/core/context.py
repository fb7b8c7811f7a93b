"""What every page shows (公共上下文): person, navigation, language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as lazy

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
    """The one column of navigation: groups under a heading, the first one without.

    Each entry has the letter that follows ``g`` on the keyboard, and is marked where the page
    lies in it.
    """
    groups = []
    for heading, listed in _GROUPS:
        entries = [
            _entry(request, entry) for entry in listed if entry.asks is None or entry.asks(person)
        ]
        if entries:
            groups.append({"heading": str(heading), "entries": entries})
    return groups


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of the navigation."""

    #: name of its address
    key: str
    label: Any
    #: letter after ``g``
    letter: str
    #: who is shown it; None: everybody
    asks: Callable[[Person | None], bool] | None = None
    #: names of further addresses that lie in it
    beside: tuple[str, ...] = ()


def _holder(permission: Permission) -> Callable[[Person | None], bool]:
    return lambda person: person is not None and person.grants(permission)


def _outside(person: Person | None) -> bool:
    """The public, where it may read."""
    return person is None and bool(settings.HEXI.public_reading)


#: all that there is, in order
_GROUPS: tuple[tuple[Any, tuple[_Entry, ...]], ...] = (
    (
        "",
        (
            _Entry("overview", lazy("Overview"), "o"),
            _Entry("tasks", lazy("My tasks"), "d", lambda person: person is not None),
        ),
    ),
    (
        pgettext_lazy("navigation", "Planning"),
        (
            _Entry("plans", lazy("Plans"), "p"),
            _Entry("targets", lazy("Targets"), "t"),
            _Entry("findings", lazy("Findings"), "f"),
            _Entry("compare", lazy("Plan against plan"), "c"),
        ),
    ),
    (
        pgettext_lazy("navigation", "Monitoring"),
        (
            _Entry("scoreboard", lazy("Scoreboard"), "b"),
            _Entry("evaluations", lazy("Evaluations"), "v"),
            _Entry("assessments", lazy("Assessment"), "a"),
        ),
    ),
    (
        pgettext_lazy("navigation", "Projects and promotion"),
        (
            _Entry("projects", lazy("Project library"), "j"),
            _Entry("promotion", lazy("Investment promotion"), "z", _holder(Permission.PROMOTE)),
            _Entry("invest", lazy("Invest here"), "z", _outside),
            _Entry("chains", lazy("Industry chains"), "l"),
            _Entry("admission", lazy("Admission"), "x", _holder(Permission.SCREEN)),
            _Entry("supervision", lazy("Supervision"), "k", _holder(Permission.SEE_PROJECTS)),
        ),
    ),
    (
        pgettext_lazy("navigation", "Statistics"),
        (
            _Entry("figures", pgettext_lazy("statistics", "Figures"), "s"),
            _Entry("indicators", lazy("Indicators"), "i"),
            _Entry("returns", lazy("Returns"), "r", _holder(Permission.SEE_RETURNS)),
            _Entry(
                "enterprises",
                lazy("Enterprises and projects"),
                "n",
                _holder(Permission.KEEP_REGISTER),
                beside=("reporting-projects",),
            ),
        ),
    ),
    (
        pgettext_lazy("navigation", "System"),
        (
            _Entry("units", lazy("Units"), "u"),
            _Entry("people", lazy("People"), "m", _holder(Permission.MANAGE_PEOPLE)),
            _Entry("events", lazy("Events"), "e", _holder(Permission.SEE_EVENTS)),
            _Entry("help", lazy("Help"), "h"),
        ),
    ),
)


def _entry(request: HttpRequest, entry: _Entry) -> dict[str, Any]:
    url = reverse(entry.key)
    inside = (url, *(reverse(name) for name in entry.beside))
    active = request.path == "/" if url == "/" else request.path.startswith(inside)
    count = partial(_COUNTERS[entry.key], request) if entry.key in _COUNTERS else None
    return {
        "key": entry.key,
        "label": str(entry.label),
        "url": url,
        "active": active,
        "keys": entry.letter,
        "count": count,
    }
