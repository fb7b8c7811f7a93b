"""Relatedness on pages (产业关联度页): places of a table, and what one could take up next."""

from __future__ import annotations

import math
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hexi.chains import Candidate, Relatedness, candidates_of
from hexi.portal.chains.book import chain_book, code_name, title_of
from hexi.portal.chains.queries.tables import Source, place_units
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound

__all__ = ["candidate_lines", "candidate_table", "own_industries", "place_lines", "place_name",
           "printed"]  # fmt: skip


def printed(value: float | None, decimals: int = 2) -> str:
    """A figure; a dash where there is none."""
    if value is None or not math.isfinite(value):
        return "–"
    text = f"{value:.{decimals}f}"
    return text.replace("-", "−") if float(text) else text.lstrip("-")


def place_lines(source: Source, found: Relatedness) -> list[dict[str, Any]]:
    """Places with their diversity and complexity, the most complex first."""
    units = place_units(source.locations.places)
    lines = []
    for row, place in enumerate(source.locations.places):
        unit = units.get(place)
        lines.append(
            {
                "place": place,
                "name": name_of(unit) if unit else place,
                "unit": unit.code if unit else "",
                "diversity": int(found.diversity[row]),
                "eci": float(found.eci[row]),
                "coi": float(found.coi[row]),
                "eci_text": printed(float(found.eci[row])),
                "coi_text": printed(float(found.coi[row])),
                "url": reverse("nearness-place", args=[source.id, row]),
            }
        )
    return sorted(lines, key=lambda line: (-_rank(line["eci"]), line["name"]))


def _rank(value: float) -> float:
    return value if math.isfinite(value) else -math.inf


def place_name(source: Source, row: int) -> str:
    """The name of a place of the table; NotFound for no row of it."""
    if not 0 <= row < len(source.locations.places):
        raise NotFound
    place = source.locations.places[row]
    unit = place_units([place]).get(place)
    return name_of(unit) if unit else place


def own_industries(source: Source, found: Relatedness, row: int) -> list[dict[str, Any]]:
    """What the place is specialised in, the most so first."""
    codes = source.locations.industries
    here = [column for column in range(len(codes)) if found.present[row, column]]
    return [
        {"code": codes[column], "name": code_name(codes[column]),
         "rca": printed(float(found.rca[row, column]))}
        for column in sorted(here, key=lambda column: -found.rca[row, column])
    ]  # fmt: skip


def candidate_lines(source: Source, found: Relatedness, row: int) -> list[dict[str, Any]]:
    """The nearest industries that the place does not have, and what carries each."""
    candidates = candidates_of(found, row, source.locations.industries)
    return [_candidate(one) for one in candidates]


def _candidate(one: Candidate) -> dict[str, Any]:
    return {
        "code": one.industry,
        "name": code_name(one.industry),
        "density": one.density,
        "density_text": printed(one.density, 3),
        "rca_text": printed(one.rca),
        "complexity": one.complexity,
        "complexity_text": printed(one.complexity),
        "gain_text": printed(one.gain),
        "because": [
            {
                "name": code_name(near.industry),
                "proximity": printed(near.proximity),
                "share": printed(100 * near.share, 0),
            }
            for near in one.because
        ],
        "chains": [
            {"title": title_of(chain), "url": reverse("chain", args=[chain.id])}
            for chain in chain_book().chains
            if any(code.startswith(one.industry) for node in chain.nodes for code in node.codes)
        ],
    }


def candidate_table(lines: list[dict[str, Any]]) -> tuple[list[str], list[list[str]]]:
    """The advice as a file."""
    head = [_("Industry code"), _("Industry"), _("Density"), _("RCA now"), _("Complexity"),
            _("Gain in outlook"), _("Carried by")]  # fmt: skip
    rows = [
        [
            line["code"],
            chain_book().name_of(line["code"]),
            line["density_text"],
            line["rca_text"],
            line["complexity_text"],
            line["gain_text"],
            "；".join(f"{near['name']} {near['share']}%" for near in line["because"]),
        ]
        for line in lines
    ]
    return head, rows
