"""``manage mail_supervision``: mail what waits for an answer; run it once a day (督办邮件).

The mail server is that of ``HEXI_MAIL_URL``.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import get_connection, send_mail
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from hexi.portal.config.mail import MailAddressFault, mail_server
from hexi.portal.supervision.acts.mail_supervision import mail_supervision
from hexi.portal.supervision.queries.digest import SupervisionDigest, supervision_digests

__all__ = ["Command"]

_SMTP = "django.core.mail.backends.smtp.EmailBackend"


class Command(BaseCommand):
    """One run of the digest."""

    help = "督办邮件 / mail problems and orders to the units that answer them"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="address of the portal, for the link in the letters")
        parser.add_argument("--lang", choices=["zh-hans", "en"], default="zh-hans")
        parser.add_argument("--show", action="store_true", help="print the letters, send nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["lang"]):
            if options["show"]:
                for letter in supervision_digests(options["address"]):
                    self.stdout.write(f"{letter.to}\n{letter.subject}\n{letter.body}\n")
                return
            try:
                server = mail_server(settings.HEXI.mail_url)
            except MailAddressFault as fault:
                raise CommandError(str(fault)) from fault
            connection = get_connection(_SMTP, **server.options)

            def send(letter: SupervisionDigest) -> None:
                to = [letter.to]
                send_mail(letter.subject, letter.body, server.sender, to, connection=connection)

            sent, failed = mail_supervision(options["address"], send, at=timezone.now())
        self.stdout.write(f"{sent}")
        for address in failed:
            self.stderr.write(f"{address}: 未能发出 / could not be sent")
