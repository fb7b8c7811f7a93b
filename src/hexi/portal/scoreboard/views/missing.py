"""Figures needed (缺数清单): what to ask for so that targets leave the grey lamp."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from hexi.portal.core.exports import FORMATS, table_response
from hexi.portal.core.lists import choices, paged
from hexi.portal.core.names import named_by
from hexi.portal.core.scope import viewer
from hexi.portal.scoreboard.models import Shown
from hexi.portal.scoreboard.queries.board import board_rows
from hexi.portal.scoreboard.queries.needs import Need, needs
from hexi.portal.scoreboard.views.tabs import tabs

__all__ = ["export", "missing"]

PAGE = 200
_UNSEEN = (Shown.GREY, Shown.OVER)
#: nobody reads further; the export has the same limit, and says so
MOST = 5000


@require_GET
def missing(request: HttpRequest) -> HttpResponse:
    """Every missing figure once, with the number of targets that wait for it."""
    grey = board_rows(viewer(request)).filter(shown_lamp__in=_UNSEEN)
    found = _needs(grey, request)
    part, pager = paged(request, found, PAGE)
    units = grey.exclude(unit=None).order_by("unit__order")
    names = units.values_list("unit__code", f"unit__{named_by()}").distinct()
    query = request.GET.urlencode()
    context = {
        "title": ngettext(
            "%(n)d figure would light a grey lamp", "%(n)d figures would light grey lamps",
            len(found),
        )
        % {"n": len(found)},
        "needs": part,
        "pager": pager,
        "units": choices(
            request, "unit", [("", _("All units")), *((str(c), str(n)) for c, n in names)]
        ),
        "exports": [
            {
                "label": s.upper(),
                "url": f"{reverse('scoreboard-missing-export', args=[s])}?{query}",
            }
            for s in FORMATS
        ],
        "tabs": tabs(request, "missing"),
    }  # fmt: skip
    return render(request, "hexi/scoreboard/missing.html", context)


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The list as a file, to be sent to those who keep the figures."""
    found = _needs(board_rows(viewer(request)).filter(shown_lamp__in=_UNSEEN), request)
    head = [
        _("Unit"), _("Indicator"), _("Part counted"), _("Unit of measure"), _("Periods"),
        _("From whom"), _("Survey system"), _("Definition"), _("Targets"),
    ]  # fmt: skip
    body = [
        [
            need.unit, need.indicator, need.facets, need.measure_unit, need.periods, need.keeper,
            need.system, need.definition, str(need.targets),
        ]
        for need in found
    ]  # fmt: skip
    return table_response(suffix, "figures-needed", _("Figures needed"), head, body)


def _needs(rows: Any, request: HttpRequest) -> list[Need]:
    if unit := request.GET.get("unit"):
        rows = rows.filter(unit__path__contains=f"/{unit}/")
    return needs(rows.select_related("unit", "body").order_by("unit__order", "pk")[:MOST])
