"""The chains of an area (产业链列表): how many of their nodes stand, and how."""

from __future__ import annotations

from collections.abc import Sized

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hexi.portal.chains.book import comma
from hexi.portal.chains.queries.areas import area_groups, area_of
from hexi.portal.chains.queries.chain_map import (
    SEEN_STATES,
    chain_lines,
    chain_table,
    placed_chains,
    state_word,
)
from hexi.portal.chains.queries.standing import WITHHELD
from hexi.portal.chains.views.tabs import tabs
from hexi.portal.core.exports import FORMATS, table_response
from hexi.portal.core.scope import viewer

__all__ = ["export", "page"]


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The list, for one area."""
    person = viewer(request)
    area = area_of(person, request.GET.get("area", ""))
    standing, placed = placed_chains(area, person, timezone.localdate())
    lines = chain_lines(placed, area)
    counts = {state: sum(line["counts"][state] for line in lines) for state in SEEN_STATES}
    nodes = sum(line["nodes"] for line in lines)
    shown = [state for state in SEEN_STATES if (state == WITHHELD) != area.whole]
    if not area.whole:
        shown = ["present", WITHHELD]
    gaps = {"area": area.name, "n": nodes, "empty": counts["empty"], "stands": counts["present"]}
    context = {
        "title": _title(area.whole, standing.firms) % gaps,
        "tabs": tabs(request, area.unit.code),
        "area": area,
        "areas": area_groups(person, area),
        "lines": [
            {
                **line,
                "cells": [(state, line["counts"][state]) for state in shown],
                "bar": _bar(line["counts"]),
            }
            for line in lines
        ],
        "states": [
            {"id": state, "word": state_word(state), "count": counts[state]} for state in shown
        ],
        "comma": comma(),
        "bare": area.whole and not standing.firms,
        "fewest": standing.fewest,
        "exports": [
            {
                "label": suffix.upper(),
                "url": f"{reverse('chains-export', args=[suffix])}?area={area.unit.code}",
            }
            for suffix in FORMATS
        ],
        "day": timezone.localdate(),
    }
    return render(request, "hexi/chains/list.html", context)


def _title(whole: bool, firms: Sized) -> str:
    """The answer first. Where no firm is known nothing is said to be empty."""
    if not whole:
        return _("%(stands)d of %(n)d nodes stand in %(area)s, as far as may be published")
    if not firms:
        return _("%(area)s: no firm is registered, so that no gap can be told")
    return _("%(empty)d of %(n)d nodes are empty in %(area)s")


def _bar(counts: dict[str, int]) -> list[tuple[int, str, int]]:
    """Pieces of a bar as long as the chain has nodes: start, state, length."""
    pieces, start = [], 0
    for state in SEEN_STATES:
        if counts[state]:
            pieces.append((start, state, counts[state]))
            start += counts[state]
    return pieces


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The list as a file."""
    person = viewer(request)
    area = area_of(person, request.GET.get("area", ""))
    _standing, placed = placed_chains(area, person, timezone.localdate())
    head, rows = chain_table(chain_lines(placed, area))
    title = _("Industry chains of %(area)s") % {"area": area.name}
    return table_response(suffix, "chains", title, head, rows)
