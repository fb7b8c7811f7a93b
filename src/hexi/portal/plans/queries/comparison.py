"""Plan against plan (规划对照): the targets that two plans share, and the sums between them."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from hexi.portal.plans.models import PlanRow, TargetRow
from hexi.portal.plans.queries.lines import TargetLine, target_line

__all__ = ["compare"]


def compare(left: PlanRow, right: PlanRow) -> dict[str, Any]:
    """Targets side by side, by indicator."""
    lefts, rights = _by_indicator(left), _by_indicator(right)
    rows = []
    for key in lefts:
        if key in rights:
            rows.append(_row(lefts[key], rights[key]))
    return {
        "rows": rows,
        "only_left": [_line(t) for key, ts in lefts.items() if key not in rights for t in ts],
        "only_right": [_line(t) for key, ts in rights.items() if key not in lefts for t in ts],
    }


def _by_indicator(plan: PlanRow) -> dict[tuple[str, str], list[TargetRow]]:
    found: dict[tuple[str, str], list[TargetRow]] = defaultdict(list)
    for row in TargetRow.objects.filter(plan=plan).select_related("plan", "unit"):
        found[(row.indicator_id or row.indicator, row.measure)].append(row)
    return found


def _line(row: TargetRow) -> TargetLine:
    return target_line(row)


def _row(lefts: list[TargetRow], rights: list[TargetRow]) -> dict[str, Any]:
    return {
        "indicator": lefts[0].indicator,
        "left": [_line(row) for row in lefts],
        "right": [_line(row) for row in rights],
        "remark": _remark(lefts, rights),
        "verdict": "",
    }


def _remark(lefts: list[TargetRow], rights: list[TargetRow]) -> str:
    """What can be said of the first pair that speaks of one unit of measure and one year."""
    for left in lefts:
        for right in rights:
            if (left.value_unit, left.period) != (right.value_unit, right.period):
                continue
            mine, other = _number(left.value), _number(right.value)
            if mine is None or other is None:
                continue
            if left.unit_id == right.unit_id:
                return _("The same value") if mine == other else _("Two values for one unit")
            if not left.value_unit.startswith("%") and other:
                return _("%(share)s%% of the right plan's value") % {
                    "share": f"{100 * mine / other:.1f}"
                }
    return ""


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
