"""Projects as targets lean on them (支撑项目): when they were to start, whether they did, funds.

Planned start from the register of projects; start and funds from the newest approved progress
returns. A project that has not reported says nothing of itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from hexi.portal.returns.models import Project, Submission

__all__ = ["ProjectProgress", "project_progress"]

_FORM = "project-month"


@dataclass(frozen=True, slots=True)
class ProjectProgress:
    """What is known of one project by a day; funds in 万元, since the start of the year."""

    name: str
    code: str
    #: days, as the register and the returns have them; empty: not known, not started
    planned_start: str
    started: str
    #: month of the newest approved return, YYYYMM; 0: none
    period: int
    funds: Decimal | None
    #: what the year's plan of investment is
    year_plan: Decimal | None


def project_progress(named: Iterable[str], at: date) -> dict[str, ProjectProgress]:
    """Progress of the projects that go by these names or codes; those not registered are left
    out, and so is a name that two projects bear."""
    wanted = {name for name in named if name}
    rows = Project.objects.filter(Q(name__in=wanted) | Q(code__in=wanted), closed=None)
    found: dict[str, list[Project]] = {}
    for row in rows:
        for key in {row.name, row.code} & wanted:
            found.setdefault(key, []).append(row)
    single = {key: listed[0] for key, listed in found.items() if len(listed) == 1}
    made = _submissions({row.pk for row in single.values()}, at)
    return {key: _progress(row, made.get(row.pk, {}), at) for key, row in single.items()}


def _submissions(reporters: set[int], at: date) -> dict[int, dict[int, Submission]]:
    """The newest approved submission of every month, by reporter."""
    rows = Submission.objects.filter(
        target__form=_FORM,
        target__reporter__in=reporters,
        target__period__lte=at.year * 100 + at.month,
        approved_at__isnull=False,
    )
    found: dict[int, dict[int, Submission]] = {}
    for made in rows.select_related("target").order_by("number"):
        found.setdefault(made.target.reporter_id, {})[made.target.period] = made
    return found


def _progress(row: Project, made: dict[int, Submission], at: date) -> ProjectProgress:
    newest = made[max(made)] if made else None
    period = max(made, default=0)
    # a year's funds are those of its months; one that is missing would be counted as none
    year = [made.get(period // 100 * 100 + month) for month in range(1, period % 100 + 1)]
    first = row.since.year * 100 + row.since.month
    asked = [
        one
        for month, one in enumerate(year, 1)
        if period // 100 * 100 + month >= first or one is not None
    ]
    funds = [_figure(one, "project_funds") for one in asked if one is not None]
    whole = bool(asked) and len(funds) == len(asked) and None not in funds
    return ProjectProgress(
        row.name,
        row.code,
        row.since.isoformat(),
        str(newest.cover.get("started_on") or "") if newest else "",
        period,
        sum((one for one in funds if one is not None), Decimal(0)) if whole else None,
        _figure(newest, "project_year_plan") if newest else None,
    )


def _figure(made: Submission, item: str) -> Decimal | None:
    text = made.values.get(item, "")
    return Decimal(text) if text else None
