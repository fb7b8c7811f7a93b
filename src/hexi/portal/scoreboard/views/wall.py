"""The wall (会议大屏): lamps for a meeting room, without chrome, renewing itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.lists import choices
from hexi.portal.core.models import Unit
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.scope import viewer
from hexi.portal.scoreboard.models import Shown
from hexi.portal.scoreboard.queries.board import board_rows, lamp_counts, sorted_rows
from hexi.portal.scoreboard.queries.runs import run_line
from hexi.portal.scoreboard.queries.tree import unit_lines
from hexi.portal.scoreboard.views.board import headline, lines_of

__all__ = ["wall"]

#: what can be read from the end of the table
_TARGETS, _UNITS = 9, 9
_BURNING = (Shown.RED, Shown.MISSED, Shown.YELLOW)


@require_GET
def wall(request: HttpRequest) -> HttpResponse:
    """Lamps, units and the targets that burn, in type that can be read across a room."""
    rows = board_rows(viewer(request))
    unit = None
    if code := request.GET.get("unit"):
        unit = Unit.objects.filter(code=code).first()
        if unit is None:
            raise NotFound
        rows = rows.filter(unit__path__startswith=unit.path)
    counts = lamp_counts(rows)
    burning = sorted_rows(rows.filter(shown_lamp__in=_BURNING), "lamp")
    below = sorted(
        unit_lines(rows, unit or Unit.objects.filter(parent=None).order_by("order").first()),
        key=lambda line: (-line.counts.red - line.counts.missed, -line.counts.total),
    )
    context = {
        "title": headline(counts),
        "place": name_of(unit) if unit else _("All units"),
        "counts": counts,
        "lamps": choices(
            request, "lamp", [(x.value, str(x.label), getattr(counts, x.value)) for x in Shown]
        ),
        "targets": lines_of(burning[:_TARGETS], None),
        "units": below[:_UNITS],
        "run": run_line(None),
        "back": reverse("scoreboard"),
    }
    template = "_wall.html" if by_htmx(request) else "wall.html"
    return render(request, f"hexi/scoreboard/{template}", context)
