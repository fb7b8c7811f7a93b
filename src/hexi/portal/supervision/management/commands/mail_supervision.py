"""``manage mail_supervision``: mail what waits for an answer; run it once a day (督办邮件)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from hexi.portal.core.letters import Letter, LettersCommand
from hexi.portal.supervision.acts.mail_supervision import mail_supervision
from hexi.portal.supervision.queries.digest import supervision_digests

__all__ = ["Command"]


class Command(LettersCommand):
    help = "督办邮件 / mail problems and orders to the units that answer them"

    def letters(self, address: str, now: datetime) -> Iterable[Letter]:
        return supervision_digests(address)

    def mail(
        self, address: str, send: Callable[[Any], None], now: datetime
    ) -> tuple[int, list[str]]:
        return mail_supervision(address, send, at=now)
