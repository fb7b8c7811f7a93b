"""Mail reminders (邮件催报): each waiting reminder goes out once, one letter for each address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from hexi.portal.core.models import Unit
from hexi.portal.core.posting import post
from hexi.portal.core.record import record
from hexi.portal.returns import form_book
from hexi.portal.returns.models import Reminder
from hexi.portal.returns.queries.digest import Digest, digests

__all__ = ["mail_reminders"]


def mail_reminders(
    address: str, send: Callable[[Digest], None], *, at: datetime
) -> tuple[int, list[str]]:
    """How many letters went out, and the addresses that failed; those are tried again next time."""

    def keep(letter: Digest) -> None:
        pks = [reminder.pk for reminder in letter.reminders]
        Reminder.objects.filter(pk__in=pks).update(mailed_at=at)

    sent, failed = post(digests(address, form_book.day_of(at)), send, keep)
    root = Unit.objects.filter(parent=None).order_by("order").first()
    if root is not None and (sent or failed):
        with transaction.atomic():
            record(
                "mail_reminders",
                root,
                by=None,
                at=at,
                unit_path=root.path,
                after={"letters": sent, "failed": len(failed)},
            )
    return sent, failed
