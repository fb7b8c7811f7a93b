"""The scoreboard (监测台): all targets by lamp, by plan and by unit, with filters and exports."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_GET

from hexi.portal.core.exports import FORMATS, table_response
from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.lists import choices, columns, paged
from hexi.portal.core.models import Unit
from hexi.portal.core.names import name_of, named_by
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.scope import viewer
from hexi.portal.plans.queries import words
from hexi.portal.scoreboard.models import Shown
from hexi.portal.scoreboard.queries.board import (
    LampCounts,
    board_rows,
    filtered,
    lamp_counts,
    sorted_rows,
    standings_of,
)
from hexi.portal.scoreboard.queries.lines import MonitoredLine, monitored_line
from hexi.portal.scoreboard.queries.runs import run_line
from hexi.portal.scoreboard.queries.tree import crumbs_to, plan_lines, unit_lines
from hexi.portal.scoreboard.views.asked import asked_day, tail_of
from hexi.portal.scoreboard.views.tabs import tabs

__all__ = ["board", "by_plan", "export", "headline", "lines_of", "unit_page"]

PAGE = 100
_COLUMNS = [
    ("lamp", lazy("Lamp"), False),
    ("indicator", lazy("Indicator"), False),
    ("unit", pgettext_lazy("of account", "Unit"), False),
    ("actual", lazy("Actual"), True),
    ("expected", lazy("Due by now"), True),
    ("target", lazy("Target"), True),
    ("period", lazy("Due"), False),
    ("p", lazy("Chance"), True),
    ("plan", lazy("Plan"), False),
]
_SORTED = frozenset({"lamp", "indicator", "unit", "period", "p", "plan"})
_FILTERS = ("q", "lamp", "plan", "unit", "nature")


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """All targets one may see."""
    person, asof = viewer(request), asked_day(request)
    everything = board_rows(person, asof)
    context = {
        **_table(request, everything, asof),
        "plans": _counted(request, everything, "plan", "plan__title", _("All plans")),
        "units": _counted(request, everything, "unit__code", f"unit__{named_by()}",
                          _("All units"), "unit"),
        "tabs": tabs(request, "targets", tail_of(asof)),
    }  # fmt: skip
    if by_htmx(request):
        return render(request, "hexi/scoreboard/_rows.html", context)
    narrowed = any(request.GET.get(key) for key in (*_FILTERS, "indicator") if key != "lamp")
    context["title"] = headline(lamp_counts(everything) if narrowed else context["counts"])
    return render(request, "hexi/scoreboard/board.html", context)


@require_GET
def unit_page(request: HttpRequest, code: str) -> HttpResponse:
    """One unit's subtree: its lamps, the units below it, and their targets."""
    unit = Unit.objects.select_related("parent").filter(code=code).first()
    if unit is None:
        raise NotFound
    asof = asked_day(request)
    rows = board_rows(viewer(request), asof).filter(unit__path__startswith=unit.path)
    tail = tail_of(asof)
    context = {
        **_table(request, rows, asof),
        "unit": unit,
        "below": unit_lines(rows, unit, tail),
        "crumbs": [
            {"label": _("Scoreboard"), "url": reverse("scoreboard") + tail},
            *crumbs_to(unit.parent, tail),
            {"label": name_of(unit), "url": ""},
        ],
    }
    if by_htmx(request):
        return render(request, "hexi/scoreboard/_rows.html", context)
    sentence = {"unit": name_of(unit), "sentence": headline(lamp_counts(rows))}
    context["title"] = _("%(unit)s: %(sentence)s") % sentence
    return render(request, "hexi/scoreboard/unit.html", context)


@require_GET
def by_plan(request: HttpRequest) -> HttpResponse:
    """Plans and units by lamp, on one page."""
    asof = asked_day(request)
    rows, tail = board_rows(viewer(request), asof), tail_of(asof)
    context = {
        "title": headline(lamp_counts(rows)),
        "plan_lines": plan_lines(rows, tail),
        "unit_lines": unit_lines(rows, None, tail),
        "asof": asof.isoformat() if asof else "",
        "run": run_line(asof),
        "tabs": tabs(request, "plans", tail),
    }
    return render(request, "hexi/scoreboard/plans.html", context)


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The table as a file, with the filters and the order of the page."""
    asof = asked_day(request)
    rows = filtered(board_rows(viewer(request), asof), request.GET)
    head = [
        _("Lamp"), _("Indicator"), _("Unit"), _("Kind"), _("Unit of measure"), _("Base"),
        _("Base period"), _("Actual"), _("Actual period"), _("Due by now"), _("Target"),
        _("Period"), _("Chance"), _("Grade"), _("Plan"), _("Responsible"), _("Adjusted"),
        _("As of"), _("Reason"),
    ]  # fmt: skip
    body = [
        [
            x.lamp_label, x.indicator, x.unit, x.nature_label, x.unit_of_measure, x.base,
            x.base_period, x.actual, x.actual_period, x.expected, x.target, x.target_period,
            x.chance, x.grade_label, x.plan, x.responsible, _("yes") if x.adjusted else "",
            x.as_of, x.reason,
        ]
        for x in lines_of(sorted_rows(rows, request.GET.get("sort", "")), asof)
    ]  # fmt: skip
    return table_response(suffix, "scoreboard", _("Scoreboard"), head, body)


def headline(counts: LampCounts) -> str:
    """How many burn red, in one sentence."""
    if not counts.total:
        return _("No target is under monitoring yet")
    running = ngettext(
        "%(red)d of %(n)d running target is at risk",
        "%(red)d of %(n)d running targets are at risk",
        counts.running,
    ) % {"red": counts.red, "n": counts.running}
    ended = ngettext(
        "%(missed)d of %(n)d finished target was missed",
        "%(missed)d of %(n)d finished targets were missed",
        counts.known,
    ) % {"missed": counts.missed, "n": counts.known}
    if not counts.known and not counts.running:
        return ngettext(
            "%(n)d finished target, none with figures",
            "%(n)d finished targets, none with figures",
            counts.over,
        ) % {"n": counts.over}
    if not counts.running:
        return ended
    if not counts.known:
        return running
    return _("%(running)s; %(ended)s") % {"running": running, "ended": ended}


def lines_of(rows: Any, asof: date | None) -> list[MonitoredLine]:
    """The lines of these rows with their standings, in two queries."""
    page = list(rows)
    found = standings_of(page)
    day = asof.isoformat() if asof else ""
    return [monitored_line(row, found.get(row.pk), day) for row in page]


def _table(request: HttpRequest, everything: Any, asof: date | None) -> dict[str, Any]:
    """The table with its filters; each lamp's number is that of the list behind it."""
    asked = {key: request.GET.get(key, "") for key in (*_FILTERS, "indicator")}
    counts = lamp_counts(filtered(everything, {**asked, "lamp": ""}))
    rows = filtered(everything, asked)
    part, pager = paged(request, sorted_rows(rows, request.GET.get("sort", "")), PAGE)
    shown = columns(request, [c for c in _COLUMNS if c[0] in _SORTED], "lamp")
    heads = {column.key: column for column in shown}
    query = request.GET.urlencode()
    return {
        "targets": lines_of(part, asof),
        "columns": [
            heads.get(key) or {"key": key, "label": label, "numeric": numeric}
            for key, label, numeric in _COLUMNS
        ],
        "lamps": choices(
            request,
            "lamp",
            [
                ("", _("All lamps"), counts.total),
                *((lamp.value, str(lamp.label), getattr(counts, lamp.value)) for lamp in Shown),
            ],
        ),
        "natures": choices(
            request,
            "nature",
            [("", _("All kinds")), *((k, str(v)) for k, v in words.KINDS.items())],
        ),
        "query": request.GET.get("q", ""),
        "counts": counts,
        "pager": pager,
        "asof": asof.isoformat() if asof else "",
        "run": run_line(asof),
        "exports": [
            {
                "label": s.upper(),
                "url": reverse("scoreboard-export", args=[s]) + (f"?{query}" if query else ""),
            }
            for s in FORMATS
        ],
        "filtered": any(request.GET.get(key) for key in _FILTERS),
    }


def _counted(
    request: HttpRequest, rows: Any, value: str, label: str, everything: str, key: str = ""
) -> list[Any]:
    counted = (
        rows.exclude(**{value: None}).order_by(label).values_list(value, label)
        .annotate(n=Count("pk"))
    )  # fmt: skip
    entries = [(str(code), name, number) for code, name, number in counted]
    return choices(request, key or value, [("", everything), *entries])
