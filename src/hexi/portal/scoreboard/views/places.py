"""The map of lamps (亮灯地图页)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from hexi.portal.core.models import Unit
from hexi.portal.core.scope import viewer
from hexi.portal.scoreboard.models import Shown
from hexi.portal.scoreboard.queries.board import board_rows
from hexi.portal.scoreboard.queries.places import sketch
from hexi.portal.scoreboard.queries.runs import run_line
from hexi.portal.scoreboard.queries.tree import unit_lines
from hexi.portal.scoreboard.views.asked import asked_day, tail_of
from hexi.portal.scoreboard.views.tabs import tabs

__all__ = ["map_page"]


@require_GET
def map_page(request: HttpRequest) -> HttpResponse:
    """Zones where they lie, and the same in a table."""
    asof = asked_day(request)
    rows, tail = board_rows(viewer(request), asof), tail_of(asof)
    drawn = sketch(rows)
    zones = [dot for place in drawn.places for dot in place.dots]
    red = sum(dot.lamp in (Shown.RED, Shown.MISSED) for dot in zones)
    context = {
        "title": ngettext(
            "%(red)d of %(n)d zone or park shows red", "%(red)d of %(n)d zones and parks show red",
            len(zones),
        )
        % {"red": red, "n": len(zones)}
        if zones
        else _("No place of a unit is known"),
        "map": drawn,
        "lamps": [{"value": x.value, "label": str(x.label)} for x in Shown],
        "unit_lines": unit_lines(
            rows, Unit.objects.filter(parent=None).order_by("order").first(), tail
        ),
        "run": run_line(asof),
        "asof": asof.isoformat() if asof else "",
        "tabs": tabs(request, "map", tail),
    }  # fmt: skip
    return render(request, "hexi/scoreboard/map.html", context)
