"""A plan as a file (规划文件导出): its register with corrections, in the forms of the reports."""

from __future__ import annotations

import json

from hexi.plans.audit import audit
from hexi.portal.core.refusal import NotFound
from hexi.portal.plans.models import PlanRow, TargetRow
from hexi.portal.plans.queries import words
from hexi.portal.plans.queries.cross_checks import parts_of
from hexi.portal.plans.queries.pack import current_pack
from hexi.reports import plan_csv, plan_json, plan_markdown, plan_xlsx
from hexi.reports.audit_report import Language

__all__ = ["forms_of", "plan_file"]

_FORMS = ("json", "xlsx", "csv", "md")
_FIELDS = (
    "pack_id",
    "subject",
    "indicator",
    "indicator_id",
    "kind",
    "measure",
    "bound",
    "base",
    "base_period",
    "value",
    "period",
    "value_unit",
    "place",
    "verdict",
    "observed",
    "observed_period",
)


def forms_of(has_text: bool) -> tuple[str, ...]:
    """Forms that this plan can be had in; without its text only the pack's targets."""
    return _FORMS if has_text else ("json",)


def plan_file(row: PlanRow, form: str) -> bytes:
    """The file's content."""
    if form not in _FORMS:
        raise NotFound
    parts = parts_of(row)
    if parts is None:
        if form != "json":
            raise NotFound
        return json.dumps(_card(row), ensure_ascii=False, indent=1).encode()
    document, statements, plan = parts
    if form == "json":
        return plan_json.render(plan).encode()
    lines = audit([(document, statements, plan)], current_pack().catalogue)
    language: Language = "en" if words.english() else "zh"
    if form == "csv":
        return plan_csv.render(plan, statements, lines, bom=True, language=language)
    if form == "md":
        return plan_markdown.render(plan, statements, lines, language=language).encode()
    return plan_xlsx.render(plan, statements, lines, language=language)


def _card(row: PlanRow) -> dict[str, object]:
    """What the pack says about a plan whose text is not here."""
    return {
        "title": row.title,
        "unit": row.unit.code if row.unit else "",
        "level": row.level,
        "horizon": {"start": row.first_year, "end": row.last_year},
        **row.register(),
        "targets": list(TargetRow.objects.filter(plan=row).values(*_FIELDS)),
    }
