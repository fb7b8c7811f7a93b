"""Views of the figures (数据页签): the same row on every page of a space."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from hexi.portal.core.models import Person
from hexi.portal.core.roles import Permission
from hexi.portal.figures.reach import sees_working
from hexi.portal.figures.space import Space

__all__ = ["tabs_of"]


def tabs_of(space: Space, person: Person | None, active: str) -> list[dict[str, Any]]:
    """The pages that this person has something to do on."""
    entries = [("", _("Explorer"))]
    if sees_working(person):
        entries.append(("vintages", _("Vintages")))
    entries.append(("data", _("Open data")))
    if person is not None and person.grants(Permission.RELEASE):
        entries.append(("releases", _("Release")))
    return [
        {"label": label, "url": space.url(name), "active": name == active}
        for name, label in entries
    ]
