"""Views of the library (项目库分页): the same projects as list, board, time line and map."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import viewer
from hexi.portal.projects.queries.chosen import FACETS

__all__ = ["KEPT", "tabs", "tail_of"]

#: what every view of the library keeps of the address
KEPT = ("q", *FACETS, "open", "asof", "figure")


def tail_of(request: HttpRequest) -> str:
    """The filters of the address, which every view of the library keeps."""
    kept = {key: request.GET[key] for key in KEPT if request.GET.get(key)}
    return f"?{urlencode(kept)}" if kept else ""


def tabs(request: HttpRequest, here: str) -> list[dict[str, object]]:
    """The tabs; the public has those that need no work place."""
    person, tail = viewer(request), tail_of(request)
    entries = [
        ("list", "projects", _("List"), tail),
        ("board", "projects-board", _("By stage"), tail),
        ("timeline", "projects-timeline", _("Time line"), tail),
        ("map", "projects-map", _("Map"), tail),
        ("portfolio", "projects-portfolio", _("Portfolio"), tail),
    ]
    if person is not None and person.grants(Permission.SEE_PROJECTS):
        entries.append(("batches", "project-batches", _("Start batches"), ""))
    if person is not None and person.grants(Permission.KEEP_PROJECTS):
        entries.append(("duplicates", "project-duplicates", _("Duplicates"), ""))
        entries.append(("renewal", "project-renewal", _("Yearly renewal"), ""))
    if person is not None and person.grants(Permission.MAKE_PRACTICE):
        entries.append(("practice", "project-practice", _("Practice"), ""))
    return [
        {"label": label, "url": reverse(name) + end, "here": key == here}
        for key, name, label, end in entries
    ]
