"""What forms of supervision let one choose (可选项): units, people, kinds, projects and firms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import Permission, Role
from hexi.portal.returns.models import Enterprise
from hexi.portal.supervision.queries.visits import running_projects
from hexi.portal.supervision.rules import book, kind_body, kind_name, kinds_today, visit_name

__all__ = [
    "Found",
    "Option",
    "colleagues",
    "found_hosts",
    "kind_options",
    "own_units",
    "unit_options",
    "visit_options",
]

#: projects or firms that one search shows
_SHOWN = 40
_STAFF = (Role.ADMINISTRATOR, Role.PROVINCE, Role.ZONE, Role.PARK, Role.READER)


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a choice."""

    value: str
    label: str
    chosen: bool
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A project or enterprise that a search found."""

    name: str
    where: str
    #: what the address of the next page takes
    query: str


def unit_options(chosen: str = "") -> list[Option]:
    """All units: a problem may belong to any office."""
    return _units(Unit.objects.order_by("order"), chosen)


def own_units(person: Person, chosen: str = "") -> list[Option]:
    """Units in whose name this person may act; the person's own offices come first."""
    rows = Unit.objects.order_by("order")
    if not person.is_administrator:
        reach = Q(pk__in=())
        for path in person.scope_paths():
            reach |= Q(path__startswith=path)
        rows = rows.filter(reach)
    mine = {unit.pk for unit in person.scope_units()}
    return _units(sorted(rows, key=lambda unit: unit.pk not in mine), chosen)


def _units(rows: Iterable[Unit], chosen: str) -> list[Option]:
    return [Option(unit.code, name_of(unit), unit.code == chosen) for unit in rows]


def colleagues(person: Person | None, chosen: int | None = None) -> list[Option]:
    """Staff of one's own offices, of those below and of those above."""
    if person is None or person.role == Role.ENTERPRISE:
        return []
    rows = Person.objects.filter(is_active=True, role__in=_STAFF)
    if not person.is_administrator:
        reach = Q(pk=person.pk)
        for path in person.scope_paths():
            above = ["/" + "/".join(path.strip("/").split("/")[:n]) + "/"
                     for n in range(1, path.count("/") - 1)]  # fmt: skip
            reach |= Q(units__path__startswith=path) | Q(units__path__in=above)
        rows = rows.filter(pk__in=Person.objects.filter(reach).values("pk"))
    listed = rows.prefetch_related("units").order_by("name", "pk")
    return [
        Option(
            str(one.pk),
            " · ".join(filter(None, (one.name, "、".join(name_of(u) for u in one.units.all())))),
            one.pk == chosen,
        )
        for one in listed
    ]


def kind_options(day: date, chosen: str = "") -> list[Option]:
    """Kinds of problems, each with who usually owns it and its working days."""
    return [
        Option(kind.id, kind_name(kind.id), kind.id == chosen, f"{kind_body(kind)} · {kind.days}")
        for kind in kinds_today(day)
    ]


def visit_options(chosen: str = "") -> list[Option]:
    """Kinds of visits; the six come first, as in the pack."""
    return [Option(one.id, visit_name(one.id), one.id == chosen) for one in book().visits]


def found_hosts(person: Person, query: str, *, firms: bool) -> list[Found]:
    """Projects, and enterprises where wanted, by a part of the name; an enterprise sees its own."""
    projects = running_projects(person).select_related("unit")
    if person.role == Role.ENTERPRISE:
        projects = projects.filter(enterprise__reporter__fillers__person=person)
    elif not query:
        return []
    listed: list[Found] = []
    asked = Q(name__icontains=query) | Q(number__iexact=query) | Q(state_code__iexact=query)
    for row in projects.filter(asked if query else Q()).order_by("name", "pk")[:_SHOWN]:
        listed.append(Found(row.called, f"{row.number} · {name_of(row.unit)}", f"project={row.pk}"))
    if firms and person.grants(Permission.KEEP_REGISTER):
        found: Any = Enterprise.objects.visible_to(person).filter(
            Q(name__icontains=query) | Q(code__iexact=query)
        )
        for firm in found.select_related("reporter__home").order_by("name")[:_SHOWN]:
            where = f"{firm.code} · {name_of(firm.reporter.home)}"
            listed.append(Found(firm.name, where, f"enterprise={firm.pk}"))
    return listed
