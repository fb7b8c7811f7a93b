"""Assessments and schemes (考核列表、考核办法页)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.assessment.acts.start_run import start_run
from hexi.portal.assessment.models import TOLD, Assessed, AssessmentRun, RunKind, RunState
from hexi.portal.assessment.pack_rules import schemes_in_use
from hexi.portal.assessment.queries.candidates import assessors, practice_choice
from hexi.portal.assessment.queries.opening import title_of
from hexi.portal.assessment.queries.scheme_page import scheme_lines, scheme_tree
from hexi.portal.assessment.said import assumptions, either, named
from hexi.portal.core.lists import choices, paged
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.scope import viewer
from hexi.portal.core.views.steps import SHOWN, faults_of

__all__ = ["listing", "scheme_page", "start"]

_PAGE = 50


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Runs that the person may see, own results, and the schemes."""
    return _show(request, [])


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Start a run and go to it."""
    sent, year = request.POST, request.POST.get("year", "")
    try:
        made = start_run(
            sent.get("scheme", ""),
            int(year) if year.isdecimal() else 0,
            sent.get("unit", ""),
            by=viewer(request),
            at=timezone.now(),
            practice="practice" in sent,
        )
    except Refusal as refusal:
        if refusal.status not in SHOWN:
            raise
        response = _show(request, faults_of(refusal))
        response.status_code = refusal.status
        return response
    if made.is_practice:
        messages.success(request, _("The practice run has its made-up figures. Compute it next."))
    else:
        messages.success(request, _("The run was started. Load the data next."))
    return redirect("assessment-run", made.pk)


def _show(request: HttpRequest, faults: list[dict[str, str]]) -> HttpResponse:
    person = viewer(request)
    rows = AssessmentRun.objects.visible_to(person).select_related("unit")
    rows = rows.defer("scheme", "data", "result")
    if (state := request.GET.get("state", "")) in RunState.values:
        rows = rows.filter(state=state)
    part, pager = paged(request, rows, _PAGE)
    total = pager.total if pager else len(part)
    schemes = schemes_in_use()
    own = (
        Assessed.objects.visible_to(person)
        .filter(run__state__in=TOLD, unit__in=person.scope_units() if person else [])
        .exclude(run__kind=RunKind.SIMULATION)
        .exclude(run__state=RunState.SUPERSEDED)
    )
    may_start, year = assessors(person), timezone.localdate().year
    first = practice_choice(may_start[:1], year - 1) if not part and not state else None
    context: dict[str, Any] = {
        "title": ngettext("%(n)d assessment", "%(n)d assessments", total) % {"n": total},
        "runs": [_line(run) for run in part],
        "pager": pager,
        "own": [
            {"name": row.name, "title": title_of(row.run), "year": row.run.year,
             "rank": row.rank or "–", "url": reverse("assessment-unit", args=[row.pk])}
            for row in own.select_related("run").defer("run__scheme", "run__data", "run__result")
        ],
        "states": choices(
            request, "state", [("", _("All")), *((v, str(label)) for v, label in RunState.choices)]
        ),
        "filtered": bool(state),
        "staff": person is not None,
        "schemes": scheme_lines(schemes.every),
        "choices": [
            {"id": one, "name": named(schemes.versions(one)[-1].title)} for one in schemes.ids
        ],
        "assessors": [{"code": one.code, "name": name_of(one)} for one in may_start],
        "this_year": year,
        "last_year": year - 1,
        "practice_scheme": first[0] if first else "",
        "practice_unit": first[1] if first else "",
        "faults": faults,
        "sent": request.POST,
    }  # fmt: skip
    return render(request, "hexi/assessment/list.html", context)


def _line(run: AssessmentRun) -> dict[str, Any]:
    return {
        "title": title_of(run),
        "year": run.year,
        "unit": name_of(run.unit),
        "state": run.get_state_display(),
        "simulation": run.is_simulation,
        "practice": run.is_practice,
        "edition": run.edition if run.edition > 1 else 0,
        "url": reverse("assessment-run", args=[run.pk]),
        "by": run.started_by,
    }


@require_GET
def scheme_page(request: HttpRequest, scheme_id: str, version: str) -> HttpResponse:
    """The tree of a scheme with its weights, and what in it is our assumption."""
    try:
        scheme = schemes_in_use().version(scheme_id, version)
    except KeyError as error:
        raise NotFound from error
    context = {
        "title": named(scheme.title),
        "crumbs": [
            {"label": _("Assessment"), "url": reverse("assessments")},
            {"label": named(scheme.title), "url": ""},
        ],
        "scheme": scheme,
        "years": f"{scheme.since}–{scheme.until or ''}",
        "assumptions": assumptions(scheme),
        **scheme_tree(scheme),
        "points": [
            {"name": named(one.name), "each": f"{one.each:+g}".replace("-", "−"),
             "cap": "" if one.cap is None else f"{one.cap:g}"}
            for one in scheme.points
        ],
        "vetoes": [either(one.name.zh, one.name.en) for one in scheme.vetoes],
        "grades": [(named(name), f"{least:g}") for name, least in scheme.grades],
    }  # fmt: skip
    return render(request, "hexi/assessment/scheme.html", context)
