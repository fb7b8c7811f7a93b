"""What a publication asks for (公布内容): which figures of which units, and how they are computed.

A yearly publication prints the year, which is the year to date of December; its growth is that of
the year.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from django.conf import settings

from hexi.catalogue import load_pack
from hexi.portal.figures.books.nouns import Measure
from hexi.portal.figures.books.working import as_month, measure_of, month_code
from hexi.portal.figures.forest import Forest
from hexi.portal.figures.knowledge import Known, definitions
from hexi.portal.figures.space import MARK, Space
from hexi.statistics.indicators import VIEWS, View
from hexi.statistics.indicators.plan import Cell as Planned
from hexi.statistics.indicators.plan import plan
from hexi.statistics.publication import Publication, load_publications

__all__ = ["Asked", "asked_cells", "month_of", "periods_of", "publications", "units_of"]

_YEARLY: Final[dict[View, View]] = {"period": "ytd", "growth": "ytd_growth"}
#: frequencies whose figures are one computed view
_FREQUENCIES: Final = ("month", "year")


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
    fit = tuple(one for one in found if one.frequency in _FREQUENCIES)
    return tuple(map(_marked, fit)) if space.practice else fit


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
    if one.frequency == "month":
        return [month_code(period) for period in reversed(known.periods)]
    return [str(p // 100) for p in reversed(known.periods) if p % 100 == 12]


def month_of(period: str) -> int:
    """The month that a period's figures are computed in: a year's are those of December."""
    return as_month(period) if "-" in period else int(period) * 100 + 12


def asked_cells(one: Publication) -> list[Asked]:
    """Every figure of the publication, each once; views without a meaning are left out."""
    views = {view for section in one.sections for t in section.tables for view in t.views}
    wanted = [view for view in VIEWS if view in views | {"period", "growth"}]
    defined = definitions()
    names = {i: defined.indicators[i].name for i in one.indicators}
    cells = {(c.indicator, c.view): c for c in plan(defined, list(names)).cells}
    found = []
    for indicator in names:
        if defined.indicators[indicator].confidentiality == "internal":
            continue
        for view in wanted:
            computed = _YEARLY.get(view, view) if one.frequency == "year" else view
            planned = cells.get((indicator, computed)) or cells.get((indicator, view))
            if planned is not None:
                measure = replace(measure_of(planned, defined, names), view=view)
                found.append(Asked(measure, planned))
    return found


def units_of(one: Publication, forest: Forest) -> list[tuple[str, int]]:
    """Units that get a figure, with their depth among one another: its own and those of tables."""
    kinds = {kind for s in one.sections for t in s.tables for kind in t.kinds}
    own = {one.unit} | {c for c, _d in forest.under(one.unit) if forest.nodes[c].kind in kinds}
    found = [(one.unit, 0)]
    for code, _depth in forest.under(one.unit):
        if code in own:
            found.append((code, len([up for up in forest.way(code) if up in own]) - 1))
    return found
