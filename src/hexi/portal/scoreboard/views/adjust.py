"""Adjusting a target (目标调整页): what changes, by whose decision, and why."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from hexi.portal.core.refusal import NotPermitted
from hexi.portal.core.scope import viewer
from hexi.portal.core.views.steps import done
from hexi.portal.scoreboard.acts.adjust_target import Change, adjust_target, may_adjust
from hexi.portal.scoreboard.queries.lines import monitored_line
from hexi.portal.scoreboard.queries.target_page import one_target

__all__ = ["adjust"]

_FIELDS = ("value", "end", "withdraw", "reason", "authority", "document")


@require_http_methods(["GET", "POST"])
def adjust(request: HttpRequest, target_id: int) -> HttpResponse:
    """The form, and what becomes of it."""
    if request.method == "GET":
        return _show(request, target_id, [])
    given = {key: request.POST.get(key, "") for key in _FIELDS}
    return done(
        request,
        lambda: adjust_target(
            target_id,
            Change(given["value"], given["end"], withdraw=bool(given["withdraw"])),
            reason=given["reason"],
            authority=given["authority"],
            document=given["document"],
            by=viewer(request),
            at=timezone.now(),
        ),
        lazy("The target is adjusted. What stood before stays beside it."),
        lambda faults: _show(request, target_id, faults),
        "monitored-target",
        target_id,
    )


def _show(request: HttpRequest, target_id: int, faults: list[dict[str, str]]) -> HttpResponse:
    person = viewer(request)
    row = one_target(target_id, person)
    if not may_adjust(row, person):
        raise NotPermitted
    line = monitored_line(row, row.latest)
    context = {
        "title": _("Adjust %(target)s") % {"target": f"{line.indicator} {line.target_period}"},
        "crumbs": [
            {"label": _("Scoreboard"), "url": reverse("scoreboard")},
            {"label": line.indicator, "url": line.url},
            {"label": _("Adjust"), "url": ""},
        ],
        "line": line,
        "row": row,
        "given": {key: request.POST.get(key, "") for key in _FIELDS},
        "faults": faults,
    }
    return render(request, "hexi/scoreboard/adjust.html", context)
