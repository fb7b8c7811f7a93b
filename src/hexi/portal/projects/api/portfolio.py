"""Portfolio figures as JSON (项目库指标接口): of any filter, on any past day, by one dimension.

Money is in whole yuan; a rate is a share between 0 and 1, null of an empty set.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from hexi.portal.api.errors import ERRORS
from hexi.portal.api.identity import caller
from hexi.portal.projects.queries.chosen import FACETS
from hexi.portal.projects.queries.portfolio import portfolio, portfolio_rows
from hexi.projects.figures import Figures

__all__ = ["router"]

router = Router()


class PortfolioFilter(Schema):
    """Which projects, on which day, by what; the same words as the list takes."""

    by: Literal["unit", "industry", "kind", "leader", "tag"] = "unit"
    #: a past day; empty: today
    asof: Annotated[str, Field(max_length=10)] = ""
    q: str = Field("", max_length=200)
    unit: str = ""
    stage: str = ""
    kind: str = ""
    industry: str = ""
    tag: str = ""
    year: str = ""
    lamp: str = ""
    leader: str = ""
    practice: str = ""
    #: 1: what others have published instead of the own scope
    open: str = ""


class PortfolioFiguresOut(Schema):
    """Figures of one set of projects; what the public may not know is null for the public."""

    number: int
    started: int
    completed: int
    producing: int
    total: int
    without_total: int
    planned: int
    with_plan: int
    invested: int | None
    invested_year: int | None
    start_rate: float | None
    completion_rate: float | None
    progress: float | None
    progress_year: float | None


class GroupOut(Schema):
    #: as the list takes it
    value: str
    label: str
    figures: PortfolioFiguresOut
    lamps: dict[str, int]


class PortfolioOut(Schema):
    day: str
    by: str
    #: practice figures are never mixed with real ones
    practice: bool
    whole: PortfolioFiguresOut
    groups: list[GroupOut]
    #: held projects by stage
    stages: dict[str, int]
    #: held projects by lamp as it was on the day; empty for the public
    lamps: dict[str, int]
    #: the month whose lamps stood on a past day (202610); null: today, or no month was over by then
    lamps_of: int | None


@router.get(
    "/projects/portfolio",
    response={200: PortfolioOut, **ERRORS},
    summary="项目库指标 / Portfolio figures",
)
def figures_of_projects(request: HttpRequest, asked: Query[PortfolioFilter]) -> PortfolioOut:
    """Number, money and rates of the projects that the caller may see, and of each group."""
    given = asked.dict()
    filters = {key: given[key] for key in ("q", *FACETS, "open", "asof") if given[key]}
    chosen, kept = portfolio_rows(caller(request), filters, timezone.localdate())
    found = portfolio(chosen, asked.by, kept.get("unit", ""))
    return PortfolioOut(
        day=chosen.day.isoformat(),
        by=found.by,
        practice=kept.get("practice") == "1",
        whole=_figures(found.whole, chosen.inside),
        groups=[
            GroupOut(value=one.value, label=one.label,
                     figures=_figures(one.figures, chosen.inside), lamps=one.lamps)
            for one in found.groups
        ],
        stages={step.stage: step.count for step in found.funnel},
        lamps=found.lamps,
        lamps_of=chosen.past.month or None if chosen.inside and chosen.past else None,
    )  # fmt: skip


def _figures(of: Figures, inside: bool) -> PortfolioFiguresOut:
    return PortfolioFiguresOut(
        number=of.number,
        started=of.started,
        completed=of.completed,
        producing=of.producing,
        total=of.total,
        without_total=of.without_total,
        planned=of.planned,
        with_plan=of.with_plan,
        invested=of.invested if inside else None,
        invested_year=of.invested_year if inside else None,
        start_rate=_share(of.start_rate),
        completion_rate=_share(of.completion_rate),
        progress=_share(of.progress) if inside else None,
        progress_year=_share(of.progress_year) if inside else None,
    )


def _share(share: Fraction | None) -> float | None:
    return None if share is None else float(share)
