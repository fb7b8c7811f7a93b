"""Evaluations in lists and on their own page (评估报告查询)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from hexi.monitoring.evaluation.keeping import Edited, lost_edits
from hexi.monitoring.evaluation.nouns import Chart, Evaluation, Language
from hexi.portal.core.models import Person
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible
from hexi.portal.evaluations.models import EvaluationReport
from hexi.portal.plans.models import PlanRow, TargetRow
from hexi.reports import evaluation_json
from hexi.reports.chart_svg import draw
from hexi.reports.report_numbers import runs

__all__ = ["ReportLine", "language_now", "lines", "page_of", "report_of", "startable"]


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One row of the list."""

    id: int
    title: str
    url: str
    kind: str
    as_of: str
    state: str
    state_label: str
    by: str


def language_now() -> Language:
    """The reader's language."""
    return "en" if get_language() == "en" else "zh"


def report_of(report_id: int, person: Person | None) -> EvaluationReport:
    """One report that the person may see."""
    rows = EvaluationReport.objects.select_related("plan__unit").prefetch_related("wordings")
    row: EvaluationReport = one_visible(rows, person, pk=report_id)
    return row


def lines(rows: Any) -> list[ReportLine]:
    """Rows as they are shown."""
    english = language_now() == "en"
    return [
        ReportLine(
            row.pk,
            row.title_en if english else row.title,
            reverse("evaluation", args=[row.pk]),
            str(row.get_kind_display()),
            row.as_of.isoformat(),
            row.state,
            str(row.get_state_display()),
            row.issued_by or row.started_by,
        )
        for row in rows
    ]


def startable(person: Person | None) -> list[PlanRow]:
    """Plans that the person may have evaluated."""
    if person is None or not person.grants(Permission.EDIT):
        return []
    rows = PlanRow.objects.visible_to(person).select_related("unit").order_by("-last_year", "title")
    return [row for row in rows if person.covers(row.unit_path)]


def page_of(row: EvaluationReport, language: Language) -> dict[str, Any]:
    """Sections with words laid over them, what is open and what has moved."""
    edits = [one.as_edit() for one in row.wordings.all()]
    report = row.evaluation()
    edited = Edited(report, language, edits)
    record = evaluation_json.record(report, edits=edits, language=language)
    targets = _target_urls(row)
    for one in record["evidence"]:
        one["url"] = targets.get(one["link"], "") if one["kind"] == "target" else ""
    _dress(record["sections"], _charts(report), language)
    return {
        "record": record,
        "stale": len(edited.stale),
        "open_blanks": edited.open_blanks,
        "lost": [one for one in lost_edits(report, edits) if one.language == language],
    }


def _charts(report: Evaluation) -> dict[str, Chart]:
    parts = (part for section in report.walk() for part in section.parts)
    return {part.key: part for part in parts if isinstance(part, Chart)}


def _dress(sections: list[dict[str, Any]], charts: dict[str, Chart], language: Language) -> None:
    """What a page needs besides the data: runs of numbers to link, and drawings."""
    for section in sections:
        for part in section["parts"]:
            for thing in (part, *part.get("sentences", ()), *part.get("rows", ())):
                thing["runs"] = [
                    {"first": first, "last": last}
                    for first, last in runs(thing.get("evidence", ()))
                ]
            if part["type"] == "chart":
                part["drawing"] = mark_safe(draw(charts[part["key"]], language))  # noqa: S308
        _dress(section["sections"], charts, language)


def _target_urls(row: EvaluationReport) -> dict[str, str]:
    """Pages of the plan's targets by the ids that evidence names."""
    kept = TargetRow.objects.filter(plan=row.plan).values_list("pk", "pack_id", "number")
    digest = row.content.get("plan", "")
    found = {}
    for key, pack_id, number in kept:
        found[pack_id or f"{digest}.{number}"] = reverse("target", args=[key])
    return found
