"""Enterprises on pages (企业页): a line of the register, and one enterprise with its dated past."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import Permission
from hexi.portal.returns.models import Enterprise, Filler, Spell
from hexi.portal.returns.models.enterprise import OWNERSHIPS, SIZES
from hexi.portal.returns.queries.lines import moment
from hexi.portal.returns.registers.classes import INDUSTRY, PLACE, class_name, with_section

__all__ = [
    "SORTS",
    "EnterpriseLine",
    "enterprise_facts",
    "enterprise_lines",
    "fillers_of",
    "filtered",
    "register_units",
    "sorted_rows",
    "spells_of",
]

#: column to what it sorts by
SORTS = {
    "name": ("name",),
    "code": ("code",),
    "unit": ("reporter__home__order", "code"),
    "industry": ("industry", "code"),
    "opened": ("opened", "code"),
}


@dataclass(frozen=True, slots=True)
class EnterpriseLine:
    """One enterprise in the register."""

    id: int
    url: str
    code: str
    name: str
    unit: str
    unit_code: str
    industry: str
    industry_name: str
    place: str
    ownership: str
    size: str
    above_scale: bool
    trader: bool
    opened: str
    closed: str


def enterprise_lines(rows: Iterable[Enterprise]) -> list[EnterpriseLine]:
    """The lines of a list; rows come with reporter and home."""
    return [
        EnterpriseLine(
            id=row.pk,
            url=f"/enterprises/{row.pk}/",
            code=row.code,
            name=row.name,
            unit=name_of(row.reporter.home),
            unit_code=row.reporter.home.code,
            industry=with_section(row.industry),
            industry_name=class_name(INDUSTRY, row.industry),
            place=row.place,
            ownership=str(OWNERSHIPS.get(row.ownership, "")),
            size=str(SIZES.get(row.size, "")),
            above_scale=row.above_scale,
            trader=row.trader,
            opened=row.opened.isoformat(),
            closed=row.closed.isoformat() if row.closed else "",
        )
        for row in rows
    ]


def filtered(rows: Any, asked: Any) -> Any:
    """The filters of the address; also used by the API."""
    if query := asked.get("q", "").strip():
        rows = rows.filter(Q(name__icontains=query) | Q(code__istartswith=query))
    if unit := asked.get("unit"):
        rows = rows.filter(reporter__home__path__contains=f"/{unit}/")
    if industry := asked.get("industry"):
        rows = rows.filter(industry__startswith=industry)
    state = asked.get("state", "")
    if state in ("open", "closed"):
        rows = rows.filter(closed__isnull=state == "open")
    if asked.get("scale") == "above":
        rows = rows.filter(above_scale=True)
    return rows


def sorted_rows(rows: Any, sort: str) -> Any:
    """The order of the address; an unknown one is by name."""
    keys = SORTS.get(sort.lstrip("-"), SORTS["name"])
    order = [f"-{key}" for key in keys] if sort.startswith("-") else list(keys)
    return rows.select_related("reporter__home").order_by(*order, "pk")


def register_units(person: Person | None) -> list[Unit]:
    """Parks and zones that the person keeps the register of."""
    if person is None or not person.grants(Permission.KEEP_REGISTER):
        return []
    units = Unit.objects.filter(kind__in=("park", "zone")).order_by("order")
    return [unit for unit in units if not unit.until and person.covers(unit.path)]


def enterprise_facts(row: Enterprise) -> dict[str, Any]:
    """The card of one enterprise."""
    return {
        "line": enterprise_lines([row])[0],
        "place_name": class_name(PLACE, row.place),
        "address": row.address,
        "contact": row.reporter.contact,
        "phone": row.reporter.phone,
        "email": row.reporter.email,
        "successor": {"name": row.successor.name, "url": f"/enterprises/{row.successor_id}/"}
        if row.successor
        else None,
        "merged": [
            {"name": one.name, "url": f"/enterprises/{one.pk}/"}
            for one in row.merged.order_by("code")
        ],
    }


def spells_of(row: Enterprise) -> list[dict[str, Any]]:
    """Where it stood when, newest first."""
    spells: list[Spell] = list(row.spells.select_related("unit").order_by("-since"))
    return [
        {
            "since": spell.since.isoformat(),
            "until": spell.until.isoformat() if spell.until else "",
            "unit": name_of(spell.unit),
            "industry": with_section(spell.industry),
            "industry_name": class_name(INDUSTRY, spell.industry),
            "place": class_name(PLACE, spell.place) or spell.place,
            "ownership": str(OWNERSHIPS.get(spell.ownership, "")),
            "size": str(SIZES.get(spell.size, "")),
            "above_scale": spell.above_scale,
            "trader": spell.trader,
            "reason": spell.reason,
        }
        for spell in spells
    ]


def fillers_of(row: Enterprise) -> list[dict[str, Any]]:
    """Who fills in for it."""
    fillers = Filler.objects.filter(reporter=row.pk).select_related("person")
    return [
        {
            "id": filler.person_id,
            "name": filler.person.name,
            "username": filler.person.username,
            "active": filler.person.is_active,
            "last": moment(filler.person.last_login),
        }
        for filler in fillers
    ]
