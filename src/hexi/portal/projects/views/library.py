"""The project library (项目库): the list with search, facets, sorting and export."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_GET

from hexi.portal.core.exports import file_links, long_table_response
from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.lists import columns
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import viewer
from hexi.portal.projects.queries import words
from hexi.portal.projects.queries.chosen import Chosen, choose
from hexi.portal.projects.queries.facets import facets
from hexi.portal.projects.queries.lines import project_lines, records_of, records_then
from hexi.portal.projects.sheet.rows import sheet_head, sheet_rows
from hexi.portal.projects.views.limits import hidden_limits
from hexi.portal.projects.views.pages import page_of
from hexi.portal.projects.views.tabs import KEPT, tabs
from hexi.portal.returns.queries.imports import imports_of

__all__ = ["export", "headline", "register"]

PAGE = 50
#: records of a file that are read at once
TOGETHER = 500
_COLUMNS = [
    ("name", lazy("Project"), False),
    ("unit", lazy("Unit"), False),
    ("stage", pgettext_lazy("project", "Stage"), False),
    ("total", lazy("Total investment"), True),
    ("invested", lazy("Invested so far"), True),
    ("start", lazy("Start"), False),
    ("end", lazy("Completion"), False),
    ("lamp", lazy("Lamp"), False),
]
#: columns that only the office sees
_INSIDE = frozenset({"invested", "lamp"})


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """The list."""
    person, today = viewer(request), timezone.localdate()
    chosen = choose(person, request.GET, today)
    sort = request.GET.get("sort", "")
    first, last, pager = page_of(request, chosen.total, PAGE)
    rows = records_then(records_of(chosen.ids(sort, first, last), chosen.day), chosen)
    lines = project_lines(rows, inside=chosen.inside)
    shown = [column for column in _COLUMNS if chosen.inside or column[0] not in _INSIDE]
    narrowed = any(request.GET.get(key) for key in KEPT if key != "open")
    context = {
        "title": headline(chosen),
        "asof": chosen.asof.isoformat() if chosen.asof else "",
        "projects": lines,
        "inside": chosen.inside,
        "signed_in": person is not None,
        "columns": columns(request, shown, ""),
        "query": request.GET.get("q", ""),
        "kept": [(k, request.GET[k]) for k in (*KEPT, "sort") if k != "q" and request.GET.get(k)],
        "facets": facets(request, chosen),
        "limits": hidden_limits(request),
        "pager": pager,
        "narrowed": narrowed,
        "tabs": tabs(request, "list"),
        "exports": file_links(request, "projects-export"),
        "imports": imports_of(person, "library")
        if person is not None and person.grants(Permission.KEEP_PROJECTS) and not by_htmx(request)
        else [],
    }
    page = "_results.html" if by_htmx(request) else "list.html"
    return render(request, f"hexi/projects/{page}", context)


def headline(chosen: Chosen) -> str:
    """How many there are and what they come to, in one sentence."""
    number = chosen.total
    said = ngettext("%(n)d project", "%(n)d projects", number) % {"n": number}
    if not chosen.money:
        return said
    return _("%(projects)s, total investment %(total)s") % {
        "projects": said,
        "total": words.money_text(chosen.money),
    }


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponseBase:
    """The list as a file, whose heads the import knows again."""
    person, today = viewer(request), timezone.localdate()
    chosen = choose(person, request.GET, today)
    rows = records_then(records_of(chosen.ids(request.GET.get("sort", "")), chosen.day), chosen)
    head = sheet_head(chosen.inside)
    if chosen.inside and chosen.past is not None and chosen.past.month:
        # the last column is the lamp, which says of which month it is
        month = words.month_label(chosen.past.month)
        head[-1] = _("Lamp of %(month)s") % {"month": month}
    lines = sheet_rows(rows, chosen.inside, person, chosen.day)
    return long_table_response(suffix, "projects", _("Projects"), head, lines)
