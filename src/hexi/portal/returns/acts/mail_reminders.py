"""Mail reminders (邮件催报): each waiting reminder goes out once, one letter for each address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from hexi.portal.core.models import Unit
from hexi.portal.core.record import record
from hexi.portal.returns import form_book
from hexi.portal.returns.models import Reminder
from hexi.portal.returns.queries.digest import Digest, digests

__all__ = ["mail_reminders"]


def mail_reminders(
    address: str, send: Callable[[Digest], None], *, at: datetime
) -> tuple[int, list[str]]:
    """How many letters went out, and the addresses that failed; those are tried again next time.

    A letter is marked in a transaction of its own right after it was sent: one bad address stops
    no other, and a crash repeats one letter at most.
    """
    sent, failed = 0, []
    for letter in digests(address, form_book.day_of(at)):
        try:
            send(letter)
        except OSError:  # what mail servers and networks raise
            failed.append(letter.to)
            continue
        with transaction.atomic():
            pks = [reminder.pk for reminder in letter.reminders]
            Reminder.objects.filter(pk__in=pks).update(mailed_at=at)
        sent += 1
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
