"""What projects reached (履约实绩): from the monthly progress, from entries, from returns.

A month's figures are known up to its end. Twelve approved monthly returns of the one enterprise
that carries one project make a year's figure, where nobody entered another; less makes none.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from hexi.admission import AgreedItem, Seen
from hexi.portal.admission.models import AgreedActual
from hexi.portal.projects.models import Progress, ProjectRecord
from hexi.portal.returns.models import Submission

__all__ = ["actuals_of"]

_FORM: Final = "enterprise-month"
_WAN: Final = 10_000
_MONTHS: Final = 12

Figures = dict[int, dict[str, list[Seen]]]


def actuals_of(projects: Collection[int], items: Collection[AgreedItem]) -> Figures:
    """By project and undivided item what was reached, the days in order."""
    found: Figures = defaultdict(lambda: defaultdict(list))
    entered = AgreedActual.objects.filter(project__in=projects).order_by("of")
    years: set[tuple[int, str, int]] = set()
    for one in entered:
        years.add((one.project_id, one.item, one.of.year))
        said = (f"录入，{one.evidence}", f"entered, {one.evidence}")
        found[one.project_id][one.item].append(Seen(one.of, one.value, *said))
    for item in items:
        if item.source == "progress":
            for project, seen in _invested(projects).items():
                found[project][item.id] = seen
        elif item.return_item and item.measure == "year":
            for project, seen in _returned(projects, item.return_item).items():
                fresh = [one for one in seen if (project, item.id, one.of.year) not in years]
                merged = [*found[project][item.id], *fresh]
                found[project][item.id] = sorted(merged, key=lambda one: one.of)
    return found


def _invested(projects: Collection[int]) -> Mapping[int, list[Seen]]:
    """Cumulated investment at the end of every month that was reported."""
    found: dict[int, list[Seen]] = defaultdict(list)
    total: dict[int, int] = defaultdict(int)
    rows = Progress.objects.filter(project__in=projects).order_by("project", "month")
    for project, month, invested in rows.values_list("project_id", "month", "invested"):
        total[project] += invested
        value = Decimal(total[project])
        found[project].append(Seen(_end(month), value, "月度进度", "monthly progress"))
    return found


def _end(month: int) -> date:
    year, number = divmod(month, 100)
    return date(year, number, calendar.monthrange(year, number)[1])


def _returned(projects: Collection[int], item: str) -> Mapping[int, list[Seen]]:
    """Years of an item out of the approved monthly returns of the project's enterprise."""
    carriers = dict(
        ProjectRecord.objects.filter(pk__in=projects, enterprise__isnull=False).values_list(
            "pk", "enterprise_id"
        )
    )
    shared = _shared(set(carriers.values()))
    alone = {project: firm for project, firm in carriers.items() if firm not in shared}
    months: dict[int, dict[int, Decimal]] = defaultdict(dict)
    rows = Submission.objects.filter(
        target__form=_FORM, target__reporter__in=set(alone.values()), approved_at__isnull=False
    ).order_by("number")
    for firm, period, values in rows.values_list("target__reporter_id", "target__period", "values"):
        figure = _figure(values.get(item))
        if figure is not None:
            months[firm][period] = figure
    return {project: _years(months[firm]) for project, firm in alone.items() if firm in months}


def _shared(firms: set[int]) -> set[int]:
    """Enterprises that carry several projects: their figures are of none of them."""
    seen: set[int] = set()
    twice: set[int] = set()
    for firm in ProjectRecord.objects.filter(enterprise__in=firms, merged_into=None).values_list(
        "enterprise_id", flat=True
    ):
        (twice if firm in seen else seen).add(firm)
    return twice


def _years(months: Mapping[int, Decimal]) -> list[Seen]:
    years: dict[int, list[Decimal]] = defaultdict(list)
    for period, value in months.items():
        years[period // 100].append(value)
    source = ("企业月报十二个月合计", "twelve monthly returns of the enterprise")
    return [
        Seen(date(year, 12, 31), sum(values, Decimal(0)) * _WAN, *source)
        for year, values in sorted(years.items())
        if len(values) == _MONTHS
    ]


def _figure(text: object) -> Decimal | None:
    try:
        return Decimal(str(text)) if text else None
    except InvalidOperation:
        return None
