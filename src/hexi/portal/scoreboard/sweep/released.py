"""Released figures as observations (公布数据作为实际数据): what the portal itself has published.

A target is measured by the pack's observations and, where the statistics of the portal define the
same indicator, by the figures of their releases. Only what is public counts: a position must not
tell what is not released yet. On a past day it is the version that was public then.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hexi.catalogue.evidence import Figure, Observation, Source
from hexi.portal.figures.books.nouns import Cell
from hexi.portal.figures.knowledge import definitions
from hexi.portal.figures.models import Release
from hexi.portal.figures.queries.releases import content_of
from hexi.portal.figures.space import REAL

__all__ = ["mark_of_releases", "released_observations", "sources_of_releases"]

#: view of a release to (basis of the observation, whether it runs from the start of the year)
_VIEWS = {
    "period": ("level", False),
    "ytd": ("cumulative", True),
    "growth": ("growth_yoy", False),
    "ytd_growth": ("growth_yoy", True),
}
_QUARTER_ENDS = {"Q1": "03", "Q2": "06", "Q3": "09", "Q4": "12"}


def released_observations(at: date) -> list[Observation]:
    """Every figure that was public on the day, under the id that the catalogue has for it."""
    return [seen for row in _public(at) for seen in _observations(row)]


def sources_of_releases(at: date) -> list[Source]:
    """Titles of these releases, as sources of the observations."""
    return [Source(_source(row), row.title, "") for row in _public(at)]


def mark_of_releases(at: date) -> str:
    """Changes with every release that becomes public."""
    rows = Release.objects.filter(space=REAL.id, public_at__date__lte=at)
    return ",".join(map(str, rows.order_by("pk").values_list("pk", flat=True)))


def _public(at: date) -> list[Release]:
    known = Release.objects.filter(space=REAL.id, public_at__date__lte=at)
    return list(known.current().order_by("period", "publication")) if known.exists() else []


def _source(row: Release) -> str:
    return f"release-{row.publication}-{row.period}-{row.version}"


def _observations(row: Release) -> Iterator[Observation]:
    content = content_of(row)
    indicators = definitions().indicators
    units: dict[tuple[str, str], str] = {
        (one.indicator, one.view): one.unit for one in content.measures
    }
    for (unit, indicator, view, period), cell in content.cells.items():
        known = indicators.get(indicator)
        when = _when(period, view)
        if known is None or not known.catalogue or not when or not _is_figure(cell):
            continue
        basis = _VIEWS[view][0]
        if basis in ("level", "cumulative") and units.get((indicator, view)) == "%":
            basis = "share"
        yield Observation(
            id=f"{_source(row)}.{unit}.{indicator}.{view}",
            unit=unit,
            indicator=known.catalogue,
            facets=(),
            period=when,
            figure=Figure(cell.value, str(cell.value)),  # type: ignore[arg-type] # a figure
            measure_unit=units.get((indicator, view), ""),
            basis=basis,
            bound="eq",
            source=_source(row),
            confidence="high",
            vintage="as-published" if row.version == 1 else "",
            definition="",
            note="",
            line=0,
        )


def _is_figure(cell: Cell) -> bool:
    """Printed for everybody; a provisional or confidential cell is no evidence."""
    return cell.value is not None and cell.status == "A"


def _when(period: str, view: str) -> str:
    """The period as observations write it: a year, a quarter, or a month for the year to date."""
    running = _VIEWS[view][1]
    year, dash, part = period.partition("-")
    if not dash:
        return "" if running else year
    if running:
        return f"{year}-{_QUARTER_ENDS.get(part, part)}"
    # a single month has no place in a series of years to date
    return period if part.startswith("Q") else ""
