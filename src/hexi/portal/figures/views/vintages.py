"""Vintages (数据版次): what was published first, what later, and why it changed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hexi.portal.core.refusal import NotPermitted
from hexi.portal.core.scope import viewer
from hexi.portal.figures.books.working import WorkingBook
from hexi.portal.figures.queries.tabs import tabs_of
from hexi.portal.figures.queries.vintages import vintages_context
from hexi.portal.figures.reach import sees_working
from hexi.portal.figures.space import Space
from hexi.portal.figures.views.explorer import no_figures

__all__ = ["vintages"]


@require_GET
def vintages(request: HttpRequest, space: Space) -> HttpResponse:
    """The page; for the staff that may see working figures."""
    person = viewer(request)
    if not sees_working(person):
        raise NotPermitted
    book = WorkingBook.at(space, person, "")
    if book is None or not book.periods:
        return no_figures(request, space, "vintages")
    context = {
        "space": space,
        "tabs": tabs_of(space, person, "vintages"),
        **vintages_context(book, space, person, request.GET),
    }
    return render(request, "hexi/figures/vintages.html", context)
