"""``manage mail_progress``: mail offices whose projects are late with a month (进展催报).

Run it once a day; each office is told once of a month.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from hexi.portal.core.letters import Letter, LettersCommand
from hexi.portal.projects.acts.mail_progress import mail_progress
from hexi.portal.projects.queries.letters import progress_letters
from hexi.portal.returns.form_book import day_of

__all__ = ["Command"]


class Command(LettersCommand):
    help = "进展催报 / mail offices whose projects have not told the month"

    def letters(self, address: str, now: datetime) -> Iterable[Letter]:
        return progress_letters(address, day_of(now))

    def mail(
        self, address: str, send: Callable[[Any], None], now: datetime
    ) -> tuple[int, list[str]]:
        return mail_progress(address, send, at=now)
