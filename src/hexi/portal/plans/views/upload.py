"""Upload (上传规划): several files at once, each with its own answer, and their progress."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hexi.plans.digest import DIGEST_FORMAT
from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.lists import Choice
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.portal.core.views.errors import wants_json
from hexi.portal.plans.acts.upload_document import upload_document
from hexi.portal.plans.models import PlanRow, Reading, ReadingState
from hexi.portal.plans.queries.lines import reading_line
from hexi.portal.plans.upload_limit import refused_files

__all__ = ["readings_page", "receive", "recent_readings", "upload_page"]

FORMATS = ("docx", "pdf", "html", "txt", "md", "xlsx")


@require_http_methods(["GET", "POST"])
def upload_page(request: HttpRequest) -> HttpResponse:
    """The form, and what it sends."""
    person = require(viewer(request), Permission.UPLOAD)
    if request.method == "POST":
        return _received(request, person)
    readings = recent_readings(person)
    context = {
        "title": _("Upload plan documents"),
        "crumbs": [{"label": _("Plans"), "url": "/plans/"}, {"label": _("Upload"), "url": ""}],
        "units": _units(request, person),
        "plans": _plans(request, person),
        "limits": {
            "files": settings.HEXI.upload_files,
            "megabytes": settings.HEXI.upload_megabytes,
            "formats": FORMATS,
            "accept": ",".join(f".{suffix}" for suffix in FORMATS),
        },
        "readings": readings,
        "unfinished": any(not line.finished for line in readings),
    }
    return render(request, "hexi/plans/upload.html", context)


@require_GET
def readings_page(request: HttpRequest) -> HttpResponse:
    """Progress of the newest readings; asked again by the page while something is unfinished."""
    readings = recent_readings(viewer(request))
    context = {
        "title": _("Readings"),
        "readings": readings,
        "unfinished": any(not line.finished for line in readings),
    }
    return render(request, "hexi/plans/_readings.html", context)


def _received(request: HttpRequest, person: Person) -> HttpResponse:
    plan = request.POST.get("plan", "")
    made, refusals = receive(
        request,
        person,
        unit=request.POST.get("unit", ""),
        plan=int(plan) if plan.isdecimal() else None,
    )
    lines = recent_readings(person)
    context = {
        "readings": lines,
        "refusals": [refusal.as_record() for refusal in refusals],
        "unfinished": any(not line.finished for line in lines),
    }
    status = 200 if made or not refusals else refusals[0].status
    if wants_json(request):
        body = {
            "readings": [{"id": reading.pk, "file": reading.document.name} for reading in made],
            "refusals": context["refusals"],
        }
        return JsonResponse(body, status=201 if made else status)
    if by_htmx(request):
        # htmx shows refusals beside the list, so the list itself always comes with 200
        return render(request, "hexi/plans/_readings.html", context)
    if not refusals:
        return redirect("upload")
    context |= {"title": _("Upload plan documents"), "units": _units(request, person)}
    context |= {"plans": _plans(request, person), "limits": {}}
    return render(request, "hexi/plans/upload.html", context, status=status)


def receive(
    request: HttpRequest, person: Person, *, unit: str, plan: int | None
) -> tuple[list[Reading], list[Refusal]]:
    """Each file by itself: one that is refused does not stop the others."""
    made: list[Reading] = []
    refusals: list[Refusal] = list(refused_files(request))
    files = request.FILES.getlist("files")
    if not files and not refusals:
        refusals.append(
            Refusal("no_file", _("No file was sent."), _("Choose one or more files."), status=400)
        )
    for file in files:
        try:
            made.append(
                upload_document(
                    file.chunks(),
                    file.name or "",
                    unit=unit,
                    plan=plan,
                    by=person,
                    at=timezone.now(),
                )
            )
        except Refusal as refusal:
            refusal.file = refusal.file or (file.name or "")
            refusals.append(refusal)
    return made, refusals


def recent_readings(person: Person | None, most: int = 20) -> list[Any]:
    """Readings of the last hours: waiting ones first, then the newest."""
    rows = (
        Reading.objects.visible_to(person)
        .exclude(document__format=DIGEST_FORMAT)
        .exclude(document__plan__source="sample", state=ReadingState.READY)
        .select_related("document__plan")
        .order_by("-id")[:most]
    )
    return [reading_line(row) for row in rows]


def _units(request: HttpRequest, person: Person) -> list[Choice]:
    """Units that this person may upload for."""
    units = [unit for unit in Unit.objects.order_by("order") if person.covers(unit.path)]
    chosen = request.GET.get("unit", "")
    return [Choice(unit.code, name_of(unit), None, unit.code == chosen, "") for unit in units]


def _plans(request: HttpRequest, person: Person) -> list[Choice]:
    """Plans that a document can be added to."""
    chosen = request.GET.get("plan", "")
    rows = PlanRow.objects.visible_to(person).select_related("unit").order_by("title")
    return [
        Choice(str(row.pk), row.title, None, str(row.pk) == chosen, "")
        for row in rows
        if person.covers(row.unit_path)
    ]
