"""Entering a project in statistics from its page (项目页入统、退统)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from hexi.portal.core.refusal import Refusal
from hexi.portal.core.scope import viewer
from hexi.portal.core.views.steps import as_day, done
from hexi.portal.projects.acts.enter_statistics import enter_statistics, leave_statistics
from hexi.portal.projects.views.project import show

__all__ = ["enter", "leave"]


@require_POST
def enter(request: HttpRequest, project_id: int) -> HttpResponse:
    """Name the row of the register that reports it, and since when."""
    sent, by, at = request.POST, viewer(request), timezone.now()

    def act() -> None:
        since = as_day(sent.get("since", ""))
        if since is None:
            raise Refusal(
                "day_missing", _("The day is missing."), _("Say on which day it was."),
                place="since",
            )  # fmt: skip
        enter_statistics(project_id, sent.get("reporting", ""), since, by=by, at=at)

    return done(
        request,
        act,
        _("The project is in statistics."),
        lambda faults: show(request, project_id, faults),
        "project",
        project_id,
    )


@require_POST
def leave(request: HttpRequest, project_id: int) -> HttpResponse:
    """It was the wrong row, or it was struck from the register."""
    reason, by, at = request.POST.get("reason", ""), viewer(request), timezone.now()
    return done(
        request,
        lambda: leave_statistics(project_id, reason=reason, by=by, at=at),
        _("The project was taken out of statistics."),
        lambda faults: show(request, project_id, faults),
        "project",
        project_id,
    )
