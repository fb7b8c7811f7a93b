"""Move an enterprise (企业迁移): from a day on it stands in another park or zone."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Event, Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.returns.registers.enterprise_book import (
    card,
    held,
    new_spell,
    open_spell,
    rehome,
    settle,
    standing_fault,
    within,
)
from hexi.portal.returns.registers.entry import UnitFinder

__all__ = ["move_enterprise"]


def move_enterprise(
    enterprise_id: int,
    unit: str,
    since: date | None,
    *,
    reason: str,
    by: Person | None,
    at: datetime,
) -> Event:
    """Months before the day stay where they were; whoever moves it keeps both registers."""
    with transaction.atomic():
        row = held(enterprise_id, by)
        there = UnitFinder().find(unit)
        faults = [*standing_fault(row, since, at), *needs_reason(reason)]
        if there is None:
            faults.append(
                Refusal(
                    "unit_unknown",
                    _("There is no such park or zone."),
                    _("Choose one of the list."),
                    place="unit",
                )
            )
        else:
            within(there, by)
            if there.pk == open_spell(row).unit_id:
                faults.append(
                    Refusal(
                        "no_change",
                        _("The enterprise stands there already."),
                        _("Choose another park or zone."),
                        place="unit",
                    )
                )
        tell(faults)
        assert there is not None and since is not None
        before = card(row)
        new_spell(row, since, reason, unit=there)
        settle(row)
        moved = rehome(row, since)
        return record(
            "move_enterprise",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after={**card(row), "since": since.isoformat(), "returns": moved},
            reason=reason.strip(),
        )
