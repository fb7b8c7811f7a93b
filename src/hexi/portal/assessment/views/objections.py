"""Objections (申诉页): all of a run, filing one, answering one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.assessment.acts.answer_objection import answer_objection
from hexi.portal.assessment.acts.file_objection import file_objection
from hexi.portal.assessment.models import Assessed, AssessmentRun, Objection, ObjectionState
from hexi.portal.assessment.queries.opening import crumbs_of, may_on, own_run, title_of
from hexi.portal.assessment.queries.run_page import item_names
from hexi.portal.assessment.views.unit import shown
from hexi.portal.core.scope import one_visible, viewer
from hexi.portal.core.views.steps import done

__all__ = ["answer", "file", "listing"]


@require_GET
def listing(request: HttpRequest, run_id: int) -> HttpResponse:
    """What the assessed hold against the result."""
    return _show(request, own_run(run_id, viewer(request)), [])


def _show(request: HttpRequest, run: AssessmentRun, faults: list[dict[str, str]]) -> HttpResponse:
    person = viewer(request)
    rows = Objection.objects.visible_to(person).filter(assessed__run=run)
    rows = rows.select_related("assessed")
    waiting = sum(1 for one in rows if one.state == ObjectionState.OPEN)
    context = {
        "title": ngettext(
            "%(n)d objection waits for an answer", "%(n)d objections wait for an answer", waiting
        )
        % {"n": waiting},
        "crumbs": crumbs_of(run, _("Objections")),
        "run": run,
        "name": title_of(run),
        "objections": rows,
        "item_names": item_names(run.scheme_of),
        "can": may_on(person, run),
        "answers": [
            (ObjectionState.UPHELD.value, ObjectionState.UPHELD.label),
            (ObjectionState.REJECTED.value, ObjectionState.REJECTED.label),
        ],
        "faults": faults,
        "sent": request.POST,
    }
    return render(request, "hexi/assessment/objections.html", context)


@require_POST
def file(request: HttpRequest, assessed_id: int) -> HttpResponse:
    """File one from the page of the explanation."""
    sent, by, at = request.POST, viewer(request), timezone.now()
    row: Assessed = one_visible(
        Assessed.objects.select_related("run__unit", "unit"), by, pk=assessed_id
    )
    return done(
        request,
        lambda: file_objection(
            assessed_id,
            sent.get("text", ""),
            item=sent.get("item", ""),
            evidence=sent.get("evidence", ""),
            by=by,
            at=at,
        ),
        lazy("The objection was filed; the answer will stand here."),
        lambda faults: shown(request, row, faults),
        "assessment-unit",
        assessed_id,
    )


@require_POST
def answer(request: HttpRequest, objection_id: int) -> HttpResponse:
    """Answer one."""
    sent, by, at = request.POST, viewer(request), timezone.now()
    row: Objection = one_visible(
        Objection.objects.select_related("assessed__run__unit"), by, pk=objection_id
    )
    run = row.assessed.run
    return done(
        request,
        lambda: answer_objection(
            objection_id, sent.get("state", ""), sent.get("answer", ""), by=by, at=at
        ),
        lazy("The objection was answered."),
        lambda faults: _show(request, run, faults),
        "assessment-objections",
        run.pk,
    )
