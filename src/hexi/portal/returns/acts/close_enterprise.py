"""Close an enterprise (企业注销、关闭): from a day on it no longer works and is no longer asked."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Event, Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.returns.registers.enterprise_book import card, held, standing_fault

__all__ = ["close_enterprise", "take_closing_back"]


def close_enterprise(
    enterprise_id: int, day: date | None, *, reason: str, by: Person | None, at: datetime
) -> Event:
    """Close it. The month in which it still worked for a day is asked of it."""
    with transaction.atomic():
        row = held(enterprise_id, by)
        tell([*standing_fault(row, day, at), *needs_reason(reason)])
        before = card(row)
        row.closed = day
        row.save(update_fields=["closed"])
        return record(
            "close_enterprise",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after=card(row),
            reason=reason.strip(),
        )


def take_closing_back(enterprise_id: int, *, reason: str, by: Person | None, at: datetime) -> Event:
    """It was closed, or merged, by mistake."""
    with transaction.atomic():
        row = held(enterprise_id, by)
        faults = needs_reason(reason)
        if row.closed is None:
            faults.append(
                Refusal(
                    "not_closed",
                    _("The enterprise is not closed."),
                    _("Look at its page."),
                    status=409,
                )
            )
        tell(faults)
        before = card(row)
        row.closed = row.successor = None
        row.save(update_fields=["closed", "successor"])
        return record(
            "take_closing_back",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after=card(row),
            reason=reason.strip(),
        )
