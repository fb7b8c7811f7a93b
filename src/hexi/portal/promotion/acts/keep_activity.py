"""Enter or change an activity (登记招商活动)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell
from hexi.portal.promotion.entry import read, taken
from hexi.portal.promotion.holding import held, within
from hexi.portal.promotion.models import Activity
from hexi.portal.promotion.nouns import ACTIVITY
from hexi.portal.returns.form_book import day_of

__all__ = ["keep_activity"]


def keep_activity(
    given: Mapping[str, Any], *, row_id: int | None = None, by: Person | None, at: datetime
) -> Activity:
    """A new one, or ``row_id`` changed; what stood before is in the event."""
    with transaction.atomic():
        officer = require(by, Permission.PROMOTE)
        row = (
            held(Activity, row_id, by, Permission.PROMOTE, also=("unit",)) if row_id else Activity()
        )
        before = {name: getattr(row, name) for name in ACTIVITY} if row_id else {}
        entry = read(given, ACTIVITY, day_of(at))
        values = entry.values
        faults = [*entry.faults.values(), *within(values.get("unit") or None, officer)]
        if values["day"] and values["until"] and values["until"] < values["day"]:
            faults.append(
                Refusal(
                    "ends_before",
                    _("The last day lies before the first."),
                    _("Correct one of the two."),
                    place="until",
                )
            )
        tell(faults)
        for name, value in values.items():
            setattr(row, name, value)
        if not row_id:
            row.by_name, row.at = officer.name, at
        row.save()
        record(
            "keep_activity",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=taken(before, ACTIVITY),
            after=taken(values, ACTIVITY),
        )
    return row
