"""One node (产业链环节页): who stands on it, what is beside it, who could fill it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from hexi.chains import Filler, Firm, NodeState, fillers_of, sites_of
from hexi.portal.chains.book import chain_book, code_name, title_of
from hexi.portal.chains.queries.areas import Area
from hexi.portal.chains.queries.chain_map import gap_sentence, node_url, stage_name, state_word
from hexi.portal.chains.queries.links import page_of
from hexi.portal.chains.queries.standing import OnMap, Placed, Standing
from hexi.portal.core.models import Unit
from hexi.portal.core.names import name_of

__all__ = ["node_facts", "site_names"]

_MOST = 50


def node_facts(placed: Placed, node_id: str, standing: Standing) -> dict[str, Any]:
    """Everything that the page and the API say of a node."""
    chain, area = placed.chain, standing.area
    state = next(one for one in placed.states if one.node.id == node_id)
    titles = {node.id: title_of(node) for node in chain.nodes}
    fillers = fillers_of(chain, node_id, placed.placements, placed.states, area.here)
    fillers = tuple(one for one in fillers if one.firm.id in standing.known)
    return {
        "id": node_id,
        "title": titles[node_id],
        "stage": stage_name(state.node.stage),
        "state": state.state,
        "word": state_word(state.state),
        "gap": gap_sentence(state, titles, area),
        "codes": [code_name(code) for code in state.node.codes],
        "hs": list(state.node.hs),
        "products": list(state.node.products),
        "firms": _named(state.firms, standing),
        "coming": _named(state.coming, standing),
        "possible": _named(state.possible, standing),
        "fed_by": [_beside(placed, node_id, other, area) for other in chain.suppliers(node_id)],
        "feeds": [_beside(placed, node_id, other, area) for other in chain.buyers(node_id)],
        "fillers": [_filler(one, titles, standing) for one in fillers[:_MOST]],
        "more_fillers": max(0, len(fillers) - _MOST),
        "source": chain.source,
        "date": chain.date,
    }


def _named(firms: tuple[Firm, ...], standing: Standing) -> list[dict[str, Any]]:
    return [_line(standing.known[firm.id]) for firm in firms if firm.id in standing.known]


def _line(one: OnMap) -> dict[str, Any]:
    return {
        "name": one.name,
        "code": one.code,
        "industry": code_name(one.industry),
        "unit": one.unit_name,
        "stage": one.stage,
        "since": one.since,
        "url": page_of(one),
    }


def _beside(placed: Placed, node: str, other: str, area: Area) -> dict[str, Any]:
    state: NodeState = next(one for one in placed.states if one.node.id == other)
    chain = placed.chain
    edge = next(e for e in chain.edges if {e.start, e.end} == {node, other})
    own = (edge.source, edge.date) != (chain.source, chain.date)
    return {
        "id": other,
        "title": title_of(state.node),
        "state": state.state,
        "word": state_word(state.state),
        "url": node_url(placed.chain.id, other, area),
        # what is of the whole chain is said once, beside the node
        "source": edge.source if own else "",
        "date": edge.date if own else "",
    }


def _filler(one: Filler, titles: dict[str, str], standing: Standing) -> dict[str, Any]:
    known = standing.known[one.firm.id]
    return {
        "name": known.name,
        "code": known.code,
        "industry": code_name(one.code),
        "unit": known.unit_name,
        "fed_by": [titles[other] for other in one.fed_by],
        "feeds": [titles[other] for other in one.feeds],
        "beside": [titles[other] for other in one.beside],
        "kind": known.kind,
        "listed": known.stage if known.kind == "target" else "",
        "source": known.source,
        "since": known.since,
        "url": page_of(known),
    }


def site_names(codes: tuple[str, ...], on: date) -> list[dict[str, str]]:
    """Zones that name an industry of these codes among theirs."""
    found = [
        zone.id
        for zone in sites_of(chain_book(), on, left={})
        if any(own.startswith(code) or code.startswith(own) for own in zone.codes for code in codes)
    ]
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=found)}
    return [
        {"code": code, "name": name_of(units[code]), "url": reverse("unit", args=[code])}
        for code in found
        if code in units
    ]
