"""What a publication asks for (公布内容): which figures of which units, and how they are computed.

A yearly publication prints the year, which is the year to date of December; its growth is that of
the year. A quarterly or half-yearly one prints what has come together since January.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from django.conf import settings

from hexi.catalogue import load_pack
from hexi.portal.figures.books.nouns import Measure
from hexi.portal.figures.books.working import as_month, measure_of, month_code
from hexi.portal.figures.forest import Forest
from hexi.portal.figures.knowledge import Known, definitions
from hexi.portal.figures.reach import JURISDICTION
from hexi.portal.figures.space import MARK, Space
from hexi.statistics.indicators import VIEWS, View
from hexi.statistics.indicators.plan import Cell as Planned
from hexi.statistics.indicators.plan import plan
from hexi.statistics.publication import Publication, load_publications

__all__ = [
    "Asked",
    "asked_cells",
    "class_rows",
    "month_of",
    "periods_of",
    "publications",
    "units_of",
]

_YEARLY: Final[dict[View, View]] = {"period": "ytd", "growth": "ytd_growth"}
_QUARTER: Final = re.compile(r"(\d{4})-([QH])([1-4])")
#: months of a quarter and of a half
_LENGTHS: Final = {"Q": 3, "H": 6}


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure as it is published, and the planned cell that it is computed as."""

    measure: Measure
    planned: Planned


def publications(space: Space) -> tuple[Publication, ...]:
    """The publications of the pack that can be made; of practice data they say so in every part."""
    pack = load_pack(settings.HEXI.pack)
    found = load_publications(
        settings.HEXI.pack, definitions().indicators, [unit.id for unit in pack.units]
    )
    return tuple(map(_marked, found)) if space.practice else found


def _marked(one: Publication) -> Publication:
    mark = f"【{MARK}】"
    return replace(
        one,
        title=mark + one.title,
        title_en=f"[Practice data] {one.title_en}",
        publisher=mark + one.publisher,
        notes=(f"{MARK}：合成数据，不是真实统计数据。", *one.notes),
    )


def periods_of(one: Publication, known: Known) -> list[str]:
    """Periods that it could be made for, newest first."""
    months = list(reversed(known.periods))
    if one.frequency == "month":
        return [month_code(month) for month in months]
    if one.frequency == "year":
        return [str(month // 100) for month in months if month % 100 == 12]
    letter = one.frequency[0].upper()
    length = _LENGTHS[letter]
    return [
        f"{month // 100}-{letter}{month % 100 // length}"
        for month in months
        if not month % 100 % length
    ]


def month_of(period: str) -> int:
    """The month that a period's figures are computed in, its last: a year's are of December."""
    part = _QUARTER.fullmatch(period)
    if part is not None:
        return int(part[1]) * 100 + int(part[3]) * _LENGTHS[part[2]]
    return as_month(period) if "-" in period else int(period) * 100 + 12


def asked_cells(one: Publication, tree: str = JURISDICTION) -> list[Asked]:
    """Every figure of the publication, each once; views without a meaning are left out.

    By jurisdiction all of its indicators, by another tree those of the tables of that tree.
    """
    tables = [table for section in one.sections for table in section.tables if table.tree == tree]
    wanted: set[str] = {view for table in tables for view in table.views}
    names = [name for table in tables for name in table.indicators]
    if tree == JURISDICTION:
        names, wanted = list(one.indicators), wanted | set(one.views)
    defined = definitions()
    titles = {i: defined.indicators[i].name for i in dict.fromkeys(names)}
    cells = {(c.indicator, c.view): c for c in plan(defined, list(titles)).cells}
    found = []
    for indicator in titles:
        if defined.indicators[indicator].confidentiality == "internal":
            continue
        for view in (view for view in VIEWS if view in wanted):
            computed = _YEARLY.get(view, view) if one.frequency == "year" else view
            planned = cells.get((indicator, computed)) or cells.get((indicator, view))
            if planned is not None:
                measure = replace(measure_of(planned, defined, titles), view=view)
                found.append(Asked(measure, planned))
    return found


def units_of(one: Publication, forest: Forest, tree: str = JURISDICTION) -> list[tuple[str, int]]:
    """Units that get a figure, with their depth among one another: its own and those of tables."""
    tables = [table for section in one.sections for table in section.tables if table.tree == tree]
    if tree != JURISDICTION:
        return class_rows(forest, max((table.levels for table in tables), default=0))
    kinds = {kind for table in tables for kind in table.kinds}
    own = {one.unit} | {c for c, _d in forest.under(one.unit) if forest.nodes[c].kind in kinds}
    found = [(one.unit, 0)]
    for code, _depth in forest.under(one.unit):
        if code in own:
            found.append((code, len([up for up in forest.way(code) if up in own]) - 1))
    return found


def class_rows(forest: Forest, levels: int) -> list[tuple[str, int]]:
    """Classes of a tree down to a level below its tops, with their depth."""
    found = []
    for top in forest.roots:
        found.append((top, 0))
        found += [(code, depth) for code, depth in forest.under(top) if depth <= levels]
    return found
