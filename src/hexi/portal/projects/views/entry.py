"""Entering and changing a project (项目入库与变更): one form, whose faults stand at its fields."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hexi.portal.core.exports import attachment
from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.portal.core.views.steps import SHOWN
from hexi.portal.projects.acts.change_record import change_record
from hexi.portal.projects.acts.register_record import register_record
from hexi.portal.projects.forms import RecordForm, initial_of, put_faults, record_units, staff_of
from hexi.portal.projects.queries.offered import offered, prefilled
from hexi.portal.projects.sheet.explained import explained_heads
from hexi.portal.projects.views.project import crumbs_of, one_project
from hexi.portal.returns.form_book import day_of
from hexi.portal.returns.registers.register_template import template

__all__ = ["change", "new", "template_file"]


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter a project, by itself or as a plan names it."""
    person = require(viewer(request), Permission.KEEP_PROJECTS)
    query, at = request.GET.get("q", ""), timezone.now()
    taken = prefilled(person, request.GET.dict())
    initial = {"stage": "reserve", "unit": request.GET.get("unit", ""), **taken}
    units, staff = record_units(person), staff_of(person)
    form = RecordForm(request.POST or None, initial=initial, units=units, staff=staff)
    if request.method == "POST" and form.is_valid():
        entry = form.entry(day_of(at))
        try:
            made = register_record(entry.values, by=person, at=at, read=entry.faults)
            messages.success(request, _("The project was entered."))
            return redirect("project", made.pk)
        except Refusal as refusal:
            if refusal.status not in SHOWN:
                raise
            put_faults(form, refusal)
    plan_projects, in_all = offered(person, query) if not taken else ([], 0)
    context = {
        "title": _("Enter a project"),
        "crumbs": crumbs_of(_("New")),
        "form": form,
        "taken": taken,
        "offered": plan_projects,
        "offered_total": in_all,
        "query": query,
    }
    page = "_offered.html" if by_htmx(request) else "new.html"
    status = 422 if form.errors else 200
    return render(request, f"hexi/projects/{page}", context, status=status)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, project_id: int) -> HttpResponse:
    """Change its card; what was planned only with a reason."""
    person = require(viewer(request), Permission.KEEP_PROJECTS)
    row = one_project(request, project_id)
    require(person, Permission.KEEP_PROJECTS, row.unit_path)
    at = timezone.now()
    initial, staff = initial_of(row), staff_of(person)
    people = [one for one in (row.leader, row.steward) if one is not None and one not in staff]
    form = RecordForm(
        request.POST or None,
        initial=initial,
        units=record_units(person),
        staff=[*staff, *people],
        row=row,
    )
    if request.method == "POST" and form.is_valid():
        entry = form.entry(day_of(at), partial=True, practice=row.practice)
        try:
            change_record(
                project_id,
                entry.values,
                by=person,
                at=at,
                reason=request.POST.get("reason", ""),
                seen=_number(request.POST.get("seen", "")),
                read=entry.faults,
            )
            messages.success(request, _("The project was changed."))
            return redirect("project", row.pk)
        except Refusal as refusal:
            if refusal.status not in SHOWN:
                raise
            put_faults(form, refusal)
    context: dict[str, Any] = {
        "title": _("Change %(name)s") % {"name": row.called},
        "crumbs": crumbs_of(_("Change"), row=row),
        "form": form,
        "row": row,
        "seen": request.POST.get("seen", row.version),
        "reason": request.POST.get("reason", ""),
    }
    status = 422 if form.errors else 200
    return render(request, "hexi/projects/change.html", context, status=status)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 12 else None


@require_GET
def template_file(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in for an import."""
    person = require(viewer(request), Permission.KEEP_PROJECTS)
    return attachment(template(explained_heads(person)), "hexi-project-library.xlsx")
