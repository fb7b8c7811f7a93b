"""The register on the plan (登记入库): card, goals, parks, projects, chapters and targets.

A plan of the pack keeps its card and its targets, which people have checked; only what the pack
does not know is taken from the document.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from hexi.catalogue import Pack, load_pack
from hexi.plans.register import Amount, Plan, Target
from hexi.portal.core.models import Unit
from hexi.portal.plans.models import PlanRow, Reading, TargetRow
from hexi.portal.plans.models.plan import Source
from hexi.portal.plans.queries.judged import lay_verdict, verdicts_of_plan
from hexi.portal.plans.target_followers import tell_followers

__all__ = ["put_register", "put_targets"]


def put_register(row: PlanRow, reading: Reading, plan: Plan, *, at: datetime) -> None:
    """Write what the document says about the plan."""
    record = plan.as_record()
    # targets have rows of their own; what the pack says about the plan stays
    said = {key: value for key, value in record.items() if key != "targets"}
    pack = row.register().get("pack")
    row.put_register({**said, "pack": pack} if pack else said)
    row.updated_at = at
    if row.source != Source.PACK:
        _put_card(row, plan)
        put_targets(row, reading, plan, load_pack(settings.HEXI.pack), at=at)
    row.save()


def _put_card(row: PlanRow, plan: Plan) -> None:
    row.title = (plan.title or row.title)[:300]
    row.level = plan.level or row.level
    row.first_year = plan.horizon.start or row.first_year
    row.last_year = plan.horizon.end or row.last_year
    if row.unit is None:
        row.unit = (
            Unit.objects.filter(code=plan.owner_id).first()
            or Unit.objects.filter(parent=None).order_by("order").first()
        )


def put_targets(row: PlanRow, reading: Reading, plan: Plan, pack: Pack, *, at: datetime) -> None:
    """Write the targets that the reading gives, each with the verdict of that day."""
    old = {
        (t.pack_id, t.period): t.pk
        for t in TargetRow.objects.filter(plan=row, reading__isnull=False)
    }
    TargetRow.objects.filter(plan=row, reading__isnull=False).delete()
    units = dict(Unit.objects.values_list("code", "pk"))
    rows = []
    verdicts = verdicts_of_plan(plan, pack, at.date())
    for number, target in enumerate(t for t in plan.targets if not t.past):
        made = _target_row(row, reading, number, target, units)
        lay_verdict(made, verdicts[number])
        # the same target keeps its address through a new reading
        made.pk = old.pop((made.pack_id, made.period), None)
        rows.append(made)
    TargetRow.objects.bulk_create([made for made in rows if made.pk], batch_size=500)
    TargetRow.objects.bulk_create([made for made in rows if not made.pk], batch_size=500)
    tell_followers([row], at=at)


def _target_row(
    row: PlanRow, reading: Reading, number: int, target: Target, units: dict[str, int]
) -> TargetRow:
    aim = target.target or target.cumulative or target.annual_growth or target.total_growth
    base = target.base
    unit_id = units.get(target.subject_id) or row.unit_id
    return TargetRow(
        plan=row,
        reading=reading,
        number=number,
        pack_id=target.key[:120],
        unit_id=unit_id,
        subject=target.subject[:300],
        indicator=target.indicator[:300],
        indicator_id=target.indicator_id,
        kind=target.nature,
        measure=target.measure,
        bound=target.bound,
        base=_printed(base),
        base_period=(base.period or "") if base else "",
        value=_printed(aim),
        period=(aim.period or "") if aim else str(target.due or ""),
        size=float(aim.value) if aim else None,
        value_unit=aim.unit if aim else "",
        statements=list(target.evidence),
        record=_record(target),
    )


def _printed(amount: Amount | None) -> str:
    if amount is None:
        return ""
    return (amount.printed or str(amount.value))[:60]


def _record(target: Target) -> dict[str, Any]:
    parts: dict[str, Any] = {"facets": list(target.facets), "conflicts": list(target.conflicts)}
    for name in ("annual_growth", "total_growth", "cumulative", "ceiling"):
        amount = getattr(target, name)
        if amount is not None:
            parts[name] = {
                "value": str(amount.value),
                "printed": amount.printed,
                "unit": amount.unit,
                "period": amount.period,
                "bound": amount.bound,
            }
    return parts
