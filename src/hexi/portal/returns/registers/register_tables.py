"""The register as the warehouse keeps it (名录入库): reporters, units and dated belonging.

A month belongs where the reporter stood on its last day. Five trees: jurisdiction (管辖), type of
zone (开发区类型), region (区域), industry (行业) and ownership (登记注册类型).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
from django.conf import settings

from hexi.catalogue import load_pack
from hexi.portal.core.models import Unit
from hexi.portal.returns import form_book
from hexi.portal.returns.models import Enterprise, Project, Reporter, Spell, WarehouseKey
from hexi.portal.returns.models.enterprise import OWNERSHIPS
from hexi.portal.returns.registers.classes import classification_of
from hexi.portal.returns.registers.unit_trees import Stand, UnitTrees
from hexi.warehouse import Registry
from hexi.warehouse.registry import TABLES

__all__ = ["current_register"]

_OPEN = 999912
_FIRST = 190001
#: classes stand in the table of units above every unit's own number
_CLASSES = 1_000_000

#: what all industries, and all kinds of ownership, stand under
_WHOLE = {"industry:all": "全部行业", "ownership:all": "全部登记注册类型"}

Row = dict[str, Any]


def current_register() -> Registry:
    """Everything that facts refer to, with a number for each code that is new."""
    forms = form_book.book()
    industries = classification_of("gbt4754").items
    names = [*_WHOLE, *(f"industry:{item.code}" for item in industries)]
    names += [f"ownership:{code}" for code in OWNERSHIPS]
    trees = UnitTrees(_stands(), load_pack(settings.HEXI.pack).memberships)
    names += trees.classes()
    classes = {code: _CLASSES + number for code, number in _numbers("class", names).items()}
    form_numbers = _numbers("form", forms.ids)
    items = {item.code: item.name for item in forms.items()}
    item_numbers = _numbers("item", items)
    enterprises = list(Enterprise.objects.order_by("pk"))
    spells = list(Spell.objects.order_by("enterprise", "since"))
    projects = list(Project.objects.order_by("pk"))
    return Registry.of(
        {
            "form": [
                {"id": number, "code": code, "frequency": forms.latest(code).frequency}
                for code, number in form_numbers.items()
            ],
            "item": [
                {"id": number, "code": code, "name": items[code]}
                for code, number in item_numbers.items()
            ],
            "facet": list(_facets()),
            "reporter": list(_reporters(enterprises, projects)),
            "unit": [*_units(), *_class_units(industries, trees, classes)],
            "membership": _memberships(enterprises, spells, projects, trees, classes),
            "edge": [*_edges(trees, classes), *_class_edges(industries, classes)],
        }
    )


def _numbers(kind: str, codes: Iterable[str]) -> dict[str, int]:
    """The numbers of codes; new ones get the next numbers."""
    wanted = list(codes)
    known = dict(WarehouseKey.objects.filter(kind=kind).values_list("code", "number"))
    last = max(known.values(), default=0)
    fresh = [code for code in wanted if code not in known]
    made = [
        WarehouseKey(kind=kind, code=code, number=number)
        for number, code in enumerate(fresh, last + 1)
    ]
    WarehouseKey.objects.bulk_create(made)
    known.update((key.code, key.number) for key in made)
    return {code: known[code] for code in wanted}


def _facets() -> Iterator[Row]:
    """Classes of dynamic rows: their code is their number."""
    pack = load_pack(settings.HEXI.pack)
    asked = {
        section.rows
        for form in form_book.book().versions
        for section in form.sections
        if section.dynamic
    }
    seen: set[int] = set()
    for classification in pack.classifications:
        for item in classification.items if classification.id in asked else ():
            if item.code.isdecimal() and int(item.code) not in seen:
                seen.add(int(item.code))
                yield {"id": int(item.code), "code": item.code, "name": item.name}


def _reporters(enterprises: Iterable[Enterprise], projects: Iterable[Project]) -> Iterator[Row]:
    lives = {e.pk: (_month(e.opened), _end(e.opened, e.closed)) for e in enterprises}
    lives |= {p.pk: (_month(p.since), _end(p.since, p.closed)) for p in projects}
    for pk, code, name in Reporter.objects.order_by("pk").values_list("pk", "code", "name"):
        since, until = lives.get(pk, (_FIRST, _OPEN))
        yield {"id": pk, "code": code, "name": name, "since": since, "until": until}


def _units() -> Iterator[Row]:
    for pk, code, name, kind in Unit.objects.order_by("pk").values_list(
        "pk", "code", "name", "kind"
    ):
        yield {"id": pk, "code": code, "name": name, "kind": kind}


def _stands() -> Iterator[Stand]:
    rows = Unit.objects.order_by("pk").values_list("code", "parent__code", "region", "record")
    for code, parent, region, record in rows:
        yield Stand(code, parent or "", record.get("zone_type", ""), region)


def _edges(trees: UnitTrees, classes: dict[str, int]) -> Iterator[Row]:
    numbers = {**dict(Unit.objects.values_list("code", "pk")), **classes}
    for edge in trees.edges():
        yield {
            "unit": numbers[edge.unit],
            "parent": numbers[edge.parent],
            "tree": edge.tree,
            "since": edge.since,
            "until": edge.until,
        }


def _class_units(
    industries: Iterable[Any], trees: UnitTrees, classes: dict[str, int]
) -> Iterator[Row]:
    named = _WHOLE | {f"industry:{item.code}": item.name for item in industries}
    named |= {f"ownership:{code}": code for code in OWNERSHIPS}
    named |= trees.classes()
    for code, number in classes.items():
        yield {"id": number, "code": code, "name": named[code], "kind": code.partition(":")[0]}


def _class_edges(industries: Iterable[Any], classes: dict[str, int]) -> Iterator[Row]:
    for item in industries:
        above = classes[f"industry:{item.parent or 'all'}"]
        yield {"unit": classes[f"industry:{item.code}"], "parent": above, "tree": "industry"}
    for code in OWNERSHIPS:
        unit, above = classes[f"ownership:{code}"], classes["ownership:all"]
        yield {"unit": unit, "parent": above, "tree": "ownership"}


def _memberships(
    enterprises: Iterable[Enterprise],
    spells: Iterable[Spell],
    projects: Iterable[Project],
    trees: UnitTrees,
    classes: dict[str, int],
) -> pa.Table:
    """Who belonged where, in columns: it is the register's longest table by far."""
    columns: dict[str, list[Any]] = {name: [] for name in TABLES["membership"].names}
    zoned = set(Unit.objects.filter(code__in=trees.zoned).values_list("pk", flat=True))

    def belongs(reporter: int, unit: int, tree: str, since: int, until: int) -> None:
        for column, value in zip(
            columns.values(), (reporter, unit, tree, since, until), strict=True
        ):
            column.append(value)

    def stands(reporter: int, unit: int, since: int, until: int) -> None:
        belongs(reporter, unit, "jurisdiction", since, until)
        belongs(reporter, unit, "region", since, until)
        if unit in zoned:
            belongs(reporter, unit, "zone_type", since, until)

    def works_in(reporter: int, industry: str, since: int, until: int) -> None:
        division = classes.get(f"industry:{industry[:2]}")
        if division is not None:
            belongs(reporter, division, "industry", since, until)

    units = Reporter.objects.filter(enterprise=None, project=None)
    for pk, home in units.values_list("pk", "home"):
        stands(pk, home, _FIRST, _OPEN)
    homes = dict(Reporter.objects.exclude(project=None).values_list("pk", "home"))
    for project in projects:
        since, until = _month(project.since), _end(project.since, project.closed)
        stands(project.pk, homes[project.pk], since, until)
        works_in(project.pk, project.industry, since, until)
    ends = {e.pk: _end(e.opened, e.closed) for e in enterprises}
    for spell in spells:
        since = _month(spell.since)
        until = _month(spell.until) if spell.until else ends[spell.enterprise_id]
        if since >= until:
            continue  # it stood there on no month's last day
        stands(spell.enterprise_id, spell.unit_id, since, until)
        works_in(spell.enterprise_id, spell.industry, since, until)
        if spell.ownership:
            owned = classes[f"ownership:{spell.ownership}"]
            belongs(spell.enterprise_id, owned, "ownership", since, until)
    return pa.table(columns, schema=TABLES["membership"])


def _month(day: date) -> int:
    return day.year * 100 + day.month


def _end(opened: date, closed: date | None) -> int:
    """The month after the last one in which it worked for a day; what never worked has one."""
    if closed is None:
        return _OPEN
    last = max(closed - timedelta(days=1), opened)
    return _month(last) + 1 if last.month < 12 else (last.year + 1) * 100 + 1
