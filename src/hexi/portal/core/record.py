"""Writing the record of acts (事件登记): called inside the transaction of the act itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction

from hexi.portal.core.models.event import Event
from hexi.portal.core.models.person import Person

__all__ = ["PUBLIC", "SYSTEM", "record", "record_each", "unsaved_event"]

#: the name under which the portal itself acts (reading in the background, set-up)
SYSTEM = "hexi"
#: the name under which somebody without an account acts, on a form that is open to all
PUBLIC = "public"


def record(
    act: str,
    thing: models.Model,
    *,
    by: Person | None,
    at: datetime,
    name: str = "",
    unit_path: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
    who: str = SYSTEM,
) -> Event:
    """Append one event. It refuses to run outside a transaction: the act and its event stand or
    fall together. ``who`` acts where no person does."""
    _inside(act)
    event = unsaved_event(
        act,
        thing,
        by=by,
        at=at,
        name=name,
        unit_path=unit_path,
        before=before,
        after=after,
        reason=reason,
        who=who,
    )
    event.save()
    return event


def record_each(events: Sequence[Event]) -> None:
    """Append the events of many things that one act changed, in its transaction."""
    if events:
        _inside(events[0].act)
        Event.objects.bulk_create(events)


def unsaved_event(
    act: str,
    thing: models.Model,
    *,
    by: Person | None,
    at: datetime,
    name: str = "",
    unit_path: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
    who: str = SYSTEM,
) -> Event:
    """An event that is not written yet."""
    return Event(
        at=at,
        who=by.pk if by else None,
        who_name=by.name if by else who,
        act=act,
        object_type=thing._meta.model_name or "",
        object_id=str(thing.pk or ""),
        object_name=(name or str(thing))[:300],
        unit_path=unit_path,
        before=before or {},
        after=after or {},
        reason=reason,
    )


def _inside(act: str) -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{act}: an event must be written in the transaction of its act")
