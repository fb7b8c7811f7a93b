"""The register of enterprises (企业名录): the list with search, filters, sorting and export."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from hexi.portal.core.exports import attachment, file_links, table_response
from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.lists import choices, columns, paged
from hexi.portal.core.names import named_by
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.portal.core.views.steps import SHOWN
from hexi.portal.returns.acts.register_enterprise import register_enterprise
from hexi.portal.returns.forms import EnterpriseForm, put_faults
from hexi.portal.returns.models import Enterprise
from hexi.portal.returns.queries.enterprise_page import (
    enterprise_lines,
    filtered,
    register_units,
    sorted_rows,
)
from hexi.portal.returns.queries.imports import imports_of
from hexi.portal.returns.registers.enterprise_file import HEADS
from hexi.portal.returns.registers.entry import LABELS
from hexi.portal.returns.registers.register_template import template

__all__ = ["export", "new", "register", "template_file"]

PAGE = 100
_COLUMNS = [
    ("name", lazy("Enterprise"), False),
    ("code", lazy("Unified social credit code"), False),
    ("unit", lazy("Park or zone"), False),
    ("industry", lazy("Industry"), False),
    ("size", lazy("Size"), False),
    ("opened", lazy("Opened on"), False),
]
_FILTERS = ("q", "unit", "state", "scale", "industry")


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """The list."""
    person = require(viewer(request), Permission.KEEP_REGISTER)
    everything = Enterprise.objects.visible_to(person)
    rows = filtered(everything, request.GET)
    part, pager = paged(request, sorted_rows(rows, request.GET.get("sort", "")), PAGE)
    total = pager.total if pager else len(part)
    context = {
        "title": ngettext("%(n)d enterprise", "%(n)d enterprises", total) % {"n": total},
        "enterprises": enterprise_lines(part),
        "columns": columns(request, _COLUMNS, "name"),
        "query": request.GET.get("q", ""),
        **_choices(request, everything),
        "imports": imports_of(person, "enterprise") if not by_htmx(request) else [],
        "pager": pager,
        "exports": file_links(request, "enterprises-export"),
        "filtered": any(request.GET.get(key) for key in _FILTERS),
    }
    page = "_rows.html" if by_htmx(request) else "list.html"
    return render(request, f"hexi/enterprises/{page}", context)


def _choices(request: HttpRequest, rows: Any) -> dict[str, Any]:
    home = "reporter__home"
    units = rows.order_by(f"{home}__order").values_list(f"{home}__code", f"{home}__{named_by()}")
    states = [("", _("All")), ("open", _("Working")), ("closed", pgettext("register", "Closed"))]
    scales = [("", _("All sizes")), ("above", _("Above scale"))]
    return {
        "units": choices(request, "unit", [("", _("All units")), *units.annotate(Count("pk"))]),
        "states": choices(request, "state", states),
        "scales": choices(request, "scale", scales),
    }


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register one enterprise."""
    person = require(viewer(request), Permission.KEEP_REGISTER)
    form = EnterpriseForm(request.POST or None, units=register_units(person))
    if request.method == "POST" and form.is_valid():
        try:
            made = register_enterprise(form.cleaned_data, by=person, at=timezone.now())
            return redirect("enterprise", made.pk)
        except Refusal as refusal:
            if refusal.status not in SHOWN:
                raise
            put_faults(form, refusal)
    context = {
        "title": _("Register an enterprise"),
        "crumbs": [{"label": _("Enterprises"), "url": "/enterprises/"}, {"label": _("New"),
                                                                         "url": ""}],
        "form": form,
    }  # fmt: skip
    return render(request, "hexi/enterprises/new.html", context, status=422 if form.errors else 200)


@require_GET
def template_file(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in for an import."""
    require(viewer(request), Permission.KEEP_REGISTER)
    return attachment(template(HEADS), "hexi-enterprises.xlsx")


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The list as a file, whose heads the import knows again."""
    person = require(viewer(request), Permission.KEEP_REGISTER)
    rows = sorted_rows(filtered(Enterprise.objects.visible_to(person), request.GET),
                       request.GET.get("sort", ""))  # fmt: skip
    names = ("code", "name", "unit", "industry", "place", "opened", "ownership", "size",
             "above_scale", "trader")  # fmt: skip
    head = [str(LABELS[name]) for name in names] + [_("Name of the industry"), _("Closed on")]
    body = [
        [x.code, x.name, x.unit, x.industry, x.place, x.opened, x.ownership, x.size,
         _("yes") if x.above_scale else _("no"), _("yes") if x.trader else _("no"),
         x.industry_name, x.closed]
        for x in enterprise_lines(rows)
    ]  # fmt: skip
    return table_response(suffix, "enterprises", _("Enterprises"), head, body)
