"""Verdicts beside targets (目标判定入库): computed by the engine, kept for lists and counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from hexi.catalogue import Pack
from hexi.monitoring.verdicts import judge_pack
from hexi.monitoring.verdicts.series import GROWTH_BASES
from hexi.monitoring.verdicts.uploaded import judge_plan
from hexi.monitoring.verdicts.verdict import SeriesPoint, TargetVerdict
from hexi.plans.register import Plan
from hexi.portal.plans.models import TargetRow

__all__ = ["lay_verdict", "put_verdicts", "verdicts_of_plan"]

_KEPT = ("verdict", "observed", "observed_period", "verdict_record")
#: values that may stand on the line of the chart; the others stand beside it, hollow
_COMPARED = frozenset({"evidence", "weak"})


def put_verdicts(pack: Pack, rows: Iterable[TargetRow], at: date) -> int:
    """Judge the pack's targets of these rows by its observations, as known on the day."""
    verdicts = {verdict.target.id: verdict for verdict in judge_pack(pack, at)}
    judged = []
    for row in rows:
        verdict = verdicts.get(row.pack_id)
        if verdict is not None:
            lay_verdict(row, verdict)
            judged.append(row)
    TargetRow.objects.bulk_update(judged, _KEPT, batch_size=200)
    return len(judged)


def verdicts_of_plan(plan: Plan, pack: Pack, at: date) -> list[TargetVerdict]:
    """Verdicts on the plan's own aims, in their order; those of earlier plans are left out."""
    verdicts = zip(plan.targets, judge_plan(plan, pack, at), strict=True)
    return [verdict for target, verdict in verdicts if not target.past]


def lay_verdict(row: TargetRow, verdict: TargetVerdict) -> None:
    """Put a verdict on its row, with everything that the page of the target shows."""
    row.verdict = verdict.status.value
    # the unit stands in its own column
    row.observed = verdict.observed.removesuffix(verdict.target.measure_unit)[:60]
    row.observed_period = verdict.observed_period[:20]
    reasons = [*verdict.reasons]
    row.verdict_record = {
        "reason": reasons[0].text if reasons else "",
        "reason_en": reasons[0].text_en if reasons else "",
        "reasons": [*(one.text for one in reasons), *_sum(verdict)],
        "reasons_en": [*(one.text_en for one in reasons), *_sum(verdict)],
        "warnings": [one.text for one in verdict.warnings],
        "warnings_en": [one.text_en for one in verdict.warnings],
        "changes": [f"{change.period}：{change.note}" for change in verdict.breaks],
        "changes_en": [f"{change.period}: {change.note_en}" for change in verdict.breaks],
        "series": [_point(point) for point in verdict.series],
        "path": _path(verdict),
        "inferred": verdict.inferred,
        "leaning": verdict.leaning.value if verdict.leaning else "",
    }


def _sum(verdict: TargetVerdict) -> list[str]:
    return [verdict.arithmetic] if verdict.arithmetic else []


def _point(point: SeriesPoint) -> dict[str, Any]:
    seen = point.observation
    return {
        "period": seen.period,
        "value": seen.figure.printed,
        "unit": seen.measure_unit,
        "basis": seen.basis,
        "bound": seen.bound,
        "vintage": seen.vintage,
        "source": point.source,
        "confidence": seen.confidence,
        "definition": seen.definition,
        "used": point.used,
        "role": point.role,
        "note": _note(seen.note, [one.text for one in point.remarks]),
        "note_en": _note(seen.note, [one.text_en for one in point.remarks]),
    }


def _note(note: str, remarks: list[str]) -> str:
    return "；".join(part for part in (note, *remarks) if part)


def _path(verdict: TargetVerdict) -> list[dict[str, Any]]:
    """Numbers for the drawing: base, target, and what was observed in the target's own unit."""
    target = verdict.target
    drawn: list[dict[str, Any]] = []

    def add(kind: str, period: str, value: Any, printed: str) -> None:
        if period:
            drawn.append(
                {"kind": kind, "period": period, "value": float(value), "printed": printed}
            )

    if target.base is not None:
        add("base", target.base_period, target.base.value, target.base.printed)
    add("target", target.period, target.figure.value, target.figure.printed)
    for point in verdict.series:
        seen = point.observation
        alike = (seen.basis in GROWTH_BASES) == target.measure.startswith("growth")
        if alike and seen.measure_unit == target.measure_unit and point.role != "own":
            kind = "observed" if point.role in _COMPARED or point.used else "other"
            add(kind, seen.period, seen.figure.value, seen.figure.printed)
    return drawn if any(one["kind"] in ("observed", "other") for one in drawn) else []
