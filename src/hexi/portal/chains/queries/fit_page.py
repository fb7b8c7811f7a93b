"""Which zone fits a firm (选址匹配页): the question as asked, and every zone with its reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from hexi.admission import load_rulebook, screen
from hexi.catalogue.seats import load_seats
from hexi.chains import (
    Admitted,
    Firm,
    Fit,
    Left,
    Need,
    Term,
    Zone,
    codes_in,
    find_codes,
    fit_zones,
    groups_of,
    place_groups,
    sites_of,
)
from hexi.portal.chains.book import chain_book, code_name, comma, said, title_of
from hexi.portal.chains.models import SiteLeft
from hexi.portal.chains.queries.areas import area_of, keeps_register
from hexi.portal.chains.queries.standing import standing_in
from hexi.portal.chains.queries.tables import LevelError, found_in, place_units, source_of
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.names import name_of

__all__ = ["Asked", "cities", "fit_lines", "fit_table", "fits_for", "taken_codes", "term_name"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A firm that looks for a place (选址需求)."""

    codes: tuple[str, ...]
    name: str = ""
    land: float | None = None
    energy: float | None = None
    #: fixed investment in 万元, for the rules of admission
    investment: float | None = None
    #: the city that it must be near
    near: str = ""
    #: table that relatedness is learned from; empty: none
    table: str = ""


def taken_codes(what: str) -> tuple[tuple[str, ...], list[dict[str, str]]]:
    """Codes that are taken for what was written, and others that the words might mean."""
    book = chain_book()
    codes = codes_in(what, book)
    if codes:
        return codes, []
    hits = find_codes(what, book)
    others = [{"code": hit.code, "name": code_name(hit.code)} for hit in hits[1:]]
    return ((hits[0].code,) if hits else ()), others


def cities() -> list[dict[str, str]]:
    """Cities whose seat is known."""
    seats = {seat.unit for seat in load_seats(settings.HEXI.pack)}
    units = Unit.objects.filter(code__in=seats).order_by("order")
    return [{"code": unit.code, "name": name_of(unit)} for unit in units]


def fits_for(asked: Asked, person: Person | None, on: date) -> tuple[Fit, ...]:
    """Zones from the best fit to the worst; what the person may not see counts as unknown."""
    book = chain_book()
    seats = load_seats(settings.HEXI.pack)
    zones = sites_of(book, on, left=_left(person, on), seats=seats)
    near = next(((s.longitude, s.latitude) for s in seats if s.unit == asked.near), None)
    local, seen = _neighbours(zones, person, on)
    return fit_zones(
        Firm("asked", asked.name, asked.codes),
        Need(asked.land, asked.energy, near),
        zones,
        chains=book.chains,
        local=local,
        sections=book.sections,
        density=_density(asked, zones, person, on),
        admitted=_admitted(asked, zones, on),
        weights=book.weights,
        seen=seen,
    )


def _left(person: Person | None, on: date) -> dict[str, Left]:
    """The newest word of each zone that the person may see."""
    rows = SiteLeft.objects.visible_to(person).filter(day__lte=on).select_related("unit")
    found: dict[str, Left] = {}
    for row in rows.order_by("day", "pk"):
        found[row.unit.code] = Left(
            None if row.land_mu is None else float(row.land_mu),
            None if row.energy_tce is None else float(row.energy_tce),
        )
    return found


def _neighbours(
    zones: Sequence[Zone], person: Person | None, on: date
) -> tuple[dict[str, Any], frozenset[str]]:
    """Where firms in scope stand on each chain, and the zones that lie in it.

    Of the rest of a zone's city no more is known than the scope holds, which the reason says.
    """
    if not keeps_register(person) or person is None:
        return {}, frozenset()
    paths = dict(Unit.objects.filter(code__in=[z.id for z in zones]).values_list("code", "path"))
    seen = frozenset(code for code, path in paths.items() if person.covers(path))
    root = area_of(person)
    everybody = standing_in(root, person, on, elsewhere=True).firms
    groups = groups_of([firm for firm in everybody if firm.id[0] == "e"])
    return {chain.id: place_groups(chain, groups) for chain in chain_book().chains}, seen


def _density(
    asked: Asked, zones: Sequence[Zone], person: Person | None, on: date
) -> dict[str, float]:
    """Relatedness density of the firm's industry, by zone, from the table that was chosen."""
    if not asked.table or not asked.codes:
        return {}
    source = source_of(asked.table, person, on)
    column = next(
        (
            at
            for at, code in enumerate(source.locations.industries)
            if asked.codes[0].startswith(code)
        ),
        None,
    )
    if column is None:
        return {}
    try:
        density = found_in(source).density[:, column]
    except LevelError:
        return {}
    ids = {zone.id for zone in zones}
    places = source.locations.places
    units = place_units(places)
    return {
        units[place].code: float(density[row])
        for row, place in enumerate(places)
        if place in units and units[place].code in ids and density[row] == density[row]
    }


def _admitted(asked: Asked, zones: Sequence[Zone], on: date) -> dict[str, Admitted]:
    """What the rules of admission say of the firm in each zone."""
    if not asked.codes:
        return {}
    rules = load_rulebook(settings.HEXI.pack)
    tables, space = rules.in_force(on), rules.space(on)
    given: dict[str, Any] = {"industry": asked.codes[0]}
    for key, value in (
        ("land", asked.land),
        ("energy", asked.energy),
        ("investment", asked.investment),
    ):
        if value is not None:
            given[key] = value
    found = {}
    for zone in zones:
        screening = screen({**given, "unit": zone.id}, tables, space, on)
        fails = screening.of("fails")
        why = said(fails[0].sentence, fails[0].sentence_en) if fails else ""
        found[zone.id] = Admitted(screening.result, why)
    return found


def term_name(name: str) -> str:
    """A reason in a word."""
    return {
        "industry": _("Industry"),
        "chain": _("Place on the chain"),
        "relatedness": _("Relatedness"),
        "land": _("Land"),
        "energy": _("Energy"),
        "admission": _("Admission rules"),
        "distance": _("Distance"),
    }[name]


def fit_lines(fits: Sequence[Fit], *, most: int = 0) -> list[dict[str, Any]]:
    """Zones as rows: score, band, and each reason in a sentence."""
    units = {
        unit.code: unit for unit in Unit.objects.filter(Q(code__in=[fit.zone.id for fit in fits]))
    }
    titles = {
        f"{chain.id}.{node.id}": title_of(node)
        for chain in chain_book().chains
        for node in chain.nodes
    }
    shown = [(fit.barred, _score_text(fit)) for fit in fits]
    return [
        {
            "id": fit.zone.id,
            # zones that nothing known tells apart share a rank
            "rank": shown.index((fit.barred, _score_text(fit))) + 1,
            "name": name_of(units[fit.zone.id]) if fit.zone.id in units else fit.zone.name,
            "score": fit.score,
            "score_text": _score_text(fit),
            "low": 100 * fit.low,
            "high": 100 * fit.high,
            "band": f"{100 * fit.low:.0f}–{100 * fit.high:.0f}",
            "barred": fit.barred,
            "bar": _bar(fit),
            # rank, zone, score, band, bar, and a column a reason
            "columns": 5 + len(fit.terms),
            "terms": [_term(term, titles) for term in fit.terms],
        }
        for fit in fits[: most or None]
    ]


def _score_text(fit: Fit) -> str:
    """The score as it is shown, a whole number of a hundred."""
    return "–" if fit.score is None else f"{100 * fit.score:.0f}"


def _bar(fit: Fit) -> dict[str, str] | None:
    """The band and the score in a drawing 100 wide."""
    if fit.score is None:
        return None
    return {
        "low": f"{100 * fit.low:.1f}",
        "wide": f"{100 * (fit.high - fit.low):.1f}",
        "score": f"{min(98.5, 100 * fit.score):.1f}",
    }


def _term(term: Term, titles: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": term.name,
        "name": term_name(term.name),
        "weight": f"{term.weight:g}",
        "value": term.value,
        "value_text": _("not known") if term.value is None else f"{100 * term.value:.0f}",
        "why": _why(term, titles),
    }


def _why(term: Term, titles: Mapping[str, str]) -> str:
    """What the value follows from, in words."""
    gaps = dict(zip(("one", "two"), [*term.because, "", ""], strict=False))
    if term.name == "admission":
        if term.value is None:
            return _("What is known of the firm is not enough to screen it.")
        return gaps["one"] or _("No rule that can be told speaks against it.")
    if term.value is None:
        return _unknown(term.name)
    if term.name == "industry":
        gaps = {"one": code_name(gaps["one"]), "two": code_name(gaps["two"])}
        return _("The firm's %(one)s beside the zone's %(two)s.") % gaps
    if term.name == "chain":
        near = comma().join(dict.fromkeys(titles.get(one, one) for one in term.because))
        if not near:
            return _("As far as your scope reaches, none of its suppliers or buyers stands here.")
        return _("Suppliers or buyers here or in the city: %(near)s.") % {"near": near}
    return {
        "relatedness": _("Density %(one)s, beside that of the nearest zone."),
        "land": _("Asks %(one)s mu, %(two)s mu are left."),
        "energy": _("Asks %(one)s tce, %(two)s tce are left."),
        "distance": _("%(one)s km away."),
    }[term.name] % gaps


def _unknown(name: str) -> str:
    return {
        "industry": _("The zone or the firm names no industry."),
        "chain": _("The firm is on no chain, or the zone's firms are out of your scope."),
        "relatedness": _("No table with this zone and industry was chosen."),
        "land": _("The firm asks none, or the zone has not told what is left."),
        "energy": _("The firm asks none, or the zone has not told what is left."),
        "distance": _("No place was named that it must be near."),
    }[name]


def fit_table(lines: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[list[str]]]:
    """The answer as a file: a row a zone, a column a reason."""
    names = [term["name"] for term in lines[0]["terms"]] if lines else []
    head = [_("Rank"), _("Zone"), _("Score"), _("Band"), _("Refused"), *names, _("Reasons")]
    rows = [
        [
            str(line["rank"]),
            line["name"],
            line["score_text"],
            line["band"],
            _("yes") if line["barred"] else "",
            *(term["value_text"] for term in line["terms"]),
            " ".join(f"{term['name']}：{term['why']}" for term in line["terms"]),
        ]
        for line in lines
    ]
    return head, rows
