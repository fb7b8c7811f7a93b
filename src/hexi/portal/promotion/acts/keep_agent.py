"""Enter or change an agent (登记委托招商机构、商会)."""

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
from hexi.portal.promotion.models import Agent
from hexi.portal.promotion.nouns import AGENT
from hexi.portal.returns.form_book import day_of

__all__ = ["keep_agent"]


def keep_agent(
    given: Mapping[str, Any], *, row_id: int | None = None, by: Person | None, at: datetime
) -> Agent:
    """A new one, or ``row_id`` changed; what stood before is in the event."""
    with transaction.atomic():
        officer = require(by, Permission.PROMOTE)
        row = held(Agent, row_id, by, Permission.PROMOTE, also=("unit",)) if row_id else Agent()
        before = {name: getattr(row, name) for name in AGENT} if row_id else {}
        entry = read(given, AGENT, day_of(at))
        values = entry.values
        faults = [*entry.faults.values(), *within(values.get("unit") or None, officer)]
        if values["since"] and values["until"] and values["until"] < values["since"]:
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
            "keep_agent",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=taken(before, AGENT),
            after=taken(values, AGENT),
        )
    return row
