"""``manage mail_progress``: mail offices whose projects are late with a month (进展催报).

Run it once a day; each office is told once of a month. The mail server is that of
``HEXI_MAIL_URL``.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import get_connection, send_mail
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from hexi.portal.config.mail import MailAddressFault, mail_server
from hexi.portal.projects.acts.mail_progress import mail_progress
from hexi.portal.projects.queries.letters import ProgressLetter, progress_letters
from hexi.portal.returns.form_book import day_of

__all__ = ["Command"]

_SMTP = "django.core.mail.backends.smtp.EmailBackend"


class Command(BaseCommand):
    """One run of the letters."""

    help = "进展催报 / mail offices whose projects have not told the month"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="address of the portal, for the links in the letters")
        parser.add_argument("--lang", choices=["zh-hans", "en"], default="zh-hans")
        parser.add_argument("--show", action="store_true", help="print the letters, send nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        with translation.override(options["lang"]):
            if options["show"]:
                for letter in progress_letters(options["address"], day_of(now)):
                    self.stdout.write(f"{letter.to}\n{letter.subject}\n{letter.body}\n")
                return
            try:
                server = mail_server(settings.HEXI.mail_url)
            except MailAddressFault as fault:
                raise CommandError(str(fault)) from fault
            connection = get_connection(_SMTP, **server.options)

            def send(letter: ProgressLetter) -> None:
                to = [letter.to]
                send_mail(letter.subject, letter.body, server.sender, to, connection=connection)

            sent, failed = mail_progress(options["address"], send, at=now)
        self.stdout.write(f"{sent}")
        for address in failed:
            self.stderr.write(f"{address}: 未能发出 / could not be sent")
