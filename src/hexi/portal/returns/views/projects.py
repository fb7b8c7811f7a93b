"""The register of projects (项目名录): the list with search, filters, sorting and export."""

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
from hexi.portal.returns import form_book
from hexi.portal.returns.acts.register_project import register_project
from hexi.portal.returns.forms import ProjectForm, put_faults
from hexi.portal.returns.models import Project
from hexi.portal.returns.queries.enterprise_page import register_units
from hexi.portal.returns.queries.imports import imports_of
from hexi.portal.returns.queries.project_page import filtered, project_lines, sorted_rows
from hexi.portal.returns.registers.project_entry import LABELS
from hexi.portal.returns.registers.project_file import HEADS
from hexi.portal.returns.registers.register_template import template

__all__ = ["export", "new", "register", "template_file"]

PAGE = 100
_COLUMNS = [
    ("name", lazy("Project"), False),
    ("code", lazy("Project code"), False),
    ("unit", lazy("Park or zone"), False),
    ("enterprise", lazy("Responsible enterprise"), False),
    ("since", lazy("Started on"), False),
    ("until", lazy("Planned end"), False),
]
_FILTERS = ("q", "unit", "state")


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """The list."""
    person = require(viewer(request), Permission.KEEP_REGISTER)
    today = form_book.day_of(timezone.now())
    everything = Project.objects.visible_to(person)
    rows = filtered(everything, request.GET, today)
    part, pager = paged(request, sorted_rows(rows, request.GET.get("sort", "")), PAGE)
    total = pager.total if pager else len(part)
    context = {
        "title": ngettext("%(n)d project", "%(n)d projects", total) % {"n": total},
        "projects": project_lines(part, today),
        "columns": columns(request, _COLUMNS, "name"),
        "query": request.GET.get("q", ""),
        **_choices(request, everything),
        "imports": imports_of(person, "project") if not by_htmx(request) else [],
        "pager": pager,
        "exports": file_links(request, "reporting-projects-export"),
        "filtered": any(request.GET.get(key) for key in _FILTERS),
    }
    page = "_rows.html" if by_htmx(request) else "list.html"
    return render(request, f"hexi/reporting_projects/{page}", context)


def _choices(request: HttpRequest, rows: Any) -> dict[str, Any]:
    home = "reporter__home"
    units = rows.order_by(f"{home}__order").values_list(f"{home}__code", f"{home}__{named_by()}")
    states = [
        ("", _("All")),
        ("open", _("Going on")),
        ("overdue", _("Past the planned end")),
        ("closed", pgettext("register", "Closed")),
    ]
    return {
        "units": choices(request, "unit", [("", _("All units")), *units.annotate(Count("pk"))]),
        "states": choices(request, "state", states),
    }


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register one project."""
    person = require(viewer(request), Permission.KEEP_REGISTER)
    initial = {"enterprise": request.GET.get("enterprise", ""), "unit": request.GET.get("unit", "")}
    form = ProjectForm(request.POST or None, initial=initial, units=register_units(person))
    if request.method == "POST" and form.is_valid():
        try:
            made = register_project(form.cleaned_data, by=person, at=timezone.now())
            return redirect("reporting-project", made.pk)
        except Refusal as refusal:
            if refusal.status not in SHOWN:
                raise
            put_faults(form, refusal)
    context = {
        "title": _("Register a project"),
        "crumbs": [
            {"label": _("Projects"), "url": "/reporting-projects/"},
            {"label": _("New"), "url": ""},
        ],
        "form": form,
    }
    return render(
        request, "hexi/reporting_projects/new.html", context, status=422 if form.errors else 200
    )


@require_GET
def template_file(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in for an import."""
    require(viewer(request), Permission.KEEP_REGISTER)
    return attachment(template(HEADS), "hexi-projects.xlsx")


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The list as a file, whose heads the import knows again."""
    person = require(viewer(request), Permission.KEEP_REGISTER)
    today = form_book.day_of(timezone.now())
    rows = sorted_rows(
        filtered(Project.objects.visible_to(person), request.GET, today),
        request.GET.get("sort", ""),
    )
    names = ("code", "name", "unit", "enterprise", "industry", "place", "since", "until")
    head = [str(LABELS[name]) for name in names]
    head += [_("Name of the enterprise"), _("Name of the industry"), _("Closed on")]
    body = [
        [x.code, x.name, x.unit, x.enterprise_code, x.industry, x.place, x.since, x.until,
         x.enterprise, x.industry_name, x.closed]
        for x in project_lines(rows, today)
    ]  # fmt: skip
    return table_response(suffix, "projects", _("Projects"), head, body)
