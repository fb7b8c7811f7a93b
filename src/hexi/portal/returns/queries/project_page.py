"""Projects on pages (项目页): a line of the register, and the card of one project."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.returns.models import Enterprise, Project
from hexi.portal.returns.registers.classes import INDUSTRY, PLACE, class_name, with_section

__all__ = ["SORTS", "ProjectLine", "filtered", "project_facts", "project_lines", "sorted_rows"]

#: column to what it sorts by
SORTS = {
    "name": ("name",),
    "code": ("code",),
    "unit": ("reporter__home__order", "code"),
    "enterprise": ("enterprise__name", "code"),
    "since": ("since", "code"),
    "until": ("until", "code"),
}


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One project in the register."""

    id: int
    url: str
    code: str
    name: str
    unit: str
    unit_code: str
    enterprise: str
    enterprise_code: str
    industry: str
    industry_name: str
    place: str
    since: str
    until: str
    #: past its planned end, and not closed
    overdue: bool
    closed: str


def project_lines(rows: Iterable[Project], today: date) -> list[ProjectLine]:
    """The lines of a list; rows come with reporter, home and enterprise."""
    return [
        ProjectLine(
            id=row.pk,
            url=f"/reporting-projects/{row.pk}/",
            code=row.code,
            name=row.name,
            unit=name_of(row.reporter.home),
            unit_code=row.reporter.home.code,
            enterprise=row.enterprise.name,
            enterprise_code=row.enterprise.code,
            industry=with_section(row.industry),
            industry_name=class_name(INDUSTRY, row.industry),
            place=row.place,
            since=row.since.isoformat(),
            until=row.until.isoformat(),
            overdue=row.closed is None and row.until < today,
            closed=row.closed.isoformat() if row.closed else "",
        )
        for row in rows
    ]


def filtered(rows: Any, asked: Any, today: date) -> Any:
    """The filters of the address; also used by the API."""
    if query := asked.get("q", "").strip():
        words = Q(name__icontains=query) | Q(code__istartswith=query)
        led = Q(enterprise__name__icontains=query) | Q(enterprise__code__istartswith=query)
        rows = rows.filter(words | led)
    if unit := asked.get("unit"):
        rows = rows.filter(reporter__home__path__contains=f"/{unit}/")
    match asked.get("state", ""):
        case "open":
            rows = rows.filter(closed=None)
        case "overdue":
            rows = rows.filter(closed=None, until__lt=today)
        case "closed":
            rows = rows.exclude(closed=None)
    return rows


def sorted_rows(rows: Any, sort: str) -> Any:
    """The order of the address; an unknown one is by name."""
    keys = SORTS.get(sort.lstrip("-"), SORTS["name"])
    order = [f"-{key}" for key in keys] if sort.startswith("-") else list(keys)
    return rows.select_related("reporter__home", "enterprise").order_by(*order, "pk")


def project_facts(row: Project, today: date, person: Person | None) -> dict[str, Any]:
    """The card of one project; its enterprise may stand where the person sees none."""
    seen = Enterprise.objects.visible_to(person).filter(pk=row.enterprise_id).exists()
    return {
        "line": project_lines([row], today)[0],
        "place_name": class_name(PLACE, row.place),
        "enterprise_url": f"/enterprises/{row.enterprise_id}/" if seen else "",
        "contact": row.reporter.contact,
        "phone": row.reporter.phone,
        "email": row.reporter.email,
    }
