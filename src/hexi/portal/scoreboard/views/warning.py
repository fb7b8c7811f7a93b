"""One warning (预警页): what it rests on, its answer, and who closes it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.models import Event, Person
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.portal.core.views.steps import done
from hexi.portal.plans.queries import words
from hexi.portal.scoreboard.acts.answer_warning import answer_warning, may_answer
from hexi.portal.scoreboard.acts.close_warning import close_warning, may_close
from hexi.portal.scoreboard.models import EarlyWarning
from hexi.portal.scoreboard.queries.lines import monitored_line
from hexi.portal.scoreboard.queries.warning_lines import warning_line
from hexi.portal.scoreboard.queries.warnings import one_warning
from hexi.portal.scoreboard.queries.wording import texts
from hexi.portal.scoreboard.sweep.firms import names_for
from hexi.portal.scoreboard.views.asked import today

__all__ = ["answer", "close", "page"]


@require_GET
def page(request: HttpRequest, warning_id: int) -> HttpResponse:
    """The warning with its grounds and its course."""
    return _show(request, warning_id, [])


@require_POST
def answer(request: HttpRequest, warning_id: int) -> HttpResponse:
    """Answer it."""
    person, text = viewer(request), request.POST.get("answer", "")
    return done(
        request,
        lambda: answer_warning(warning_id, text, by=person, at=timezone.now()),
        lazy("The answer has been put down."),
        lambda faults: _show(request, warning_id, faults),
        "warning",
        warning_id,
    )


@require_POST
def close(request: HttpRequest, warning_id: int) -> HttpResponse:
    """Close it."""
    person, text = viewer(request), request.POST.get("reason", "")
    return done(
        request,
        lambda: close_warning(warning_id, text, by=person, at=timezone.now()),
        lazy("The warning is closed."),
        lambda faults: _show(request, warning_id, faults),
        "warning",
        warning_id,
    )


def _show(request: HttpRequest, warning_id: int, faults: list[dict[str, str]]) -> HttpResponse:
    person = require(viewer(request), Permission.SEE_WARNINGS)
    row = one_warning(warning_id, person)
    line = warning_line(row, today())
    events = Event.objects.filter(object_type="earlywarning", object_id=str(row.pk))
    context: dict[str, Any] = {
        "title": _("%(kind)s: %(target)s") % {"kind": line.kind, "target": line.target},
        "crumbs": [
            {"label": _("Scoreboard"), "url": reverse("scoreboard")},
            {"label": _("Warnings"), "url": reverse("warnings")},
            {"label": line.target, "url": ""},
        ],
        "row": row,
        "line": line,
        "target": monitored_line(row.target, row.target.latest),
        "reasons": texts(row.record.get("reasons", ())),
        "firms": _firms(row, person),
        "raised": words.when(row.raised_at),
        "answered": words.when(row.answered_at),
        "closed": words.when(row.closed_at),
        "desk": name_of(row.desk) if row.desk else "",
        "events": event_lines(events[:40]),
        "may_answer": may_answer(row, person),
        "may_close": may_close(row, person),
        "typed": request.POST.get("answer", row.answer),
        "faults": faults,
    }
    return render(request, "hexi/scoreboard/warning.html", context)


def _firms(row: EarlyWarning, person: Person) -> list[str]:
    """The enterprises that the warning is about, as far as this person may see them."""
    figures = row.record.get("figures", {})
    marks = str(figures.get("names") or figures.get("name") or "").split("、")
    return names_for(marks, person)
