"""The library as board, time line and map (看板、时间轴、地图): the list in other shapes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from hexi.portal.core.lists import address_with
from hexi.portal.core.scope import viewer
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.practice_mark import called
from hexi.portal.projects.queries.boards import board
from hexi.portal.projects.queries.chosen import Chosen, choose
from hexi.portal.projects.queries.lines import lines_of, records_of
from hexi.portal.projects.queries.places import Dot, asked_box, places_of, sketch
from hexi.portal.projects.queries.timeline import time_line
from hexi.portal.projects.views.library import headline
from hexi.portal.projects.views.pages import page_of
from hexi.portal.projects.views.tabs import KEPT, tabs, tail_of

__all__ = ["board_page", "map_page", "timeline_page"]

BARS, BESIDE = 60, 50


def _common(request: HttpRequest, here: str) -> tuple[Chosen, dict[str, Any]]:
    chosen = choose(viewer(request), request.GET, timezone.localdate())
    return chosen, {
        "title": headline(chosen),
        "inside": chosen.inside,
        "asof": chosen.asof.isoformat() if chosen.asof else "",
        "query": request.GET.get("q", ""),
        "kept": [(key, request.GET[key]) for key in KEPT if key != "q" and request.GET.get(key)],
        "narrowed": any(request.GET.get(key) for key in KEPT if key != "open"),
        "list_url": reverse("projects") + tail_of(request),
        "tabs": tabs(request, here),
    }


@require_GET
def board_page(request: HttpRequest) -> HttpResponse:
    """Projects by stage."""
    chosen, context = _common(request, "board")
    columns = board(chosen)
    context["columns"] = [
        {"column": one, "url": address_to_list(request, one.stage)} for one in columns
    ]
    context["back"] = request.get_full_path()
    return render(request, "hexi/projects/board.html", context)


def address_to_list(request: HttpRequest, stage: str) -> str:
    """The list of one column, with the filters of the board."""
    here = address_with(request, stage=stage)
    return reverse("projects") + here[here.index("?") :]


@require_GET
def timeline_page(request: HttpRequest) -> HttpResponse:
    """Projects by their days."""
    chosen, context = _common(request, "timeline")
    first, last, pager = page_of(request, chosen.total, BARS)
    rows = records_of(chosen.ids("-start", first, last), chosen.today)
    context |= {"line": time_line(rows, chosen.today), "pager": pager}
    return render(request, "hexi/projects/timeline.html", context)


@require_GET
def map_page(request: HttpRequest) -> HttpResponse:
    """Projects where they lie, and the same in a list."""
    chosen, context = _common(request, "map")
    box = asked_box(request.GET.get("box", ""))
    ids = chosen.ids("-total")
    places = places_of(chosen.library, ids)
    drawn = sketch(places, box)
    first, last, pager = page_of(request, len(drawn.ids), BESIDE)
    lines = lines_of(drawn.ids[first:last].tolist(), chosen.today, inside=chosen.inside)
    names = _names([dot.id for dot in drawn.dots if dot.count == 1])
    context |= {
        "map": drawn,
        "dots": [_dot(request, dot, names) for dot in drawn.dots],
        "lines": lines,
        "pager": pager,
        "box": box,
        "out_url": address_with(request, box=""),
        "placed": len(places.ids),
        "unplaced": len(ids) - len(places.ids),
        "rough": places.rough,
    }
    return render(request, "hexi/projects/map.html", context)


def _names(ids: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for at in range(0, len(ids), 500):
        rows = ProjectRecord.objects.filter(pk__in=ids[at : at + 500])
        found.update(
            (pk, called(name, practice))
            for pk, name, practice in rows.values_list("pk", "name", "practice")
        )
    return found


def _dot(request: HttpRequest, dot: Dot, names: dict[int, str]) -> dict[str, Any]:
    count = dot.count
    if count == 1:
        url, says = reverse("project", args=[dot.id]), names[dot.id]
    else:
        url = address_with(request, box=dot.box.text())
        says = ngettext("%(n)d project here", "%(n)d projects here", count) % {"n": count}
    return {"dot": dot, "url": url, "says": says, "many": count if count > 1 else 0}
