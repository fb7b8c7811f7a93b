"""Steps of a run (考核办理): load, fill, correct, compute, show, publish, archive, drop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from hexi.portal.assessment.acts.amend_run import amend_run
from hexi.portal.assessment.acts.archive_run import archive_run
from hexi.portal.assessment.acts.compute_run import compute_run
from hexi.portal.assessment.acts.correct_value import correct_value
from hexi.portal.assessment.acts.drop_run import drop_run
from hexi.portal.assessment.acts.load_known import load_known
from hexi.portal.assessment.acts.load_sheet import LIMITS, load_sheet
from hexi.portal.assessment.acts.publish_run import publish_run
from hexi.portal.assessment.acts.review_run import review_run
from hexi.portal.assessment.queries.opening import own_run
from hexi.portal.assessment.views.run import show
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.scope import viewer
from hexi.portal.core.views.steps import SHOWN, done, faults_of

__all__ = ["amend", "correct", "known", "load", "step"]

_STEPS: dict[str, tuple[Callable[..., Any], Any]] = {
    "compute": (compute_run, lazy("The run was computed.")),
    "review": (review_run, lazy("The result is shown to the assessed; they may object.")),
    "publish": (publish_run, lazy("The ranking is published.")),
    "archive": (archive_run, lazy("The run is archived.")),
}


def _do(request: HttpRequest, run_id: int, act: Callable[[], Any], said: Any) -> HttpResponse:
    return done(
        request,
        act,
        said,
        lambda faults: show(request, own_run(run_id, viewer(request)), faults),
        "assessment-run",
        run_id,
    )


@require_POST
def load(request: HttpRequest, run_id: int) -> HttpResponse:
    """Load a filled sheet; what is wrong in it is told cell by cell."""
    by, at, file = viewer(request), timezone.now(), request.FILES.get("file")

    def act() -> None:
        for refused in getattr(request, "hexi_refused", ()):
            raise refused
        if file is None or (file.size or 0) > LIMITS.file_bytes:
            raise Refusal(
                "no_file",
                lazy("No file arrived, or it is larger than 4 MB."),
                lazy("Choose the filled sheet as xlsx or csv."),
                place="file",
            )
        load_sheet(run_id, file.read(), str(file.name or "")[:120], by=by, at=at)

    return _do(request, run_id, act, lazy("The data were loaded. Compute the run next."))


@require_POST
def known(request: HttpRequest, run_id: int) -> HttpResponse:
    """Fill gaps from what is published."""
    by, at = viewer(request), timezone.now()
    return _do(
        request,
        run_id,
        lambda: load_known(run_id, by=by, at=at),
        lazy("Published figures were put into the gaps."),
    )


@require_POST
def correct(request: HttpRequest, run_id: int) -> HttpResponse:
    """Correct one value."""
    sent, by, at = request.POST, viewer(request), timezone.now()
    return _do(
        request,
        run_id,
        lambda: correct_value(
            run_id,
            sent.get("unit", ""),
            sent.get("item", ""),
            sent.get("value", ""),
            sent.get("reason", ""),
            by=by,
            at=at,
        ),
        lazy("The value was corrected. Compute the run again."),
    )


@require_POST
def amend(request: HttpRequest, run_id: int) -> HttpResponse:
    """Begin a corrected edition of what is published, and go to it."""
    by, reason = viewer(request), request.POST.get("reason", "")
    try:
        made = amend_run(run_id, reason, by=by, at=timezone.now())
    except Refusal as refusal:
        if refusal.status not in SHOWN:
            raise
        return show(request, own_run(run_id, by), faults_of(refusal), refusal.status)
    messages.success(
        request, _("A new edition was begun. Correct its data, compute, show and publish it.")
    )
    return redirect("assessment-run", made.pk)


@require_POST
def step(request: HttpRequest, run_id: int) -> HttpResponse:
    """One of the steps that need nothing but the decision."""
    name, by, at = request.POST.get("step", ""), viewer(request), timezone.now()
    if name == "drop":
        drop_run(run_id, by=by, at=at)
        return redirect("assessments")
    if name not in _STEPS:
        raise NotFound
    act, said = _STEPS[name]
    return _do(request, run_id, lambda: act(run_id, by=by, at=at), said)
