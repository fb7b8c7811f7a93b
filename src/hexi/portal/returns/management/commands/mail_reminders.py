"""``manage mail_reminders``: mail the waiting reminders as digests; run it once a day (邮件催报).

The mail server is that of ``HEXI_MAIL_URL``.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import get_connection, send_mail
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from hexi.portal.config.mail import MailAddressFault, mail_server
from hexi.portal.returns.acts.mail_reminders import mail_reminders
from hexi.portal.returns.queries.digest import Digest, digests

__all__ = ["Command"]

_SMTP = "django.core.mail.backends.smtp.EmailBackend"


class Command(BaseCommand):
    """One run of the digest."""

    help = "邮件催报 / mail reminders to whoever has not reported"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="address of the portal, for the link in the letters")
        parser.add_argument("--lang", choices=["zh-hans", "en"], default="zh-hans")
        parser.add_argument("--show", action="store_true", help="print the letters, send nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        with translation.override(options["lang"]):
            if options["show"]:
                for letter in digests(options["address"], timezone.localdate(now)):
                    self.stdout.write(f"{letter.to}\n{letter.subject}\n{letter.body}\n")
                return
            try:
                server = mail_server(settings.HEXI.mail_url)
            except MailAddressFault as fault:
                raise CommandError(str(fault)) from fault
            connection = get_connection(_SMTP, **server.options)

            def send(letter: Digest) -> None:
                to = [letter.to]
                send_mail(letter.subject, letter.body, server.sender, to, connection=connection)

            sent, failed = mail_reminders(options["address"], send, at=now)
        self.stdout.write(f"{sent}")
        for address in failed:
            self.stderr.write(f"{address}: 未能发出 / could not be sent")
