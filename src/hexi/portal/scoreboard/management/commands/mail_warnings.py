"""``manage mail_warnings``: mail open warnings as digests; run it once a day (邮件预警)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from hexi.portal.core.letters import Letter, LettersCommand
from hexi.portal.scoreboard.acts.mail_warnings import mail_warnings
from hexi.portal.scoreboard.queries.digest import warning_digests

__all__ = ["Command"]


class Command(LettersCommand):
    help = "邮件预警 / mail warnings to the units that answer them"

    def letters(self, address: str, now: datetime) -> Iterable[Letter]:
        return warning_digests(address)

    def mail(
        self, address: str, send: Callable[[Any], None], now: datetime
    ) -> tuple[int, list[str]]:
        return mail_warnings(address, send, at=now)
