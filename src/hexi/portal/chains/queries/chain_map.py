"""The chains of an area as lists and one as a map (产业链列表、图谱)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from hexi.chains import NodeState
from hexi.chains.graph import STAGES
from hexi.portal.chains.book import chain_book, comma, said, title_of
from hexi.portal.chains.drawing import Drawn, map_drawing
from hexi.portal.chains.queries.areas import Area
from hexi.portal.chains.queries.standing import WITHHELD, Placed, Standing, place_on, standing_in
from hexi.portal.core.models import Person

__all__ = [
    "SEEN_STATES",
    "chain_lines",
    "chain_table",
    "drawing_of",
    "gap_sentence",
    "map_lines",
    "map_table",
    "placed_chains",
    "stage_name",
    "state_word",
]

#: states in the order in which they are counted
SEEN_STATES = ("present", "weak", "single", "empty", WITHHELD)


def state_word(state: str) -> str:
    """How a node stands, in a word."""
    return {
        "present": pgettext("chain node", "Present"),
        "weak": pgettext("chain node", "Weak"),
        "single": pgettext("chain node", "On one firm"),
        "empty": pgettext("chain node", "Empty"),
        WITHHELD: pgettext("chain node", "Not told"),
    }[state]


def stage_name(stage: str) -> str:
    """The name of a stage of the chain."""
    return {"up": _("Upstream"), "mid": _("Midstream"), "down": _("Downstream")}[stage]


def placed_chains(area: Area, person: Person | None, on: date) -> tuple[Standing, list[Placed]]:
    """Every chain of the pack with who stands on it in the area."""
    standing = standing_in(area, person, on)
    return standing, [place_on(chain, standing) for chain in chain_book().chains]


def chain_lines(placed: Sequence[Placed], area: Area) -> list[dict[str, Any]]:
    """One line a chain: how many nodes stand how, and who is on it; those with most first."""
    lines = [_chain_line(one, area) for one in placed]
    return sorted(lines, key=lambda line: (-line["stands"], -line["projects"], line["title"]))


def _chain_line(placed: Placed, area: Area) -> dict[str, Any]:
    chain, states = placed.chain, placed.states
    counts = {state: sum(1 for one in states if one.state == state) for state in SEEN_STATES}
    firms = {firm.id for one in states for firm in one.firms}
    coming = {firm.id for one in states for firm in one.coming}
    return {
        "id": chain.id,
        "title": title_of(chain),
        "url": f"{reverse('chain', args=[chain.id])}?area={area.unit.code}",
        "nodes": len(chain.nodes),
        "counts": counts,
        "stands": counts["present"] + counts["weak"] + counts["single"],
        "firms": len(firms) if area.whole else None,
        "projects": len(coming),
        "gaps": [title_of(one.node) for one in states if one.state == "empty" and one.served],
    }


def chain_table(lines: Sequence[dict[str, Any]]) -> tuple[list[str], list[list[str]]]:
    """The list as a file."""
    head = [_("Chain"), _("Nodes"), *map(state_word, SEEN_STATES), _("Firms"), _("Projects")]
    rows = [
        [
            line["title"],
            str(line["nodes"]),
            *(str(line["counts"][state]) for state in SEEN_STATES),
            "" if line["firms"] is None else str(line["firms"]),
            str(line["projects"]),
        ]
        for line in lines
    ]
    return head, rows


def map_lines(placed: Placed, area: Area) -> list[dict[str, Any]]:
    """The nodes of a chain as rows, from raw material to product."""
    titles = {node.id: title_of(node) for node in placed.chain.nodes}
    lines = []
    for one in sorted(placed.states, key=lambda state: STAGES.index(state.node.stage)):
        node = one.node
        lines.append(
            {
                "id": node.id,
                "title": titles[node.id],
                "stage": node.stage,
                "stage_name": stage_name(node.stage),
                "state": one.state,
                "word": state_word(one.state),
                "firms": len(one.firms) if area.whole else None,
                "projects": len(one.coming),
                "possible": len(one.possible),
                "codes": list(node.codes),
                "fed_by": [titles[other] for other in placed.chain.suppliers(node.id)],
                "feeds": [titles[other] for other in placed.chain.buyers(node.id)],
                "served": [titles[other] for other in one.served],
                "url": node_url(placed.chain.id, node.id, area),
                "gap": gap_sentence(one, titles, area),
            }
        )
    return lines


def map_table(lines: Sequence[dict[str, Any]]) -> tuple[list[str], list[list[str]]]:
    """A chain as a file: a row a node."""
    head = [
        _("Part of the chain"), _("Node"), _("State"), _("Firms"), _("Projects"),
        _("Industry codes"), _("Fed by"), _("Feeds"), pgettext("chain", "Gap"),
    ]  # fmt: skip
    rows = [
        [
            line["stage_name"],
            line["title"],
            line["word"],
            "" if line["firms"] is None else str(line["firms"]),
            str(line["projects"]),
            # letters before the digits, so that a spreadsheet keeps leading zeros
            " ".join(["GB/T", *line["codes"]]) if line["codes"] else "",
            comma().join(line["fed_by"]),
            comma().join(line["feeds"]),
            line["gap"],
        ]
        for line in lines
    ]
    return head, rows


def node_url(chain: str, node: str, area: Area) -> str:
    """The page of a node for an area."""
    return f"{reverse('chain-node', args=[chain, node])}?area={area.unit.code}"


def gap_sentence(one: NodeState, titles: dict[str, str], area: Area) -> str:
    """What is lacking here and why it would be worth filling, in a sentence."""
    gaps: dict[str, Any] = {
        "area": area.name,
        "node": titles[one.node.id],
        "near": comma().join(titles[other] for other in one.served),
        "n": len(one.coming),
    }
    if one.state == WITHHELD:
        return _("Fewer firms stand here than may be published, perhaps none.")
    if one.state == "empty":
        said_here = _("No firm of %(area)s makes “%(node)s”.") % gaps
        if one.served:
            said_here += said("", " ") + _("Beside it on the chain stand: %(near)s.") % gaps
        else:
            said_here += said("", " ") + _("Nothing beside it on the chain stands here either.")
    elif one.state == "single":
        said_here = _("“%(node)s” hangs on one firm of %(area)s.") % gaps
    elif one.state == "weak":
        said_here = _("“%(node)s” is weak in %(area)s: few firms make it.") % gaps
    else:
        return ""
    if one.coming:
        said_here += said("", " ") + (
            ngettext("%(n)d project is on its way.", "%(n)d projects are on their way.", gaps["n"])
            % gaps
        )
    return said_here


def drawing_of(placed: Placed, area: Area) -> str:
    """The map as SVG."""
    nodes = {
        line["id"]: Drawn(line["title"], line["state"], line["word"], _note(line), line["url"])
        for line in map_lines(placed, area)
    }
    stages = [(stage, stage_name(stage)) for stage in STAGES]
    label = said(f"{placed.chain.title}图谱", f"Map of {placed.chain.title_en}")
    return map_drawing(placed.chain, nodes, stages, label)


def _note(line: dict[str, Any]) -> str:
    parts = []
    if line["firms"]:
        parts.append(ngettext("%(n)d firm", "%(n)d firms", line["firms"]) % {"n": line["firms"]})
    if line["projects"]:
        parts.append(
            ngettext("%(n)d project", "%(n)d projects", line["projects"]) % {"n": line["projects"]}
        )
    return " ".join(parts)
