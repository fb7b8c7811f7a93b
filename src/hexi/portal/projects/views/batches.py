"""Start batches (集中开工): ceremonies, their projects, and the start of all in one step."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hexi.portal.core.exports import FORMATS, table_response
from hexi.portal.core.lists import paged
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.portal.core.views.steps import SHOWN, as_day, done
from hexi.portal.projects.acts.keep_batch import (
    add_to_batch,
    make_batch,
    start_batch,
    take_from_batch,
)
from hexi.portal.projects.forms import record_units
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.queries.batches import batch_lines, candidates, one_batch, seen_batches
from hexi.portal.projects.queries.lines import project_lines, with_tags
from hexi.portal.projects.sheet.rows import sheet_head, sheet_rows
from hexi.portal.projects.stagebook import stage_book
from hexi.portal.projects.views.project import crumbs_of
from hexi.portal.projects.views.tabs import tabs

__all__ = ["export", "join", "leave", "listing", "page", "start"]

PAGE = 50


@require_http_methods(["GET", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """All ceremonies, and the form of a new one."""
    person = require(viewer(request), Permission.SEE_PROJECTS)
    faults: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            made = _make(request)
            messages.success(request, _("The batch was set up; put projects into it."))
            return redirect("project-batch", made.pk)
        except Refusal as refusal:
            if refusal.status not in SHOWN:
                raise
            for part in getattr(refusal, "parts", (refusal,)):
                faults.setdefault(part.place, []).append(f"{part.message} {part.remedy}")
    part, pager = paged(request, seen_batches(person), PAGE)
    lines = batch_lines(part, person)
    total = pager.total if pager else len(lines)
    context = {
        "title": ngettext("%(n)d start batch", "%(n)d start batches", total) % {"n": total},
        "batches": lines,
        "pager": pager,
        "tabs": tabs(request, "batches"),
        "units": [(unit.code, name_of(unit)) for unit in record_units(person)],
        "sent": request.POST,
        "faults": faults,
        "today": timezone.localdate().isoformat(),
    }
    return render(request, "hexi/projects/batches.html", context, status=422 if faults else 200)


def _make(request: HttpRequest) -> Any:
    sent = request.POST
    day = as_day(sent.get("day", ""))
    if day is None:
        raise Refusal(
            "day_missing", _("The day is missing."), _("Say on which day it is."), place="day"
        )
    return make_batch(
        sent.get("name", ""),
        sent.get("unit", ""),
        day,
        by=viewer(request),
        at=timezone.now(),
        place=sent.get("place", ""),
        note=sent.get("note", ""),
    )


@require_GET
def page(request: HttpRequest, batch_id: int) -> HttpResponse:
    """One ceremony with its projects."""
    return _show(request, batch_id, [])


def _show(request: HttpRequest, batch_id: int, faults: list[dict[str, str]]) -> HttpResponse:
    person, today = viewer(request), timezone.localdate()
    batch = one_batch(person, batch_id)
    rows = list(with_tags(_projects(request, batch_id), today))
    book = stage_book()
    keeps = (
        person is not None
        and person.grants(Permission.MOVE_STAGE)
        and person.covers(batch.unit.path)
    )
    waiting = [row for row in rows if not book.has_started(row.stage, row.resume_stage)]
    line = batch_lines([batch], person)[0]
    context = {
        "title": _("%(name)s: %(n)d projects, %(started)d started")
        % {"name": batch.called, "n": line.projects, "started": line.started},
        "crumbs": [
            *crumbs_of(),
            {"label": _("Start batches"), "url": "/projects/batches/"},
            {"label": batch.called, "url": ""},
        ],
        "batch": batch,
        "line": line,
        "projects": project_lines(rows, inside=True),
        "waiting": {row.pk for row in waiting},
        "may_keep": keeps,
        "may_start": keeps and bool(waiting) and batch.day <= today,
        "too_early": batch.day > today,
        "candidates": candidates(batch, person, today) if keeps else [],
        "exports": [
            {"label": s.upper(), "url": f"/projects/batches/{batch.pk}/export.{s}"} for s in FORMATS
        ],
        "faults": faults,
    }
    return render(request, "hexi/projects/batch.html", context)


def _projects(request: HttpRequest, batch_id: int) -> Any:
    rows = ProjectRecord.objects.inside(viewer(request))
    return rows.filter(batch=batch_id, merged_into=None).order_by("-total", "name")


@require_GET
def export(request: HttpRequest, batch_id: int, suffix: str) -> HttpResponse:
    """The projects of a ceremony as a file."""
    batch = one_batch(viewer(request), batch_id)
    today = timezone.localdate()
    rows = with_tags(_projects(request, batch_id), today)
    lines = sheet_rows(rows, True, viewer(request), today)
    return table_response(suffix, "batch", batch.called, sheet_head(True), lines)


def _step(request: HttpRequest, batch_id: int, act: Any, said: Any) -> HttpResponse:
    # who does not see the batch is told nothing of it
    one_batch(viewer(request), batch_id)
    who = {"by": viewer(request), "at": timezone.now()}
    return done(
        request,
        lambda: act(who),
        said,
        lambda faults: _show(request, batch_id, faults),
        "project-batch",
        batch_id,
    )


def _chosen(request: HttpRequest) -> list[int]:
    chosen = request.POST.getlist("project")
    if not chosen:
        raise Refusal("none_chosen", _("No project is chosen."), _("Tick those that you mean."))
    if not all(one.isdecimal() and len(one) < 12 for one in chosen):
        raise NotFound
    return [int(one) for one in chosen]


@require_POST
def join(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Put projects into the batch."""
    return _step(
        request,
        batch_id,
        lambda who: add_to_batch(batch_id, _chosen(request), **who),
        lazy("The projects were put into the batch."),
    )


@require_POST
def leave(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Take a project out of it."""
    return _step(
        request,
        batch_id,
        lambda who: take_from_batch(batch_id, _chosen(request), **who),
        lazy("The project was taken out of the batch."),
    )


@require_POST
def start(request: HttpRequest, batch_id: int) -> HttpResponse:
    """All of them start on the day of the ceremony."""
    return _step(
        request,
        batch_id,
        lambda who: start_batch(batch_id, **who),
        lazy("The projects of the batch have started."),
    )
