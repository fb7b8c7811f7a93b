"""Mail warnings (邮件预警摘要): each step of a warning goes out once to each of its addresses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from hexi.portal.core.models import Unit
from hexi.portal.core.posting import keep_told, post
from hexi.portal.core.record import record
from hexi.portal.scoreboard.models import EarlyWarning
from hexi.portal.scoreboard.queries.digest import WarningDigest, warning_digests

__all__ = ["mail_warnings"]


def mail_warnings(
    address: str, send: Callable[[WarningDigest], None], *, at: datetime
) -> tuple[int, list[str]]:
    """How many letters went out, and the addresses that failed; those are tried again next time."""

    def keep(letter: WarningDigest) -> None:
        keep_told(EarlyWarning.objects.filter(pk__in=letter.warnings), letter.to)

    sent, failed = post(warning_digests(address), send, keep)
    root = Unit.objects.filter(parent=None).order_by("order").first()
    if root is not None and (sent or failed):
        with transaction.atomic():
            record(
                "mail_warnings",
                root,
                by=None,
                at=at,
                unit_path=root.path,
                after={"letters": sent, "failed": len(failed)},
            )
    return sent, failed
