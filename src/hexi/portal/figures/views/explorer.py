"""The explorer (数据查询): a table, a chart and a file of every question that an address asks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import viewer
from hexi.portal.figures.files import view_file
from hexi.portal.figures.queries.explorer import book_for, explorer_context, view_of
from hexi.portal.figures.queries.tabs import tabs_of
from hexi.portal.figures.question import asked
from hexi.portal.figures.space import PRACTICE, Space

__all__ = ["explorer", "export", "no_figures"]


@require_GET
def explorer(request: HttpRequest, space: Space) -> HttpResponse:
    """The page, or its results alone."""
    question = asked(request.GET)
    book = book_for(question, space, viewer(request), timezone.now())
    if book is None or not book.periods:
        return no_figures(request, space)
    house = space.open()
    snapshots = house.snapshots()[::-1][:50] if house is not None and book.of == "working" else []
    context = {
        "space": space,
        "tabs": tabs_of(space, viewer(request), ""),
        **explorer_context(question, book, space, snapshots),
    }
    template = "_results" if by_htmx(request) else "explorer"
    return render(request, f"hexi/figures/{template}.html", context)


def no_figures(request: HttpRequest, space: Space, tab: str = "") -> HttpResponse:
    """What to do where there are no figures yet."""
    person = viewer(request)
    context: dict[str, Any] = {
        "space": space,
        "title": _("There are no practice data yet") if space.practice else _("No figures yet"),
        "tabs": tabs_of(space, person, tab),
        "why": _("Nothing has been approved up to your level yet"),
        "what": _(
            "Returns are added up here as soon as your level has approved them;"
            " a closed period makes a vintage."
        ),
        "practice_url": PRACTICE.url(),
        "may_make": person is not None and person.grants(Permission.MAKE_PRACTICE),
    }
    return render(request, "hexi/figures/empty.html", context)


@require_GET
def export(request: HttpRequest, space: Space, kind: str) -> HttpResponse:
    """Exactly the view of the address, as a file."""
    question = asked(request.GET)
    book = book_for(question, space, viewer(request), timezone.now())
    return view_file(kind, view_of(question, book) if book is not None else None, book, space)
