"""Drop a proposed order (不予签发): a person decides against what a rule proposed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.supervision.faults import long_text, overtaken
from hexi.portal.supervision.models import OrderState, SupervisionOrder
from hexi.portal.supervision.queries.orders import held_order

__all__ = ["drop_order"]


def drop_order(order_id: int, reason: str, *, by: Person | None, at: datetime) -> SupervisionOrder:
    """The rule proposes it no more for the same matter; a stricter rule may."""
    with transaction.atomic():
        require(by, Permission.SUPERVISE)
        row = held_order(order_id, by)
        officer = require(by, Permission.SUPERVISE, row.unit_path)
        if row.state != OrderState.PROPOSED:
            raise overtaken(_("This proposal has been decided on already."))
        tell([*needs_reason(reason), *long_text("reason", reason)])
        row.state, row.closing = OrderState.DROPPED, reason.strip()
        row.closed_at, row.closed_by = at, officer.name
        row.save()
        record(
            "drop_order",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before={"order_state": OrderState.PROPOSED.value},
            after={"order_state": row.state},
            reason=row.closing,
        )
    return row
