"""One target (目标详情): its figures, the observed series, how the verdict was reached."""

from __future__ import annotations

from typing import Any

from hexi.portal.core.models import Person
from hexi.portal.core.scope import one_visible
from hexi.portal.plans.models import StatementRow, TargetRow
from hexi.portal.plans.queries import words
from hexi.portal.plans.queries.lines import target_line

__all__ = ["target_context", "target_of"]


def target_of(target_id: int, person: Person | None) -> TargetRow:
    """The target, if this person may see its plan."""
    rows = TargetRow.objects.select_related("plan__unit", "unit")
    row: TargetRow = one_visible(rows, person, pk=target_id)
    return row


def target_context(row: TargetRow, person: Person | None) -> dict[str, Any]:
    """What the target's page shows beside its line."""
    verdict = row.verdict_record
    tail = "_en" if words.english() else ""
    same = (
        TargetRow.objects.visible_to(person)
        .filter(indicator_id=row.indicator_id, unit=row.unit)
        .exclude(pk=row.pk)
        .select_related("plan", "unit")
        .order_by("period")[:12]
        if row.indicator_id
        else []
    )
    return {
        "target": target_line(row),
        "series": [_point(point) for point in verdict.get("series", ())],
        "path": verdict.get("path", []),
        "reasons": verdict.get(f"reasons{tail}", []),
        "warnings": verdict.get(f"warnings{tail}", []),
        "definition_changes": verdict.get(f"changes{tail}", []),
        "evidence": _evidence(row),
        "same_indicator": [target_line(other) for other in same],
    }


def _point(point: dict[str, Any]) -> dict[str, Any]:
    tail = "_en" if words.english() else ""
    return {
        **point,
        "code": point["period"],
        "period": words.period(point["period"]),
        "value": words.figure(point["value"]),
        "basis": words.label(words.BASES, point.get("basis", "")),
        "vintage": words.label(words.VINTAGES, point.get("vintage", "")),
        "definition": words.label(words.DEFINITIONS, point.get("definition", "")),
        "confidence": words.label(words.CONFIDENCES, point.get("confidence", "")),
        "note": point.get(f"note{tail}", ""),
    }


def _evidence(row: TargetRow) -> list[dict[str, str]]:
    """The passages of the document that the target was joined from, or the place in it."""
    if not row.reading_id or not row.statements:
        note = row.record.get("row", "")
        place = [{"document": row.plan.title, "place": row.place, "quote": note, "url": ""}]
        return place if row.place or note else []
    statements = StatementRow.objects.filter(
        reading=row.reading_id, number__in=row.statements
    ).select_related("reading__document")
    pieces: list[dict[str, str]] = []
    text = ""
    for statement in statements:
        text = text or statement.reading.canonical_text()
        start, end = statement.record.get("sentence") or (statement.start, statement.end)
        quote = "".join(part.strip() for part in text[start:end].splitlines())
        if quote not in {piece["quote"] for piece in pieces}:
            pieces.append(
                {
                    "document": statement.reading.document.name,
                    "place": " › ".join(statement.record.get("section", ())),
                    "quote": quote,
                    "url": f"/plans/{row.plan_id}/text/?s={statement.number}#s{statement.number}",
                }
            )
    return pieces
