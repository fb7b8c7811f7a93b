"""Progress of a month (月度进展填报): money, physical progress, words and photos, also by phone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hexi.portal.core.models import Person
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.portal.core.told import tell
from hexi.portal.core.views.steps import SHOWN
from hexi.portal.projects.acts.enter_progress import enter_progress, read_share
from hexi.portal.projects.models import Progress, ProjectRecord
from hexi.portal.projects.queries import words
from hexi.portal.projects.queries.progress_due import months_open
from hexi.portal.projects.views.project import crumbs_of, one_project
from hexi.portal.projects.views.steps import typed_money
from hexi.projects.money import in_unit

__all__ = ["enter"]

_FIELDS = ("month", "invested", "done", "note", "file")


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, project_id: int) -> HttpResponse:
    """One month of one project; an entered month is shown with its figures, to be corrected."""
    row = one_project(request, project_id)
    person = require(viewer(request), Permission.KEEP_PROJECTS, row.unit_path)
    today = timezone.localdate()
    offered = months_open(row, today)
    month = _month(request, offered)
    kept = Progress.objects.filter(project=row, month=month).first()
    faults: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            _enter(request, row, month, person)
            messages.success(
                request,
                _("The progress of %(month)s was entered.") % {"month": words.month_label(month)},
            )
            return redirect("project", row.pk)
        except Refusal as refusal:
            if refusal.status not in SHOWN:
                raise
            for part in getattr(refusal, "parts", (refusal,)):
                place = part.place if part.place in _FIELDS else ""
                faults.setdefault(place, []).append(f"{part.message} {part.remedy}")
    context = {
        "title": _("Progress of a month"),
        "crumbs": crumbs_of(_("Progress of a month"), row=row),
        "row": row,
        "month": month,
        "months": [(one, words.month_label(one)) for one in offered],
        "kept": kept,
        "values": request.POST if request.method == "POST" else _values(kept),
        "before": _before(row, month),
        "invested_text": words.money_text(row.invested),
        "faults": faults,
        "above": faults.get("", []),
    }
    return render(request, "hexi/projects/progress.html", context, status=422 if faults else 200)


def _month(request: HttpRequest, offered: list[int]) -> int:
    sent = request.POST.get("month") or request.GET.get("month") or ""
    if sent.isdecimal() and len(sent) == 6 and 1 <= int(sent) % 100 <= 12:
        return int(sent)
    return offered[0]


def _enter(request: HttpRequest, row: ProjectRecord, month: int, by: Person) -> None:
    sent = request.POST
    done = sent.get("done", "").strip() or None
    try:
        invested = typed_money(sent.get("invested", "").strip() or "0", "invested")
    except Refusal as refusal:
        # both figures are told at once
        tell([refusal, *read_share(done)[1]])
        raise
    enter_progress(
        row.pk,
        month,
        invested=invested,
        done=done,
        note=sent.get("note", ""),
        by=by,
        at=timezone.now(),
        files=request.FILES.getlist("file"),
    )


def _values(kept: Progress | None) -> dict[str, str]:
    if kept is None:
        return {}
    done = "" if kept.done is None else f"{kept.done.normalize():f}"
    return {"invested": in_unit(kept.invested), "done": done, "note": kept.note}


def _before(row: ProjectRecord, month: int) -> dict[str, Any] | None:
    """The last month before it, to go on from."""
    last = row.progress.filter(month__lt=month).order_by("-month").first()
    if last is None:
        return None
    return {
        "month": words.month_label(last.month),
        "invested": words.money_text(last.invested),
        "done": "" if last.done is None else f"{last.done.normalize():f}%",
        "note": last.note,
    }
