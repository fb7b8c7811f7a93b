"""Screening a project on the page (筛查页): the sheet, its answer at once, and keeping it.

The sheet lives in the address, so that a what-if can be sent to a colleague; nothing is kept until
somebody keeps it, and then it is a new record.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hexi.admission import Rulebook
from hexi.portal.admission.acts.keep_screening import keep_screening
from hexi.portal.admission.models import ScreeningRecord
from hexi.portal.admission.queries.screenings import one_screening
from hexi.portal.admission.queries.sheet import groups_of
from hexi.portal.admission.queries.shown import Shown, shown_answer
from hexi.portal.admission.rulebook import rulebook, screened, space_on
from hexi.portal.admission.taken_over import Taken, take_over
from hexi.portal.admission.typed_inputs import read_inputs, shown_input
from hexi.portal.admission.views.asked import day_or, day_read, parts_of, whole_read
from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require, viewer
from hexi.portal.projects.models import ProjectRecord

__all__ = ["keep", "new", "what_if"]

#: the address holds a sheet that was filled in, also where every field was emptied
_ASKED = "asked"


@require_GET
def new(request: HttpRequest) -> HttpResponse:
    """The sheet of a project of the library (``?project=``), or of a free entry."""
    require(viewer(request), Permission.SCREEN)
    project = _project(request, whole_read(request.GET.get("project")))
    book = rulebook()
    day = day_or(request.GET.get("day"), timezone.localdate())
    taken = take_over(project, space_on(book, day)) if project else Taken({}, ())
    return _page(request, project=project, base=taken.values, taken=taken)


@require_GET
def what_if(request: HttpRequest, screening_id: int) -> HttpResponse:
    """A record's sheet with sliders; the record itself stays as it is."""
    require(viewer(request), Permission.SCREEN)
    row = one_screening(screening_id, viewer(request))
    return _page(request, project=row.project, base=row.inputs, before=row)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what the sheet says, as a new record."""
    sent = request.POST
    try:
        day = day_read(sent.get("day"), "day")
        assert day is not None
        row = keep_screening(
            sent.dict(),
            day,
            project_id=whole_read(sent.get("project")),
            name=sent.get("name", ""),
            note=sent.get("note", ""),
            by=viewer(request),
            at=timezone.now(),
        )
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        project = _project(request, whole_read(sent.get("project")))
        return _page(request, project=project, base={}, refusal=refusal)
    messages.success(request, _("The screening was kept as %(number)s.") % {"number": row.number})
    return redirect("admission-screening", row.pk)


def _project(request: HttpRequest, project_id: int | None) -> ProjectRecord | None:
    if project_id is None:
        return None
    rows = ProjectRecord.objects.inside(viewer(request)).select_related("unit")
    found: ProjectRecord = one_visible(rows, viewer(request), pk=project_id)
    return found


def _page(
    request: HttpRequest,
    *,
    project: ProjectRecord | None,
    base: Mapping[str, Any],
    taken: Taken | None = None,
    before: ScreeningRecord | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    book, today = rulebook(), timezone.localdate()
    sent = request.POST if request.method == "POST" else request.GET
    day = day_or(sent.get("day"), before.day if before and _ASKED not in sent else today)
    typed = _typed(book, sent, base)
    faults = {part.place: str(part.message) for part in parts_of(refusal)}
    answer, read_faults = _answer(book, typed, day)
    faults = {**read_faults, **faults}
    space = space_on(book, day)
    context = {
        "title": before.called if before else project.called if project else _("Screen a project"),
        "crumbs": _crumbs(before),
        "project": project,
        "unit": name_of(project.unit) if project else "",
        "before": before,
        "was": shown_answer(before.answer, book, space, before.overrides.all()) if before else None,
        "groups": groups_of(
            book,
            space,
            book.in_force(day),
            {},
            typed=typed,
            taken=_unchanged(typed, taken),
            faults=faults,
            sliders=base if before else None,
        ),
        "unknown": [book.fields[name] for name in taken.unknown] if taken else [],
        "answer": answer,
        "typed": typed,
        "day": day.isoformat(),
        "today": today.isoformat(),
        "name": sent.get("name", before.name if before else ""),
        "note": sent.get("note", ""),
        "faults": [part.as_record() for part in parts_of(refusal)],
        "wrong": [message for place, message in read_faults.items() if place in book.fields],
    }
    fragment = by_htmx(request) and request.method == "GET"
    page = "_answer_box.html" if fragment else "sheet.html"
    return render(request, f"hexi/admission/{page}", context, status=422 if refusal else 200)


def _crumbs(before: ScreeningRecord | None) -> list[dict[str, str]]:
    crumbs = [{"label": _("Screenings"), "url": reverse("admission")}]
    if before is not None:
        address = reverse("admission-screening", args=[before.pk])
        crumbs += [
            {"label": before.number, "url": address},
            {"label": _("What if"), "url": ""},
        ]
    else:
        crumbs.append({"label": _("Screen a project"), "url": ""})
    return crumbs


def _typed(book: Rulebook, sent: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, str]:
    """What the sheet shows: as typed where it was filled in, else what was taken over."""
    if _ASKED in sent:
        return {name: str(sent.get(name, "")) for name in book.fields}
    return {name: shown_input(one, base.get(name)) for name, one in book.fields.items()}


def _unchanged(typed: Mapping[str, str], taken: Taken | None) -> dict[str, Any]:
    """Fields that still say what the library says."""
    if taken is None:
        return {}
    book = rulebook()
    return {
        name: value
        for name, value in taken.values.items()
        if typed.get(name) == shown_input(book.fields[name], value)
    }


def _answer(
    book: Rulebook, typed: Mapping[str, str], day: Any
) -> tuple[Shown | None, dict[str, str]]:
    """The answer to the sheet as it stands, or what is wrong by field; nothing for an empty one."""
    read = read_inputs(typed, book)
    faults = {name: str(fault.message) for name, fault in read.faults.items()}
    if not read.values:
        return None, faults
    try:
        found = screened(read.values, day)
    except Refusal as refusal:
        faults |= {part.place: str(part.message) for part in parts_of(refusal)}
        return None, faults
    return shown_answer(found.as_record(), book, space_on(book, day)), faults
