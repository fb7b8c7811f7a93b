"""Reminders by e-mail (邮件催报): one letter an address, once, and none for what was handed in."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from hexi.portal.config.mail import MailAddressFault, mail_server
from hexi.portal.core.models import Event
from hexi.portal.returns.acts.mail_reminders import mail_reminders
from hexi.portal.returns.acts.remind import remind
from hexi.portal.returns.models import Reminder, Reporter
from hexi.portal.returns.queries.digest import Digest
from tests.portal.returns.bureau import FORM, LATER, PERIOD, Bureau


def reminded(bureau: Bureau) -> None:
    for reporter in (bureau.maker, bureau.drugs):
        Reporter.objects.filter(pk=reporter.pk).update(email="office@example.cn")
    remind(FORM, PERIOD, "gs", by=bureau.person("province"), at=LATER, note="请尽快")


def test_one_letter_tells_all_that_an_address_is_late_with(bureau: Bureau) -> None:
    reminded(bureau)
    sent: list[Digest] = []
    assert mail_reminders("https://hexi.example.cn", sent.append, at=LATER) == (1, [])
    (letter,) = sent
    assert letter.to == "office@example.cn"
    assert bureau.maker.name in letter.body and bureau.drugs.name in letter.body
    assert "逾期 9 天" in letter.body and "https://hexi.example.cn/returns/" in letter.body
    assert Event.objects.filter(act="mail_reminders").count() == 1
    assert mail_reminders("https://hexi.example.cn", sent.append, at=LATER) == (0, [])


def test_what_was_handed_in_meanwhile_is_not_mailed(bureau: Bureau) -> None:
    reminded(bureau)
    bureau.submitted(at=LATER)
    sent: list[Digest] = []
    mail_reminders("https://hexi.example.cn", sent.append, at=LATER)
    assert bureau.maker.name not in sent[0].body


def test_a_server_that_fails_is_tried_again(bureau: Bureau) -> None:
    reminded(bureau)

    def fail(letter: Digest) -> None:
        raise ConnectionRefusedError

    answer = mail_reminders("https://hexi.example.cn", fail, at=LATER)
    assert answer == (0, ["office@example.cn"])
    assert not Reminder.objects.exclude(mailed_at=None).exists()


def test_the_command_shows_its_letters_and_needs_a_server(bureau: Bureau) -> None:
    reminded(bureau)
    out = StringIO()
    call_command("mail_reminders", "https://hexi.example.cn", "--show", stdout=out)
    assert "office@example.cn" in out.getvalue()
    with pytest.raises(CommandError, match="HEXI_MAIL_URL"):
        call_command("mail_reminders", "https://hexi.example.cn")


def test_a_mail_address_says_how_the_server_is_reached() -> None:
    server = mail_server("smtps://user:p%40ss@mail.example.cn?from=hexi@example.cn")
    assert server.options["port"] == 465 and server.options["password"] == "p@ss"
    assert mail_server("smtp://mail:587?from=a@b").options["use_tls"]
    for wrong in ("", "http://mail", "smtp://mail", "smtp://mail?from=x"):
        with pytest.raises(MailAddressFault):
            mail_server(wrong)
