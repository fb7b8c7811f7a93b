"""Escalate an order (督办升级): unanswered past its day it rises to the next level."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hexi.portal.core.record import record
from hexi.portal.supervision.acts.issue_order import put_step
from hexi.portal.supervision.models import OrderState, SupervisionOrder
from hexi.supervision.ladder import next_level

__all__ = ["escalate_order"]


def escalate_order(order_id: int, *, at: datetime) -> bool:
    """Let it rise one level if its day is over; whether it rose.

    A second call finds a later day and does nothing. A talk is the last level: it stays,
    and stays late.
    """
    today = timezone.localtime(at).date()
    with transaction.atomic():
        row: SupervisionOrder | None = (
            SupervisionOrder.objects.select_for_update(of=("self",))
            .select_related("unit", "addressee")
            .filter(pk=order_id, state=OrderState.ISSUED, deadline__lt=today)
            .first()
        )
        above = next_level(row.level) if row is not None else None
        if row is None or above is None:
            return False
        before = {
            "order_level": row.level,
            "deadline": row.deadline.isoformat() if row.deadline else "",
        }
        row.level = above
        put_step(row, today)
        record(
            "escalate_order",
            row,
            by=None,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after={
                "order_level": row.level,
                "deadline": row.deadline.isoformat() if row.deadline else "",
            },
        )
    return True
