"""Views of the scoreboard (监测台分页): the same targets, asked in several ways."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import viewer

__all__ = ["tabs"]


def tabs(request: HttpRequest, here: str, tail: str = "") -> list[dict[str, object]]:
    """The tabs; warnings are there only for who may see them."""
    person = viewer(request)
    entries = [
        ("targets", "scoreboard", _("Targets"), tail),
        ("plans", "scoreboard-plans", _("By plan and unit"), tail),
        ("map", "scoreboard-map", _("Map"), tail),
        ("missing", "scoreboard-missing", _("Figures needed"), tail),
        ("wall", "scoreboard-wall", _("Wall"), tail),
    ]
    if person is not None and person.grants(Permission.SEE_WARNINGS):
        entries.append(("warnings", "warnings", _("Warnings"), ""))
        entries.append(("rates", "warning-rates", _("How often warnings were right"), ""))
    return [
        {"label": label, "url": reverse(name) + end, "here": key == here}
        for key, name, label, end in entries
    ]
