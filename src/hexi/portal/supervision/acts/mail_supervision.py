"""Mail what waits for an answer (督办邮件): each step of a problem or an order goes out once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from hexi.portal.core.models import Unit
from hexi.portal.core.posting import keep_told, post
from hexi.portal.core.record import record
from hexi.portal.supervision.models import Problem, SupervisionOrder
from hexi.portal.supervision.queries.digest import SupervisionDigest, supervision_digests

__all__ = ["mail_supervision"]


def mail_supervision(
    address: str, send: Callable[[SupervisionDigest], None], *, at: datetime
) -> tuple[int, list[str]]:
    """How many letters went out, and the addresses that failed; those are tried again next time."""

    def keep(letter: SupervisionDigest) -> None:
        keep_told(Problem.objects.filter(pk__in=letter.problems), letter.to)
        keep_told(SupervisionOrder.objects.filter(pk__in=letter.orders), letter.to)

    sent, failed = post(supervision_digests(address), send, keep)
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
