"""Drop a breakdown (作废分解): while nothing was put to a unit, the whole sheet goes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.breakdown.acts.open_breakdown import drop
from hexi.portal.breakdown.holding import held_sheet, lines_of
from hexi.portal.core.models import Event, Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import needs_reason, tell

__all__ = ["discard_breakdown"]


def discard_breakdown(target_id: int, *, reason: str, by: Person | None, at: datetime) -> Event:
    """Take the sheet and the drafts that were made for it away; the event keeps the figures."""
    with transaction.atomic():
        require(by, Permission.BREAK_DOWN)
        sheet = held_sheet(target_id, by)
        require(by, Permission.BREAK_DOWN, sheet.whole.unit_path)
        lines = lines_of(sheet)
        faults = needs_reason(reason)
        if any(not line.is_open for line in lines):
            faults.append(
                Refusal(
                    "parts_out",
                    _("Parts lie with their units or were accepted."),
                    _("Take open proposals back first; accepted parts stay."),
                    status=409,
                )
            )
        tell(faults)
        event = record(
            "discard_breakdown",
            sheet,
            by=by,
            at=at,
            unit_path=sheet.whole.unit_path,
            before={
                "plan": sheet.whole.plan_id,
                "parts": [f"{line.unit.name} {line.figures}" for line in lines],
            },
            reason=reason.strip(),
        )
        for line in lines:
            drop(line)
        sheet.delete()
    return event
