"""Letters (邮件): commands that mail what waits, one letter an address; run once a day.

The mail server is that of ``HEXI_MAIL_URL``. What a letter says, and what is marked once it went
out, is each app's own: it gives its letters and its act.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import get_connection, send_mail
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from hexi.portal.config.mail import MailAddressFault, mail_server

__all__ = ["Letter", "LettersCommand"]

_SMTP = "django.core.mail.backends.smtp.EmailBackend"


class Letter(Protocol):
    """What is sent."""

    @property
    def to(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def body(self) -> str: ...


class LettersCommand(BaseCommand, ABC):
    """One run of an app's letters."""

    @abstractmethod
    def letters(self, address: str, now: datetime) -> Iterable[Letter]:
        """The letters that would go out, with links to the portal at an address."""

    @abstractmethod
    def mail(
        self, address: str, send: Callable[[Any], None], now: datetime
    ) -> tuple[int, list[str]]:
        """The act: how many went out, and the addresses that failed."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="address of the portal, for the links in the letters")
        parser.add_argument("--lang", choices=["zh-hans", "en"], default="zh-hans")
        parser.add_argument("--show", action="store_true", help="print the letters, send nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        with translation.override(options["lang"]):
            if options["show"]:
                for letter in self.letters(options["address"], now):
                    self.stdout.write(f"{letter.to}\n{letter.subject}\n{letter.body}\n")
                return
            try:
                server = mail_server(settings.HEXI.mail_url)
            except MailAddressFault as fault:
                raise CommandError(str(fault)) from fault
            connection = get_connection(_SMTP, **server.options)

            def send(letter: Letter) -> None:
                to = [letter.to]
                send_mail(letter.subject, letter.body, server.sender, to, connection=connection)

            sent, failed = self.mail(options["address"], send, now)
        self.stdout.write(f"{sent}")
        for address in failed:
            self.stderr.write(f"{address}: 未能发出 / could not be sent")
