"""Send an answer back (退回重报): it does not do; the addressee answers anew, with a new clock."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.supervision.acts.issue_order import put_step
from hexi.portal.supervision.faults import long_text, overtaken
from hexi.portal.supervision.models import OrderState, SupervisionOrder
from hexi.portal.supervision.queries.orders import held_order

__all__ = ["send_order_back"]


def send_order_back(
    order_id: int, reason: str, *, by: Person | None, at: datetime
) -> SupervisionOrder:
    """The newest answer keeps why it was sent back; the level stays."""
    with transaction.atomic():
        require(by, Permission.SUPERVISE)
        row = held_order(order_id, by)
        require(by, Permission.SUPERVISE, row.unit_path)
        if row.state not in (OrderState.ANSWERED, OrderState.ACCEPTED):
            raise overtaken(_("This order has no answer to send back."))
        tell([*needs_reason(reason), *long_text("reason", reason)])
        before = {"order_state": row.state}
        answer = row.answers.order_by("-pk")[0]
        answer.sent_back = reason.strip()
        answer.save(update_fields=["sent_back"])
        row.state = OrderState.ISSUED
        put_step(row, timezone.localtime(at).date())
        record(
            "send_order_back",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after={
                "order_state": row.state,
                "deadline": row.deadline.isoformat() if row.deadline else "",
            },
            reason=reason.strip(),
        )
    return row
