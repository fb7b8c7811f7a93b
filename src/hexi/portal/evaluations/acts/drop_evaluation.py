"""Drop a draft (删除评估草稿); its words stay in the record of acts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.evaluations.drafts import held_draft

__all__ = ["drop_evaluation"]


def drop_evaluation(report_id: int, *, by: Person | None, at: datetime) -> None:
    """Only drafts can be dropped."""
    with transaction.atomic():
        row = held_draft(report_id, by)
        words = {f"{one.part} {one.language}": one.text for one in row.wordings.all()}
        record(
            "drop_evaluation",
            row,
            by=by,
            at=at,
            unit_path=row.plan.unit_path,
            before={**row.card(), "text": words},
        )
        row.delete()
