"""Load the policy pack (装入数据包): units, plans and targets, and the verdicts of today.

Runs at every start and does nothing when the pack is what it was. Rows are matched by the pack's
own ids, so that addresses, documents and decisions stay when a new version of the pack comes.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from hexi.catalogue import Pack, load_pack
from hexi.catalogue.evidence import PackTarget, PlanRef
from hexi.catalogue.pack import pack_path
from hexi.portal.core.models import Event, Unit
from hexi.portal.core.record import record
from hexi.portal.core.seed import seed_units
from hexi.portal.plans.models import PlanRow, TargetRow
from hexi.portal.plans.models.plan import Source
from hexi.portal.plans.queries.judged import put_verdicts
from hexi.portal.plans.reading.digests import lay_digests
from hexi.portal.plans.reading.renewed import renew_verdicts
from hexi.portal.plans.target_followers import tell_followers

__all__ = ["seed_pack"]


def seed_pack(name: str, *, at: datetime) -> str:
    """Load the pack; returns one line for the terminal."""
    pack = load_pack(name)
    stamp = _stamp(name, at)
    last = Event.objects.filter(act="seed_pack").first()
    if last is not None and last.after.get("stamp") == stamp:
        return f"{pack.id} {pack.version}"
    with transaction.atomic():
        units = seed_units(pack)
        plans = _plans(pack, at)
        targets = _targets(pack, plans)
        tell_followers(plans.values(), at=at)
        put_verdicts(pack, TargetRow.objects.filter(plan__source=Source.PACK), at.date())
        renewed = renew_verdicts(pack, at=at)
        digests = lay_digests(pack, plans, at=at)
        root = Unit.objects.get(code=pack.region)
        facts = {"pack": pack.id, "version": pack.version, "stamp": stamp}
        counts = {"units": units, "plans": len(plans), "targets": targets}
        counts |= {"digests": digests, "verdicts": renewed}
        record(
            "seed_pack",
            root,
            by=None,
            at=at,
            name=f"{pack.name} {pack.version}",
            unit_path=root.path,
            after={**facts, **counts},
        )
    return f"{pack.id} {pack.version}: {units} / {len(plans)} / {targets} / {digests}"


def _plans(pack: Pack, at: datetime) -> dict[str, PlanRow]:
    units = {unit.code: unit for unit in Unit.objects.all()}
    known = {row.pack_id: row for row in PlanRow.objects.filter(source=Source.PACK)}
    rows: dict[str, PlanRow] = {}
    for ref in pack.plans:
        row = known.get(ref.id) or PlanRow(
            pack_id=ref.id, source=Source.PACK, published=True, created_at=at
        )
        row.title, row.unit, row.level = ref.title, units.get(ref.owner), ref.level
        row.first_year, row.last_year, row.updated_at = ref.start, ref.end, at
        row.save()
        row.put_register({**row.register(), **_card(ref)})
        rows[ref.id] = row
    for ref in pack.plans:
        if ref.upper and ref.upper[0] in rows and rows[ref.id].upper_id != rows[ref.upper[0]].pk:
            rows[ref.id].upper = rows[ref.upper[0]]
            rows[ref.id].save(update_fields=["upper"])
    return rows


def _card(ref: PlanRef) -> dict[str, Any]:
    return {
        "pack": {
            "issuer": ref.issuer,
            "issued": ref.issued,
            "number": ref.number,
            "kind": ref.kind,
            "basis": list(ref.basis),
            "status": ref.status,
            "note": ref.note,
        }
    }


def _targets(pack: Pack, plans: dict[str, PlanRow]) -> int:
    units = dict(Unit.objects.values_list("code", "pk"))
    names = {unit.id: unit.name for unit in pack.units}
    indicators = {i.id: i for i in pack.indicators}
    known = {row.pack_id: row for row in TargetRow.objects.filter(reading=None)}
    gone = set(known)
    for number, target in enumerate(pack.targets):
        row = known.get(target.id) or TargetRow(pack_id=target.id)
        gone.discard(target.id)
        row.plan, row.number = plans[target.plan], number
        row.unit_id = units.get(target.unit)
        row.subject = names.get(target.unit, target.unit)
        row.indicator_id = target.indicator
        known_as = indicators[target.indicator].name if target.indicator in indicators else ""
        row.indicator = (target.name or known_as)[:300]
        _figures(row, target)
        row.save()
    TargetRow.objects.filter(reading=None, pack_id__in=gone).delete()
    return len(pack.targets)


def _figures(row: TargetRow, target: PackTarget) -> None:
    row.kind, row.measure, row.bound = target.nature, target.measure, target.bound
    row.base = target.base.printed if target.base else ""
    row.base_period = target.base_period
    row.value, row.period = target.figure.printed, target.period
    row.size = float(target.figure.value)
    row.value_unit = target.measure_unit
    row.place = target.place[:300]
    row.record = {
        "facets": list(target.facets),
        "growth": target.growth.printed if target.growth else "",
        "growth_bound": target.growth_bound,
        "row": target.row,
        "note": target.note,
    }


def _stamp(name: str, at: datetime) -> str:
    """Changes with the pack, with the program, and with the month: verdicts follow the calendar."""
    digest = hashlib.sha256(f"{settings.HEXI_VERSION} {at:%Y-%m}".encode())
    root = pack_path(name)
    for path in sorted(Path(root).rglob("*")):
        if path.suffix in (".csv", ".toml"):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]
