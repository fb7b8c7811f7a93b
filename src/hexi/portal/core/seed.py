"""Units from the pack (责任主体入库): the tree that scope is counted in, laid out with paths."""

from __future__ import annotations

from typing import Any

from hexi.catalogue import Pack
from hexi.portal.core.models import Unit

__all__ = ["seed_unit_alone", "seed_units"]

#: which belonging makes the tree, the strongest first
_RELATIONS = ("governs", "located", "counts")


def seed_units(pack: Pack) -> int:
    """Make the units table say what the pack says; returns how many units there are.

    Units that have left the pack stay: plans and events still refer to them.
    """
    parents = _parents(pack)
    order = {unit.id: number for number, unit in enumerate(pack.units)}
    known = {row.code: row for row in Unit.objects.all()}
    paths: dict[str, str] = {}
    changed = []
    for unit_id in sorted(order, key=lambda code: (_depth(code, parents), order[code])):
        unit = pack.units[order[unit_id]]
        parent, since = parents.get(unit_id, ("", ""))
        paths[unit_id] = f"{paths.get(parent, '/')}{unit_id}/"
        facts = _facts(unit, order[unit_id], paths[unit_id], since)
        row = known.get(unit_id)
        if row is None:
            row = Unit(code=unit_id, **facts)
            row.save()
            known[unit_id] = row
        elif any(getattr(row, key) != value for key, value in facts.items()):
            for key, value in facts.items():
                setattr(row, key, value)
            changed.append(row)
        above = known.get(parent)
        if row.parent_id != (above.pk if above else None):
            row.parent = above
            changed.append(row)
    for row in changed:
        row.save()
    return len(order)


def seed_unit_alone(unit: Any) -> Unit:
    """A unit of no pack, the root of a tree of its own, after all the others."""
    last = Unit.objects.order_by("-order").values_list("order", flat=True).first() or 0
    row, _made = Unit.objects.get_or_create(
        code=unit.id, defaults=_facts(unit, last + 1, f"/{unit.id}/", "")
    )
    return row


def _parents(pack: Pack) -> dict[str, tuple[str, str]]:
    """The parent of each unit today, and since when."""
    chosen: dict[str, tuple[str, str]] = {}
    for relation in reversed(_RELATIONS):
        for membership in pack.memberships:
            if membership.relation == relation and not membership.until:
                chosen[membership.unit] = (membership.parent, membership.since)
    return chosen


def _depth(unit_id: str, parents: dict[str, tuple[str, str]]) -> int:
    depth, here, seen = 0, unit_id, {unit_id}
    while here in parents and parents[here][0] not in seen:
        here = parents[here][0]
        seen.add(here)
        depth += 1
    return depth


def _facts(unit: Any, order: int, path: str, since: str) -> dict[str, Any]:
    return {
        "name": unit.name,
        "name_en": unit.name_en,
        "kind": unit.kind,
        "level": unit.level,
        "region": unit.region,
        "path": path,
        "order": order,
        "since": since,
        "record": {
            "industries": list(unit.industries),
            "aliases": list(unit.aliases),
            "code": unit.code,
            "zone_type": unit.zone_type,
            "note": unit.note,
            "source": unit.source,
        },
    }
