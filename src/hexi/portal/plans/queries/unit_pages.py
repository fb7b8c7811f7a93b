"""Units (责任主体): the tree with what each has, and one unit's page."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound
from hexi.portal.plans.models import PlanRow, TargetRow
from hexi.portal.plans.queries import words
from hexi.portal.plans.queries.lines import target_line
from hexi.portal.plans.queries.pack import current_pack
from hexi.portal.plans.queries.plan_lists import plan_lines

__all__ = ["unit_context", "unit_tree"]

_KINDS: dict[str, Any] = {
    "province": lazy("Province"),
    "city": lazy("City"),
    "county": lazy("County"),
    "zone": lazy("Zone"),
    "park": lazy("Park"),
    "group": lazy("Group"),
    "department": lazy("Department"),
    "enterprise": lazy("Enterprise"),
}


def unit_tree(person: Person | None) -> list[dict[str, Any]]:
    """All units from the root down, with the plans and targets one may see."""
    children: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in Unit.objects.order_by("order"):
        children[unit.parent_id].append(unit)
    plans = _tally(PlanRow.objects.visible_to(person))
    targets = _tally(TargetRow.objects.visible_to(person))
    lines: list[dict[str, Any]] = []
    waiting = list(reversed(children[None]))
    while waiting:
        unit = waiting.pop()
        waiting.extend(reversed(children[unit.pk]))
        lines.append(
            {**_line(unit), "plans": plans.get(unit.pk, 0), "targets": targets.get(unit.pk, 0)}
        )
    return lines


def unit_context(code: str, person: Person | None) -> dict[str, Any]:
    """The page of one unit."""
    unit = Unit.objects.select_related("parent").filter(code=code).first()
    if unit is None:
        raise NotFound
    plans = PlanRow.objects.visible_to(person).filter(unit=unit).select_related("unit")
    targets = TargetRow.objects.visible_to(person).filter(unit=unit).select_related("plan", "unit")
    return {
        "unit": {
            **_line(unit),
            "official_code": unit.record.get("code", ""),
            "industries": unit.record.get("industries", []),
            "aliases": unit.record.get("aliases", []),
            "zone_type": unit.record.get("zone_type", ""),
            "note": unit.record.get("note", ""),
            "source": unit.record.get("source", ""),
            "members": _memberships(code),
        },
        "plans": plan_lines(list(plans), person),
        "targets": [target_line(row) for row in targets],
        "children": [_line(child) for child in unit.members.all()],
        "crumbs": _crumbs(unit),
    }


def _line(unit: Unit) -> dict[str, Any]:
    return {
        "depth": unit.depth,
        "code": unit.code,
        "name": name_of(unit),
        "url": f"/units/{unit.code}/",
        "kind": unit.kind,
        "kind_label": words.label(_KINDS, unit.kind),
        "level_label": words.label(words.LEVELS, unit.level),
        "region": unit.region,
    }


def _memberships(code: str) -> list[dict[str, str]]:
    """To whom the unit belongs, and since when."""
    pack = current_pack()
    names = {unit.id: name_of(unit) for unit in pack.units}
    return [
        {
            "name": names.get(m.parent, m.parent),
            "url": f"/units/{m.parent}/",
            "since": m.since,
            "until": m.until,
        }
        for m in pack.memberships
        if m.unit == code
    ]


def _crumbs(unit: Unit) -> list[dict[str, str]]:
    codes = [code for code in unit.path.split("/") if code]
    names = {above.code: name_of(above) for above in Unit.objects.filter(code__in=codes)}
    way = [{"label": str(lazy("Units")), "url": "/units/"}]
    for code in codes:
        url = "" if code == unit.code else f"/units/{code}/"
        way.append({"label": names.get(code, code), "url": url})
    return way


def _tally(rows: Any) -> dict[int, int]:
    return dict(rows.exclude(unit=None).order_by().values_list("unit").annotate(Count("id")))
