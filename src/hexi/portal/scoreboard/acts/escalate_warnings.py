"""Escalate warnings (预警升级): one that nobody answered in time rises to the unit above."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hexi.calendar.working_days import nth_working_day
from hexi.portal.core.record import record
from hexi.portal.scoreboard.models import EarlyWarning, WarningState
from hexi.portal.scoreboard.queries.warnings import whole

__all__ = ["escalate_warnings"]


def escalate_warnings(*, at: datetime) -> int:
    """Raise every overdue one by a level, with the days that its rule gives; how many rose.

    One transaction and one event a warning, so that a crash loses none and repeats none. At the
    top of the tree there is nobody above: it stays, and stays overdue.
    """
    today = timezone.localtime(at).date()
    late = EarlyWarning.objects.filter(state=WarningState.OPEN, deadline__lt=today)
    risen = 0
    for pk in late.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            row: EarlyWarning | None = (
                whole().select_for_update(of=("self",)).filter(pk=pk, state="open").first()
            )
            if row is None or row.deadline >= today:
                continue
            here = row.desk or row.target.unit
            above = here.parent if here else None
            if above is None:
                continue
            due = nth_working_day(today, row.escalate_days + 1)
            before = {"deadline": row.deadline.isoformat(), "escalated": row.escalated}
            row.desk, row.escalated = above, row.escalated + 1
            row.deadline, row.announced, row.mailed_to = due.day, due.announced, []
            row.save()
            record(
                "escalate_warning",
                row,
                by=None,
                at=at,
                unit_path=row.unit_path,
                before=before,
                after={
                    "deadline": row.deadline.isoformat(),
                    "escalated": row.escalated,
                    "unit": above.name,
                },
            )
            risen += 1
    return risen
