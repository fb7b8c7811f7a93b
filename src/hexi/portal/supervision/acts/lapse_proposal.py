"""Let a proposal lapse (建议失效): what a rule had seen is over before anybody decided on it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from hexi.portal.core.record import SYSTEM, record
from hexi.portal.supervision.models import OrderState, SupervisionOrder

__all__ = ["lapse_proposal"]


def lapse_proposal(order_id: int, *, at: datetime) -> bool:
    """Take it off the desk; whether it was still there."""
    with transaction.atomic():
        row: SupervisionOrder | None = (
            SupervisionOrder.objects.select_for_update(of=("self",))
            .select_related("unit")
            .filter(pk=order_id, state=OrderState.PROPOSED)
            .first()
        )
        if row is None:
            return False
        row.state, row.closed_at, row.closed_by = OrderState.DROPPED, at, SYSTEM
        row.save(update_fields=["state", "closed_at", "closed_by"])
        record(
            "lapse_proposal",
            row,
            by=None,
            at=at,
            unit_path=row.unit_path,
            before={"order_state": OrderState.PROPOSED.value},
            after={"order_state": row.state},
        )
    return True
