"""One figure and where it comes from (指标溯源)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.scope import viewer
from hexi.portal.figures.queries.cell import cell_context, one_of
from hexi.portal.figures.queries.explorer import book_for
from hexi.portal.figures.question import asked
from hexi.portal.figures.space import Space

__all__ = ["cell"]


@require_GET
def cell(request: HttpRequest, space: Space) -> HttpResponse:
    """The page of a cell; its body alone for the panel beside the table."""
    person, question = viewer(request), asked(request.GET)
    book = book_for(question, space, person, timezone.now())
    if book is None:
        raise NotFound
    one = one_of(book, question, request.GET)
    page = request.GET.get("page", "")
    context = {
        "space": space,
        "here": request.get_full_path(),
        **cell_context(one, book, space, person, int(page[:6]) if page.isdecimal() else 1),
    }
    template = "_cell_panel" if by_htmx(request) else "cell"
    return render(request, f"hexi/figures/{template}.html", context)
