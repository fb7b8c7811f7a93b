"""The list of screenings and one of them (筛查记录页): result, rules, overrides, reprints."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.admission.acts.override_rule import override_rule
from hexi.portal.admission.acts.withdraw_override import withdraw_override
from hexi.portal.admission.models import ScreeningRecord
from hexi.portal.admission.queries.paper import paper_of
from hexi.portal.admission.queries.screenings import (
    export_head,
    export_rows,
    filtered,
    lines_of,
    one_screening,
)
from hexi.portal.admission.queries.sheet import groups_of
from hexi.portal.admission.queries.shown import shown_answer
from hexi.portal.admission.rulebook import lang, rulebook, space_on
from hexi.portal.admission.said import RESULTS
from hexi.portal.admission.views.asked import day_read
from hexi.portal.admission.views.tabs import tabs
from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.exports import FORMATS, attachment, table_response
from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.lists import choices, paged
from hexi.portal.core.models import Event, Person
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.reports import admission_docx, admission_json, admission_xlsx

__all__ = ["document", "export", "one", "override", "screenings", "withdraw"]

_PAGE = 50


@require_GET
def screenings(request: HttpRequest) -> HttpResponse:
    """The list."""
    person = require(viewer(request), Permission.SEE_PROJECTS)
    rows = filtered(person, request.GET)
    part, pager = paged(request, rows, _PAGE)
    total = pager.total if pager else len(part)
    address = request.GET.urlencode()
    context = {
        "title": ngettext("%(n)d screening", "%(n)d screenings", total) % {"n": total},
        "tabs": tabs(request, "admission"),
        "screenings": lines_of(part),
        "query": request.GET.get("q", ""),
        "results": choices(
            request, "result", [("", _("All")), *((k, str(v)) for k, v in RESULTS.items())]
        ),
        "filtered": any(request.GET.get(key) for key in ("q", "result", "unit", "project")),
        "pager": pager,
        "may_screen": person.grants(Permission.SCREEN),
        "exports": [
            {"label": s.upper(), "url": f"{reverse('admission-export', args=[s])}?{address}"}
            for s in FORMATS
        ],
    }
    page = "_screening_rows.html" if by_htmx(request) else "list.html"
    return render(request, f"hexi/admission/{page}", context)


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The list as a file."""
    person = require(viewer(request), Permission.SEE_PROJECTS)
    lines = lines_of(filtered(person, request.GET))
    return table_response(suffix, "screenings", _("Screenings"), export_head(), export_rows(lines))


@require_GET
def one(request: HttpRequest, screening_id: int) -> HttpResponse:
    """One record."""
    return _page(request, one_screening(screening_id, viewer(request)))


def _page(
    request: HttpRequest,
    row: ScreeningRecord,
    refusal: Refusal | None = None,
) -> HttpResponse:
    person, book = viewer(request), rulebook()
    space, overrides = space_on(book, row.day), list(row.overrides.all())
    shown = shown_answer(row.answer, book, space, overrides)
    events = Event.objects.filter(object_type="screeningrecord", object_id=str(row.pk))
    context: dict[str, Any] = {
        "title": f"{row.called}: {shown.result_label}",
        "crumbs": [
            {"label": _("Screenings"), "url": reverse("admission")},
            {"label": row.number, "url": ""},
        ],
        "row": row,
        "unit": name_of(row.unit),
        "answer": shown,
        "overrides": overrides,
        "groups": groups_of(book, space, book.in_force(row.day), row.inputs),
        "newer": _newer(row, person),
        "edition_now": book.edition,
        "can": _may(person, row),
        "asked": request.GET.get("override", ""),
        "faults": [refusal.as_record()] if refusal else [],
        "sent": request.POST,
        "today": timezone.localdate().isoformat(),
        "events": event_lines(events),
    }
    status = refusal.status if refusal else 200
    return render(request, "hexi/admission/screening.html", context, status=status)


def _newer(row: ScreeningRecord, person: Person | None) -> ScreeningRecord | None:
    """A later record of the same project."""
    if row.project_id is None:
        return None
    later: ScreeningRecord | None = (
        ScreeningRecord.objects.visible_to(person)
        .filter(project=row.project_id, pk__gt=row.pk)
        .first()
    )
    return later


def _may(person: Person | None, row: ScreeningRecord) -> dict[str, bool]:
    inside = person is not None and person.covers(row.unit_path)
    decide = inside and person is not None and person.grants(Permission.OVERRIDE_ADMISSION)
    return {
        "screen": inside and person is not None and person.grants(Permission.SCREEN),
        "override": decide and person is not None and person.pk != row.who,
        "withdraw": decide,
        "own": decide and person is not None and person.pk == row.who,
    }


@require_POST
def override(request: HttpRequest, screening_id: int) -> HttpResponse:
    """Set one rule aside."""
    sent = request.POST
    try:
        day = day_read(sent.get("day"), "day")
        override_rule(
            screening_id,
            sent.get("rule", ""),
            reason=sent.get("reason", ""),
            document=sent.get("document", ""),
            day=day if day is not None else date.min,
            by=viewer(request),
            at=timezone.now(),
        )
    except Refusal as refusal:
        if refusal.status not in (409, 422):
            raise
        return _page(request, one_screening(screening_id, viewer(request)), refusal)
    messages.success(request, _("The rule is set aside for this record."))
    return redirect("admission-screening", screening_id)


@require_POST
def withdraw(request: HttpRequest, screening_id: int, override_id: int) -> HttpResponse:
    """Withdraw an override."""
    row = one_screening(screening_id, viewer(request))
    if not row.overrides.filter(pk=override_id).exists():
        raise NotFound
    try:
        withdraw_override(
            override_id,
            reason=request.POST.get("reason", ""),
            by=viewer(request),
            at=timezone.now(),
        )
    except Refusal as refusal:
        if refusal.status not in (409, 422):
            raise
        return _page(request, row, refusal)
    messages.success(request, _("The override was withdrawn; the rule counts again."))
    return redirect("admission-screening", screening_id)


@require_GET
def document(request: HttpRequest, screening_id: int, suffix: str) -> HttpResponse:
    """The record as Word, workbook or data, in the reader's language."""
    row = one_screening(screening_id, viewer(request))
    paper = paper_of(row)
    makers = {
        "docx": admission_docx.render,
        "xlsx": admission_xlsx.render,
        "json": admission_json.render,
    }
    if suffix not in makers:
        raise NotFound
    content = makers[suffix](paper, language=lang(), at=row.at)
    return attachment(content, f"hexi-{row.number}.{suffix}")
