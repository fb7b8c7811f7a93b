"""Mail what waits for an answer (督办邮件): each step of a problem or an order goes out once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from hexi.portal.core.models import Unit
from hexi.portal.core.record import record
from hexi.portal.supervision.models import Problem, SupervisionOrder
from hexi.portal.supervision.queries.digest import SupervisionDigest, supervision_digests

__all__ = ["mail_supervision"]


def mail_supervision(
    address: str, send: Callable[[SupervisionDigest], None], *, at: datetime
) -> tuple[int, list[str]]:
    """How many letters went out, and the addresses that failed; those are tried again next time.

    A letter is marked in a transaction of its own right after it was sent: one bad address stops
    no other, and a crash repeats one letter at most.
    """
    sent, failed = 0, []
    for letter in supervision_digests(address):
        try:
            send(letter)
        except OSError:  # what mail servers and networks raise
            failed.append(letter.to)
            continue
        with transaction.atomic():
            _mark(Problem.objects.filter(pk__in=letter.problems), letter.to)
            _mark(SupervisionOrder.objects.filter(pk__in=letter.orders), letter.to)
        sent += 1
    root = Unit.objects.filter(parent=None).order_by("order").first()
    if root is not None and (sent or failed):
        with transaction.atomic():
            record(
                "mail_supervision",
                root,
                by=None,
                at=at,
                unit_path=root.path,
                after={"letters": sent, "failed": len(failed)},
            )
    return sent, failed


def _mark(rows: Any, address: str) -> None:
    """This address has them; another one of the same row is told by itself."""
    for row in rows.select_for_update():
        row.mailed_to = [*row.mailed_to, address]
        row.save(update_fields=["mailed_to"])
