"""Enter or change an activity, an agent or a target firm (登记活动、机构、目标企业)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell
from hexi.portal.promotion.entry import read, taken
from hexi.portal.promotion.holding import held, within
from hexi.portal.promotion.kept import KEPT
from hexi.portal.returns.form_book import day_of

__all__ = ["keep"]


def keep(
    noun: str,
    given: Mapping[str, Any],
    *,
    row_id: int | None = None,
    by: Person | None,
    at: datetime,
) -> Any:
    """A new row of ``kept.KEPT[noun]``, or ``row_id`` changed; the event has what stood before."""
    kept = KEPT[noun]
    with transaction.atomic():
        officer = require(by, Permission.PROMOTE)
        row: Any = kept.model()
        if row_id is not None:
            row = held(kept.model, row_id, by, Permission.PROMOTE, also=("unit",))
        before = {name: getattr(row, name) for name in kept.fields} if row_id else {}
        entry = read(given, kept.fields, day_of(at))
        values = entry.values
        faults = [*entry.faults.values(), *within(values["unit"], officer)]
        tell([*faults, *kept.rule(values, row_id)])
        for name, value in {**values, **kept.derived(values)}.items():
            setattr(row, name, value)
        if row_id is None:
            row.by_name, row.at = officer.name, at
        row.save()
        record(
            kept.verb,
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=taken(before, kept.fields),
            after=taken(values, kept.fields),
        )
    return row
