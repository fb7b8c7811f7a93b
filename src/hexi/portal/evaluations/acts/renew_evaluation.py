"""Compute an evaluation again (重新生成): figures of another day; people's words stay."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require
from hexi.portal.evaluations.acts.start_evaluation import composed, put_content
from hexi.portal.evaluations.drafts import held_draft
from hexi.portal.evaluations.models import EvaluationReport

__all__ = ["renew_evaluation"]


def renew_evaluation(
    report_id: int, as_of: date, *, by: Person | None, at: datetime
) -> EvaluationReport:
    """The same report with what was known on ``as_of``."""
    kept: EvaluationReport = one_visible(
        EvaluationReport.objects.select_related("plan__unit"), by, pk=report_id
    )
    require(by, Permission.EDIT, kept.plan.unit_path)
    # computed before the transaction, which keeps other writers out
    report = composed(kept.plan, kept.kind, as_of, at)
    with transaction.atomic():
        row = held_draft(report_id, by)
        before = row.card()
        row.as_of, row.computed_at = as_of, at
        put_content(row, report)
        row.save()
        record(
            "renew_evaluation",
            row,
            by=by,
            at=at,
            unit_path=row.plan.unit_path,
            before=before,
            after=row.card(),
        )
    return row
