"""``manage mail_reminders``: mail waiting reminders as digests; run it once a day (邮件催报)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from hexi.portal.core.letters import Letter, LettersCommand
from hexi.portal.returns.acts.mail_reminders import mail_reminders
from hexi.portal.returns.queries.digest import digests

__all__ = ["Command"]


class Command(LettersCommand):
    help = "邮件催报 / mail reminders to whoever has not reported"

    def letters(self, address: str, now: datetime) -> Iterable[Letter]:
        return digests(address, timezone.localdate(now))

    def mail(
        self, address: str, send: Callable[[Any], None], now: datetime
    ) -> tuple[int, list[str]]:
        return mail_reminders(address, send, at=now)
