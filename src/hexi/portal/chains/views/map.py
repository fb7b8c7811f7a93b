"""One chain and one node (产业链图谱页、环节页), for an area."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from hexi.portal.chains.book import comma, one_chain, one_node, said, title_of
from hexi.portal.chains.queries.areas import Area, area_groups, area_of
from hexi.portal.chains.queries.chain_map import (
    SEEN_STATES,
    drawing_of,
    map_lines,
    map_table,
    state_word,
)
from hexi.portal.chains.queries.links import enquiry_url
from hexi.portal.chains.queries.node_page import node_facts, site_names
from hexi.portal.chains.queries.standing import (
    WITHHELD,
    Placed,
    Standing,
    place_on,
    standing_in,
)
from hexi.portal.core.exports import table_response
from hexi.portal.core.scope import viewer
from hexi.reports import chain_graph

__all__ = ["export", "node", "page"]

_SUFFIXES = ("xlsx", "csv", "json", "graphml")


@require_GET
def page(request: HttpRequest, chain_id: str) -> HttpResponse:
    """The map with the list beside it."""
    area, standing, placed = _placed(request, chain_id)
    lines = map_lines(placed, area)
    gaps = [line for line in lines if line["state"] == "empty"]
    counted = {state: sum(1 for line in lines if line["state"] == state) for state in SEEN_STATES}
    said_of = {"chain": title_of(placed.chain), "n": len(gaps), "area": area.name,
               "stands": counted["present"], "nodes": len(lines)}  # fmt: skip
    title = (
        ngettext(
            "%(chain)s: %(n)d node is empty in %(area)s",
            "%(chain)s: %(n)d nodes are empty in %(area)s",
            len(gaps),
        )
        if area.whole
        else _("%(chain)s: %(stands)d of %(nodes)d nodes stand in %(area)s")
    )
    context = {
        "title": title % said_of,
        "crumbs": _crumbs(area, title_of(placed.chain)),
        "chain": placed.chain,
        "assumed": said(placed.chain.assumed, placed.chain.assumed_en),
        "area": area,
        "areas": area_groups(viewer(request), area),
        "comma": comma(),
        "fewest": standing.fewest,
        "drawing": mark_safe(drawing_of(placed, area)),  # noqa: S308 - escaped where it is drawn
        "lines": lines,
        "gaps": sorted(gaps, key=lambda line: -len(line["served"])),
        "states": [
            {"id": state, "word": state_word(state), "count": counted[state]}
            for state in SEEN_STATES
            if counted[state] or (state != WITHHELD and area.whole)
        ],
        "exports": [
            {
                "label": "GraphML" if suffix == "graphml" else suffix.upper(),
                "url": f"{reverse('chain-export', args=[chain_id, suffix])}?area={area.unit.code}",
            }
            for suffix in _SUFFIXES
        ],
        "day": timezone.localdate(),
    }
    return render(request, "hexi/chains/map.html", context)


@require_GET
def export(request: HttpRequest, chain_id: str, suffix: str) -> HttpResponse:
    """The map as a table or as a graph."""
    area, _standing, placed = _placed(request, chain_id)
    lines = map_lines(placed, area)
    if suffix in ("json", "graphml"):
        on_node = {
            line["id"]: {key: line[key] for key in ("state", "firms", "projects")} for line in lines
        }
        if suffix == "graphml":
            answer = HttpResponse(
                chain_graph.as_graphml(placed.chain, on_node), content_type="application/xml"
            )
        else:
            record = {
                "area": area.unit.code,
                "on": timezone.localdate().isoformat(),
                **chain_graph.as_record(placed.chain, on_node),
            }
            text = json.dumps(record, ensure_ascii=False, indent=1)
            answer = HttpResponse(text, content_type="application/json")
        answer["Content-Disposition"] = f'attachment; filename="hexi-chain-{chain_id}.{suffix}"'
        return answer
    head, rows = map_table(lines)
    return table_response(suffix, f"chain-{chain_id}", title_of(placed.chain), head, rows)


@require_GET
def node(request: HttpRequest, chain_id: str, node_id: str) -> HttpResponse:
    """A node with firms, projects, neighbours, and who could fill it."""
    person = viewer(request)
    chain = one_chain(chain_id)
    codes = one_node(chain, node_id).codes
    area = area_of(person, request.GET.get("area", ""))
    standing = standing_in(area, person, timezone.localdate(), elsewhere=True)
    facts = node_facts(place_on(chain, standing), node_id, standing)
    context = {
        "title": _("%(node)s in %(area)s: %(state)s")
        % {"node": facts["title"], "area": area.name, "state": facts["word"]},
        "crumbs": _crumbs(area, title_of(chain), chain.id, facts["title"]),
        "chain": chain,
        "area": area,
        "areas": area_groups(person, area),
        "facts": facts,
        "comma": comma(),
        "sites": site_names(codes, timezone.localdate()),
        "fit_url": f"{reverse('chains-fit')}?what={'+'.join(codes)}",
        "enquiry_url": enquiry_url(facts, codes, area, person),
        "fewest": standing.fewest,
        "day": timezone.localdate(),
    }
    return render(request, "hexi/chains/node.html", context)


def _placed(request: HttpRequest, chain_id: str) -> tuple[Area, Standing, Placed]:
    person = viewer(request)
    chain = one_chain(chain_id)
    area = area_of(person, request.GET.get("area", ""))
    standing = standing_in(area, person, timezone.localdate())
    return area, standing, place_on(chain, standing)


def _crumbs(area: Area, chain: str, chain_id: str = "", node: str = "") -> list[dict[str, str]]:
    at = f"?area={area.unit.code}"
    crumbs = [{"label": _("Industry chains"), "url": reverse("chains") + at}]
    url = reverse("chain", args=[chain_id]) + at if chain_id else ""
    crumbs.append({"label": chain, "url": url})
    return [*crumbs, {"label": node, "url": ""}] if node else crumbs
