"""Make the address of one's own deadlines for a calendar program (日历订阅地址)."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from hexi.portal.core.models import Person
from hexi.portal.core.models.token import digest_of
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotPermitted
from hexi.portal.scoreboard.models import CalendarKey

__all__ = ["make_calendar_key"]


def make_calendar_key(by: Person | None, *, at: datetime) -> str:
    """A new key for oneself; it is shown once, and the one before it is void."""
    if by is None:
        raise NotPermitted
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        key, _made = CalendarKey.objects.update_or_create(
            person=by, defaults={"digest": digest_of(secret), "created_at": at}
        )
        record("make_calendar_key", key, by=by, at=at)
    return secret
