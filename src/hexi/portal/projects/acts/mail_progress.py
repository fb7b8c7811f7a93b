"""Mail late progress (进展催报邮件): each office is told once of a month, with its projects."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from hexi.portal.core.posting import post
from hexi.portal.core.record import record
from hexi.portal.projects.queries.letters import ProgressLetter, progress_letters
from hexi.portal.returns.form_book import day_of

__all__ = ["mail_progress"]


def mail_progress(
    address: str, send: Callable[[ProgressLetter], None], *, at: datetime
) -> tuple[int, list[str]]:
    """How many letters went out, and the addresses that failed; those are tried again next time.

    The event of a letter says to whom it went, so that none goes out twice.
    """

    def keep(letter: ProgressLetter) -> None:
        with transaction.atomic():
            record(
                "mail_progress",
                letter.unit,
                by=None,
                at=at,
                unit_path=letter.unit.path,
                after={"month": letter.month, "to": letter.to, "projects": letter.projects},
            )

    return post(progress_letters(address, day_of(at)), send, keep)
