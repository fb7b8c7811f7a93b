"""How far a project is (项目进展): years against their plans, months, photos, and the line of it.

Shown only to who sees the project whole; of years, the plans are public.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext as _

from hexi.portal.projects.models import Progress, ProjectFile, ProjectRecord, YearPlan
from hexi.portal.projects.queries import words
from hexi.projects.lamps import UNKNOWN, plan_months

__all__ = ["FileLine", "MonthLine", "YearLine", "chart", "files_by_use", "months", "years"]


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year: what was planned, what was invested."""

    year: int
    planned: str
    content: str
    invested: str
    #: of the plan, in per cent
    rate: str


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of the project."""

    id: int
    url: str
    name: str
    kind: str
    photo: bool
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month: its money, the sum so far, physical progress, words and photos."""

    month: str
    url: str
    invested: str
    so_far: str
    done: str
    note: str
    who: str
    files: list[FileLine]


def years(plans: list[YearPlan], progress: list[Progress], *, inside: bool) -> list[YearLine]:
    """Years with a plan or with money, the newest first."""
    spent: dict[int, int] = defaultdict(int)
    for one in progress:
        spent[one.month // 100] += one.invested
    planned = {plan.year: plan for plan in plans}
    every = sorted({*planned, *(spent if inside else ())}, reverse=True)
    lines = []
    for year in every:
        plan = planned.get(year)
        invested = spent.get(year) if inside else None
        lines.append(
            YearLine(
                year=year,
                planned=words.money_text(plan.planned) if plan else "",
                content=plan.content if plan else "",
                invested=words.money_text(invested),
                rate=words.share_text(invested, plan.planned if plan else None),
            )
        )
    return lines


def months(
    row: ProjectRecord, progress: list[Progress], files: dict[str, list[FileLine]]
) -> list[MonthLine]:
    """Months that were entered, the newest first."""
    so_far, lines = 0, []
    for one in progress:
        so_far += one.invested
        lines.append(
            MonthLine(
                month=words.month_label(one.month),
                url=f"{reverse('project-progress', args=[row.pk])}?month={one.month}",
                invested=words.money_text(one.invested),
                so_far=words.money_text(so_far),
                done="" if one.done is None else f"{one.done.normalize():f}%",
                note=one.note,
                who=one.by_name,
                files=files.get(f"month:{one.month}", []),
            )
        )
    return lines[::-1]


def files_by_use(files: list[ProjectFile]) -> dict[str, list[FileLine]]:
    """Files by what they prove (``stage:signed``, ``month:202611`` …)."""
    found: dict[str, list[FileLine]] = defaultdict(list)
    for file in files:
        found[file.of].append(
            FileLine(
                id=file.pk,
                url=reverse("project-file", args=[file.project_id, file.pk]),
                name=file.name,
                kind=_use(file.of),
                photo=file.media_type.startswith("image/"),
                who=file.by_name,
                at=words.moment_text(file.at),
            )
        )
    return found


def _use(of: str) -> str:
    what, _colon, which = of.partition(":")
    if what == "stage":
        return words.stage_label(which)
    if what == "month" and which.isdecimal():
        return words.month_label(int(which))
    return _("Other papers")


def chart(plans: list[YearPlan], progress: list[Progress], today: date) -> dict[str, Any] | None:
    """Investment of the latest year month by month, summed up, against the plan of the year.

    The plan rises over the months on which the lamps let it fall.
    """
    if not progress:
        return None
    year = progress[-1].month // 100
    planned = next((plan.planned for plan in plans if plan.year == year), None)
    by_month = {one.month % 100: one.invested for one in progress if one.month // 100 == year}
    last = max(by_month)
    so_far, sums = 0, []
    for month in range(1, 13):
        so_far += by_month.get(month, 0)
        sums.append(so_far / 10**4 if month <= last else None)
    series = [{"name": _("Invested"), "data": sums}]
    if planned is not None:
        series.append(
            {"name": _("Plan, evenly"), "data": _even(progress[0].project, year, planned)}
        )
    return {
        "kind": "line",
        "title": _("Investment of %(year)s, summed up by month") % {"year": year},
        "unit": _("10,000 yuan"),
        "decimals": 0,
        "periods": [f"{month:02d}" for month in range(1, 13)],
        "series": series,
    }


def _even(row: ProjectRecord, year: int, planned: int) -> list[float]:
    """万元 of the plan that are due by the end of each month."""
    begin, end = (
        np.array([day.year * 100 + day.month if day else UNKNOWN])
        for day in (row.planned_start, row.planned_end)
    )
    first, last = (int(month[0]) for month in plan_months(begin, end, year))
    shares = [
        min(max(month - first + 1, 0), last - first + 1) / (last - first + 1)
        for month in range(1, 13)
    ]
    return [round(planned * share / 10**4, 2) for share in shares]
