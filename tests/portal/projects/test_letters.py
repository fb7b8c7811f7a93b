"""Letters about late progress (进展催报): each office once a month, and none that has told it."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO

from django.core.management import call_command

from hexi.portal.core.models import Event, Unit
from hexi.portal.projects.acts.mail_progress import mail_progress
from hexi.portal.projects.queries.letters import ProgressLetter
from hexi.portal.returns.models import Reporter
from tests.portal.projects.library import AT, Library

PORTAL = "https://hexi.example.cn"


def addressed(library: Library) -> None:
    """The zones of Lanzhou and Jinchang have an address; the park has none of its own."""
    for code, email in (("lz-etdz", "lanzhou@example.cn"), ("jc-etdz", "jinchang@example.cn")):
        unit = Unit.objects.get(code=code)
        Reporter.objects.update_or_create(
            code=code, defaults={"kind": "unit", "home": unit, "unit": unit, "email": email}
        )


def test_an_office_is_told_once_of_the_projects_that_are_late(library: Library) -> None:
    addressed(library)
    library.aluminium.progress.filter(month=202610).delete()
    sent: list[ProgressLetter] = []
    assert mail_progress(PORTAL, sent.append, at=AT) == (1, [])
    (letter,) = sent
    # foil has told October, nickel produces already: nobody writes to Jinchang
    assert (letter.to, letter.month, letter.projects) == ("lanzhou@example.cn", 202610, 1)
    assert "年产5万吨高端铝箔项目" in letter.body
    assert f"{PORTAL}/projects/{library.aluminium.pk}/progress/?month=202610" in letter.body
    assert Event.objects.filter(act="mail_progress").count() == 1
    assert mail_progress(PORTAL, sent.append, at=AT) == (0, [])


def test_nobody_is_told_before_the_day(library: Library) -> None:
    addressed(library)
    library.aluminium.progress.filter(month=202610).delete()
    on_the_day = datetime(2026, 11, 10, 1, 0, tzinfo=UTC)
    assert mail_progress(PORTAL, [].append, at=on_the_day) == (0, [])


def test_an_address_that_fails_is_tried_again(library: Library) -> None:
    addressed(library)
    library.aluminium.progress.filter(month=202610).delete()

    def fail(letter: ProgressLetter) -> None:
        raise ConnectionRefusedError

    assert mail_progress(PORTAL, fail, at=AT) == (0, ["lanzhou@example.cn"])
    assert mail_progress(PORTAL, [].append, at=AT) == (1, [])


def test_the_command_shows_its_letters(library: Library) -> None:
    addressed(library)
    library.aluminium.progress.all().delete()
    out = StringIO()
    call_command("mail_progress", PORTAL, "--show", "--lang", "en", stdout=out)
    assert "lanzhou@example.cn" in out.getvalue()
    assert "is missing for" in out.getvalue()
