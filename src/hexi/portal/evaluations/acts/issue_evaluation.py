"""Issue a report (评估报告定稿): from now on it is what it is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.roles import Permission
from hexi.portal.evaluations.drafts import held_draft
from hexi.portal.evaluations.models import EvaluationReport, ReportState

__all__ = ["issue_evaluation"]


def issue_evaluation(report_id: int, *, by: Person | None, at: datetime) -> EvaluationReport:
    """By who may publish for the plan's unit; blanks that nobody filled stay blank, as printed."""
    with transaction.atomic():
        row = held_draft(report_id, by, Permission.PUBLISH)
        before = row.card()
        row.state, row.issued_at = ReportState.ISSUED, at
        row.issued_by = by.name if by else ""
        row.save()
        record(
            "issue_evaluation",
            row,
            by=by,
            at=at,
            unit_path=row.plan.unit_path,
            before=before,
            after=row.card(),
        )
    return row
