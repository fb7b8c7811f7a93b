"""Close an order (督办办结): the issuer confirms that what was asked for is done."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.supervision.acts.accept_order import own_answer
from hexi.portal.supervision.faults import long_text, overtaken
from hexi.portal.supervision.models import OrderState, SupervisionOrder
from hexi.portal.supervision.queries.orders import held_order

__all__ = ["close_order"]


def close_order(order_id: int, remark: str, *, by: Person | None, at: datetime) -> SupervisionOrder:
    """Close it with a remark on what was found; an answer that does is accepted with it."""
    with transaction.atomic():
        require(by, Permission.SUPERVISE)
        row = held_order(order_id, by)
        officer = require(by, Permission.SUPERVISE, row.unit_path)
        if row.state not in (OrderState.ANSWERED, OrderState.ACCEPTED):
            raise overtaken(_("An order is closed after it has been answered."))
        tell([*own_answer(row, officer), *needs_reason(remark), *long_text("reason", remark)])
        before = {"order_state": row.state}
        row.state, row.closing = OrderState.CLOSED, remark.strip()
        row.closed_at, row.closed_by = at, officer.name
        row.save()
        record(
            "close_order",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after={"order_state": row.state},
            reason=row.closing,
        )
    return row
