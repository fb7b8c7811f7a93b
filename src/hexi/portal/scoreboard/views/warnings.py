"""Warnings (预警): the list, and how often warnings were right."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from hexi.portal.core.exports import file_links, table_response
from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.lists import choices, paged
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.portal.scoreboard.models import EarlyWarning, WarningState
from hexi.portal.scoreboard.queries.track_record import track_record_of
from hexi.portal.scoreboard.queries.warning_lines import KINDS, warning_lines
from hexi.portal.scoreboard.queries.warnings import (
    filtered_warnings,
    to_answer,
    to_close,
    whole,
)
from hexi.portal.scoreboard.views.asked import today
from hexi.portal.scoreboard.views.tabs import tabs

__all__ = ["export", "listing", "rates"]

PAGE = 100
_FILTERS = ("q", "state", "kind", "unit")


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What waits for oneself first, then every warning one may see."""
    person = require(viewer(request), Permission.SEE_WARNINGS)
    everything = EarlyWarning.objects.visible_to(person)
    asked = {key: request.GET.get(key, "") for key in _FILTERS}
    rows = filtered_warnings(whole().visible_to(person), asked, today())
    part, pager = paged(request, rows.order_by("state_order", "deadline", "pk"), PAGE)
    late = everything.filter(state=WarningState.OPEN, deadline__lt=today()).count()
    opened = everything.filter(state=WarningState.OPEN).count()
    context = {
        "title": _title(opened, late),
        "answer": warning_lines(to_answer(person)[:PAGE], today()),
        "close": warning_lines(to_close(person)[:PAGE], today()),
        "warnings": warning_lines(part, today()),
        "pager": pager,
        "query": asked["q"],
        "states": choices(request, "state", _states(everything, opened, late)),
        "kinds": choices(
            request, "kind", [("", _("All kinds")), *((k, str(v)) for k, v in KINDS.items())]
        ),
        "exports": file_links(request, "warnings-export"),
        "filtered": any(asked.values()),
        "tabs": tabs(request, "warnings"),
    }
    template = "_warning_rows.html" if by_htmx(request) else "warnings.html"
    return render(request, f"hexi/scoreboard/{template}", context)


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The list as a file."""
    person = require(viewer(request), Permission.SEE_WARNINGS)
    asked = {key: request.GET.get(key, "") for key in _FILTERS}
    rows = filtered_warnings(whole().visible_to(person), asked, today())
    head = [
        _("Target"), _("Plan"), _("Unit"), _("Warning"), _("State"), _("Deadline"), _("Answers"),
        _("Levels risen"), _("Reason"), _("Answer"), _("As of"),
    ]  # fmt: skip
    body = [
        [
            x.target, x.plan, x.unit, x.kind, x.state_label, x.deadline, x.owner,
            str(x.escalated), x.reason, x.answer, x.as_of,
        ]
        for x in warning_lines(rows.order_by("state_order", "deadline", "pk"), today())
    ]  # fmt: skip
    return table_response(suffix, "warnings", _("Warnings"), head, body)


@require_GET
def rates(request: HttpRequest) -> HttpResponse:
    """False alarms and misses of the warnings that were raised so far."""
    person = require(viewer(request), Permission.SEE_WARNINGS)
    kept = track_record_of(person)
    context = {
        "title": kept.title,
        "kept": kept,
        "tabs": tabs(request, "rates"),
    }
    return render(request, "hexi/scoreboard/rates.html", context)


def _title(opened: int, late: int) -> str:
    if not opened:
        return _("No warning waits for an answer")
    said = ngettext("%(n)d warning to answer", "%(n)d warnings to answer", opened) % {"n": opened}
    if not late:
        return said
    return _("%(said)s, %(late)d of them late") % {"said": said, "late": late}


def _states(rows: Any, opened: int, late: int) -> list[tuple[str, str, int]]:
    counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    return [
        ("", _("All"), sum(counts.values())),
        ("open", str(WarningState.OPEN.label), opened),
        ("late", _("Late"), late),
        *((s.value, str(s.label), counts.get(s.value, 0))
          for s in (WarningState.ANSWERED, WarningState.CLOSED)),
    ]  # fmt: skip
