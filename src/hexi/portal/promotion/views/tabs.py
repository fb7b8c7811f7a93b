"""Views of promotion (招商分页): the same row of tabs on every page of it."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hexi.portal.core.models import Person
from hexi.portal.core.refusal import NotPermitted
from hexi.portal.core.roles import Permission, Role
from hexi.portal.core.scope import require, viewer

__all__ = ["crumbs", "exports_of", "reader", "tabs"]


def reader(request: HttpRequest) -> Person:
    """Staff who may read promotion; neither the public nor an enterprise."""
    person = require(viewer(request), Permission.SEE_PROJECTS)
    if person.role == Role.ENTERPRISE:
        raise NotPermitted
    return person


def tabs(here: str) -> list[dict[str, object]]:
    """The tabs with the one that is open."""
    entries = (
        ("enquiries", "promotion", _("Enquiries")),
        ("leads", "leads", _("Leads and talks")),
        ("agreements", "agreements", _("Agreements")),
        ("funds", "funds", _("Funds in place")),
        ("figures", "promotion-figures", pgettext("promotion", "Figures")),
        ("activities", "activities", _("Activities")),
        ("firms", "target-firms", _("Target firms")),
        ("agents", "agents", _("Agents and chambers")),
    )
    return [
        {"label": label, "url": reverse(name), "here": key == here} for key, name, label in entries
    ]


def crumbs(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """The way down from promotion."""
    return [
        {"label": _("Investment promotion"), "url": reverse("promotion")},
        *({"label": label, "url": url} for label, url in steps),
    ]


def exports_of(request: HttpRequest, address: str) -> list[dict[str, str]]:
    """The list as files, with the filters of the page."""
    query = request.GET.urlencode()
    return [
        {"label": one.upper(), "url": f"{reverse(address, args=[one])}?{query}"}
        for one in ("csv", "xlsx", "json")
    ]
