"""Send a return back (退回): with a reason, to the unit that reported it: it alone corrects."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.returns.acts.approve_return import awaited
from hexi.portal.returns.approval.flow import hold, move, whole
from hexi.portal.returns.models import Return, Verb
from hexi.portal.returns.scope import one_seen

__all__ = ["send_back"]


def send_back(return_id: int, *, reason: str, by: Person | None, at: datetime) -> Return:
    """Return it to its reporter; whatever lower levels approved is void."""
    with transaction.atomic():
        officer = require(by, Permission.APPROVE)
        one_seen(whole(), by, pk=return_id)
        hold(return_id)
        row: Return = whole().get(pk=return_id)
        unit = awaited(row, officer)
        tell(needs_reason(reason))
        before = row.card()
        move(row, Verb.SEND_BACK, by=by, at=at, unit=unit, reason=reason)
        row.waiting = None
        row.changed_at = at
        row.save()
        record(
            "send_back",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after={**row.card(), "unit": unit.name},
            reason=reason.strip(),
        )
    return row
