"""Change an enterprise (名录变更): its card, or, from a day on, its industry, size and the like."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Event, Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.returns.models import Enterprise
from hexi.portal.returns.models.enterprise import STANDING
from hexi.portal.returns.registers.enterprise_book import (
    card,
    held,
    new_spell,
    open_spell,
    settle,
    standing_fault,
)
from hexi.portal.returns.registers.entry import CARD, UnitFinder, read_entry

__all__ = ["change_enterprise", "put"]


def change_enterprise(
    enterprise_id: int,
    given: Mapping[str, Any],
    *,
    by: Person | None,
    at: datetime,
    reason: str = "",
) -> Event:
    """Apply the fields given. With the day ``since`` a dated fact holds from then on; without it
    the newest spell was wrong and is corrected."""
    with transaction.atomic():
        row = held(enterprise_id, by)
        fields = {key: value for key, value in given.items() if key not in ("code", "unit")}
        entry = read_entry(fields, UnitFinder(), partial=True)
        since: date | None = entry.values.pop("since", None)
        dated = {
            name: value
            for name, value in entry.values.items()
            if name in STANDING and value != getattr(row, name)
        }
        faults = list(entry.faults.values())
        if dated:
            faults += needs_reason(reason)
            faults += standing_fault(row, since, at) if since else []
        tell(faults)
        before = card(row)
        put(row, entry.values, dated, since, reason)
        after = card(row)
        if before == after:
            tell([_no_change()])
        return record(
            "change_enterprise",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after=after,
            reason=reason.strip(),
        )


def put(
    row: Enterprise,
    values: Mapping[str, Any],
    dated: Mapping[str, Any],
    since: date | None,
    reason: str,
) -> None:
    """Write the card, and the dated facts into the newest spell or a new one."""
    for name in CARD:
        if name in values and hasattr(row, name):
            setattr(row, name, values[name])
        elif name in values:
            setattr(row.reporter, name, values[name])
    if dated and since is not None:
        new_spell(row, since, reason, **dated)
    elif dated:
        spell = open_spell(row)
        for name, value in dated.items():
            setattr(spell, name, value)
        spell.save()
    settle(row)


def _no_change() -> Refusal:
    return Refusal(
        "no_change", _("The register says this already."), _("Change a field, or leave the page.")
    )
