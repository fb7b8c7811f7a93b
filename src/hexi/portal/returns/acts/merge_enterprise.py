"""Merge an enterprise (企业合并): it ends on a day and another one goes on in its place."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Event, Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.returns.models import Enterprise
from hexi.portal.returns.registers.credit_code import plain_code
from hexi.portal.returns.registers.enterprise_book import card, held, standing_fault

__all__ = ["merge_enterprise"]


def merge_enterprise(
    enterprise_id: int,
    into: str,
    day: date | None,
    *,
    reason: str,
    by: Person | None,
    at: datetime,
) -> Event:
    """``into`` is the credit code of the enterprise that goes on."""
    with transaction.atomic():
        row = held(enterprise_id, by)
        successor = Enterprise.objects.visible_to(by).filter(code=plain_code(into)).first()
        faults = [*standing_fault(row, day, at), *needs_reason(reason)]
        if successor is None or successor.pk == row.pk or successor.closed is not None:
            faults.append(
                Refusal(
                    "no_successor",
                    _("No other working enterprise of your scope has this code."),
                    _("Enter the credit code of the enterprise that goes on."),
                    place="into",
                )
            )
        tell(faults)
        before = card(row)
        row.closed, row.successor = day, successor
        row.save(update_fields=["closed", "successor"])
        return record(
            "merge_enterprise",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after=card(row),
            reason=reason.strip(),
        )
