"""Taking targets under monitoring (目标纳入监测): each target of a plan, matched by its key.

Runs whenever a plan's targets were written, in the same transaction. What people added to a
target (path, body, adjustments, warnings) stays; its figures follow the document until the target
is adjusted by act, and from then on only the acts change them.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Q

from hexi.calendar import period as periods
from hexi.calendar.period import Period
from hexi.portal.plans.models import PlanRow, TargetRow
from hexi.portal.scoreboard.models import MonitoredTarget, TargetState

__all__ = ["decimal_text", "key_of", "monitor_everything", "monitor_plans"]

#: what follows the document for ever, and what follows it until the first adjustment
_ALWAYS = ("target_id", "number", "unit_id", "indicator_id", "indicator", "facets", "measure",
           "measure_unit", "nature", "place")  # fmt: skip
_UNTIL_ADJUSTED = ("value", "bound", "base", "base_period", "start", "end", "period", "state")
_BATCH = 500
#: the key of a part that was made for a unit: that of its whole, this, and the unit's code
_OF_UNIT = "@"


def monitor_plans(plans: Iterable[PlanRow], at: datetime) -> int:
    """Make the monitored targets of these plans those of their documents; how many there are."""
    rows = {plan.pk: plan for plan in plans}
    targets: dict[int, list[TargetRow]] = defaultdict(list)
    for target in TargetRow.objects.filter(plan__in=rows).order_by("plan", "number", "pk"):
        targets[target.plan_id].append(target)
    known: dict[int, dict[str, MonitoredTarget]] = defaultdict(dict)
    # a part that stood in the plan itself is matched like every target; one that was made for a
    # unit stands in no document
    made = Q(parent__isnull=False, key__contains=_OF_UNIT)
    for kept in MonitoredTarget.objects.filter(plan__in=rows).exclude(made):
        known[kept.plan_id][kept.key] = kept
    new: list[MonitoredTarget] = []
    changed: list[MonitoredTarget] = []
    for pk, plan in rows.items():
        seen: Counter[str] = Counter()
        for target in targets[pk]:
            facts = _facts(target, plan)
            key = _unlike(key_of(target), seen)
            kept_row = known[pk].pop(key, None)
            if kept_row is None:
                new.append(MonitoredTarget(plan=plan, key=key, changed_at=at, **facts))
            elif _renew(kept_row, facts, at):
                changed.append(kept_row)
        _let_go(known[pk].values(), at)
    MonitoredTarget.objects.bulk_create(new, batch_size=_BATCH)
    fields = [*_ALWAYS, *_UNTIL_ADJUSTED, "changed_at"]
    MonitoredTarget.objects.bulk_update(changed, fields, batch_size=_BATCH)
    return sum(len(found) for found in targets.values())


def monitor_everything(at: datetime) -> int:
    """Take every plan under monitoring whose targets are not; for a home from before this app."""
    waiting = PlanRow.objects.filter(targets__isnull=False, targets__monitored=None).distinct()
    return monitor_plans(waiting, at)


def key_of(target: TargetRow) -> str:
    """What stays of a target through new readings: the pack's id, or a hash of what it is."""
    if target.reading_id is None and target.pack_id:
        return target.pack_id
    matter = "|".join((target.pack_id, target.measure, target.period))
    return hashlib.sha256(matter.encode()).hexdigest()[:24]


def decimal_text(printed: str, size: float | None = None) -> str:
    """A printed figure as a plain decimal: ``12,000`` is 12000; what is no figure falls back on
    the size it was sorted by, and is empty without one."""
    bare = printed.replace(",", "").replace("−", "-").strip()
    try:
        return format(Decimal(bare), "f")
    except InvalidOperation:
        return "" if size is None else format(Decimal(repr(size)), "f")


def _unlike(key: str, seen: Counter[str]) -> str:
    """Two targets for one thing keep two keys, in the order of the document."""
    seen[key] += 1
    return key if seen[key] == 1 else f"{key}#{seen[key]}"


def _facts(target: TargetRow, plan: PlanRow) -> dict[str, Any]:
    start, end = _years(target, plan)
    return {
        "target_id": target.pk,
        "number": target.number,
        "unit_id": target.unit_id or plan.unit_id,
        "indicator_id": target.indicator_id,
        "indicator": target.indicator,
        "facets": list(target.record.get("facets", ())),
        "measure": target.measure,
        "measure_unit": target.value_unit,
        "nature": target.kind,
        "place": target.place,
        "value": decimal_text(target.value, target.size),
        "bound": target.bound,
        "base": decimal_text(target.base) if target.base else "",
        "base_period": target.base_period,
        "start": start,
        "end": end,
        "period": target.period,
        "state": TargetState.ACCEPTED,
    }


def _years(target: TargetRow, plan: PlanRow) -> tuple[int | None, int | None]:
    """Base year and due year; a target that states no year has none, whatever its plan's years.

    Growth on the year before counts from that year, a total over years from the year before them.
    """
    due = _period(target.period)
    end = due.last_year if due else None
    base = _period(target.base_period)
    first = plan.first_year - 1 if plan.first_year else None
    if target.measure == "growth_yoy" and end:
        return end - 1, end
    if target.measure == "cumulative" and due and due.kind == "span":
        return due.first_year - 1, end
    if base is not None:
        return base.last_year, end
    return (first if first is not None else due.first_year - 1 if due else None), end


def _period(text: str) -> Period | None:
    if not text:
        return None
    try:
        return periods.parse(text)
    except ValueError:
        return None


def _renew(kept: MonitoredTarget, facts: dict[str, Any], at: datetime) -> bool:
    # what a unit has taken on changes by adjustment alone, like what was adjusted before
    settled = kept.version > 1 or kept.parent_id is not None
    fields = _ALWAYS if settled else (*_ALWAYS, *_UNTIL_ADJUSTED)
    different = [name for name in fields if getattr(kept, name) != facts[name]]
    for name in different:
        setattr(kept, name, facts[name])
    # a new number of the row alone says nothing about where the target stands
    if set(different) - {"target_id", "number", "place"}:
        kept.changed_at = at
    return bool(different)


def _let_go(gone: Iterable[MonitoredTarget], at: datetime) -> None:
    """Targets that the document no longer has: ended where people have worked on them."""
    pks = [kept.pk for kept in gone]
    rows = MonitoredTarget.objects.filter(pk__in=pks)
    worked_on = rows.exclude(
        adjustments=None,
        parts=None,
        parent=None,
        warnings=None,
        person=None,
        body=None,
        path_shape="",
    )
    kept_pks = list(worked_on.values_list("pk", flat=True).distinct())
    rows.exclude(pk__in=kept_pks).delete()
    left = MonitoredTarget.objects.filter(pk__in=kept_pks)
    left.exclude(state=TargetState.WITHDRAWN).update(
        state=TargetState.ENDED, target=None, changed_at=at
    )
