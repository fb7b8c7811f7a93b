"""Parts of a project's page (项目页栏目): what other apps know of a project stands on its page.

Promotion adds agreements and funds, supervision problems and orders, admission screenings. An app
names its part here once, when it is made ready; the page asks every part in order and shows those
that say something. A part sees to its own scope: it is given the request, and answers nothing
where the person may not see it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from hexi.portal.projects.models import ProjectRecord

__all__ = ["Part", "ShownPart", "add_part", "parts_of"]

#: the inside of a section as safe HTML; nothing or an empty text leaves the part out
Render = Callable[[HttpRequest, ProjectRecord], str | None]


@dataclass(frozen=True, slots=True)
class Part:
    """One part as its app named it."""

    key: str
    label: Any
    render: Render
    order: int


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One part of one project's page; the key is the anchor of its section."""

    key: str
    label: str
    html: str


_PARTS: dict[str, Part] = {}


def add_part(key: str, label: Any, render: Render, order: int) -> None:
    """Name a part; the same key again replaces it, so that loading twice does no harm."""
    _PARTS[key] = Part(key, label, render, order)


def parts_of(request: HttpRequest, project: ProjectRecord) -> list[ShownPart]:
    """What the apps have to say of this project, in the order that they asked for."""
    shown = []
    for part in sorted(_PARTS.values(), key=lambda one: (one.order, one.key)):
        html = part.render(request, project)
        if html and html.strip():
            shown.append(ShownPart(part.key, str(part.label), html))
    return shown
