"""Reference pages (参考): indicators, units, help."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.lists import choices, paged
from hexi.portal.core.scope import viewer
from hexi.portal.plans.queries.glossary import (
    KINDS,
    indicator_context,
    indicator_list,
    title_of_list,
)
from hexi.portal.plans.queries.help_text import keys, sections
from hexi.portal.plans.queries.unit_pages import unit_context, unit_tree

__all__ = ["help_page", "indicator", "indicators", "unit", "units"]


@require_GET
def indicators(request: HttpRequest) -> HttpResponse:
    """The glossary."""
    query, kind = request.GET.get("q", ""), request.GET.get("kind", "")
    lines = indicator_list(viewer(request), query, kind)
    part, pager = paged(request, lines, 100)
    context = {
        "title": title_of_list(len(lines)),
        "indicators": part,
        "query": query,
        "kinds": choices(
            request, "kind", [("", _("All kinds")), *((k, str(v)) for k, v in KINDS.items())]
        ),
        "pager": pager,
        "filtered": bool(query or kind),
    }
    template = "indicators/_rows.html" if by_htmx(request) else "indicators/list.html"
    return render(request, f"hexi/{template}", context)


@require_GET
def indicator(request: HttpRequest, indicator_id: str) -> HttpResponse:
    """One indicator."""
    context = indicator_context(indicator_id, viewer(request))
    name = context["indicator"]["title"]
    context["title"] = name
    context["crumbs"] = [
        {"label": _("Indicators"), "url": "/indicators/"},
        {"label": name, "url": ""},
    ]
    return render(request, "hexi/indicators/indicator.html", context)


@require_GET
def units(request: HttpRequest) -> HttpResponse:
    """The tree."""
    tree = unit_tree(viewer(request))
    title = ngettext("%(n)d unit of account", "%(n)d units of account", len(tree))
    context = {"title": title % {"n": len(tree)}, "tree": tree}
    return render(request, "hexi/units/tree.html", context)


@require_GET
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit."""
    context = unit_context(code, viewer(request))
    context["title"] = context["unit"]["name"]
    return render(request, "hexi/units/unit.html", context)


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """How to work with the portal."""
    context = {"title": _("Help"), "sections": sections(), "keys": keys()}
    return render(request, "hexi/help.html", context)
