"""Who fills in for an enterprise (填报人): an account of its own, opened by its park or zone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.acts.keep_person import put_password
from hexi.portal.core.models import Event, Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Role
from hexi.portal.core.told import tell
from hexi.portal.returns.models import Filler
from hexi.portal.returns.registers.enterprise_book import held

__all__ = ["dismiss_filler", "enter_filler"]


def enter_filler(
    enterprise_id: int,
    *,
    username: str,
    name: str,
    password: str | None,
    by: Person | None,
    at: datetime,
) -> Filler:
    """A new account, or one of another enterprise that this one shares with it."""
    with transaction.atomic():
        row = held(enterprise_id, by)
        username, name = username.strip(), name.strip()
        person = Person.objects.filter(username=username).first()
        tell(_faults(person, username, name, by))
        if person is None:
            person = Person(username=username[:60], name=name[:60], role=Role.ENTERPRISE)
            put_password(person, password)
            person.save()
        filler, fresh = Filler.objects.get_or_create(reporter=row.reporter, person=person)
        if not fresh:
            tell(
                [
                    Refusal(
                        "filler_already",
                        _("This person fills in for the enterprise already."),
                        _("Look at the list on its page."),
                        place="username",
                    )
                ]
            )
        record(
            "enter_filler",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            after={"username": person.username, "filler": person.name},
        )
    return filler


def dismiss_filler(enterprise_id: int, person_id: int, *, by: Person | None, at: datetime) -> Event:
    """The person no longer fills in for this enterprise; the account itself stays."""
    with transaction.atomic():
        row = held(enterprise_id, by)
        fillers = Filler.objects.select_related("person")
        filler = fillers.filter(reporter=row.reporter, person=person_id).first()
        if filler is None:
            raise NotFound
        before = {"username": filler.person.username, "filler": filler.person.name}
        filler.delete()
        return record("dismiss_filler", row, by=by, at=at, unit_path=row.unit_path, before=before)


def _faults(person: Person | None, username: str, name: str, by: Person | None) -> list[Refusal]:
    faults = []
    if not username or (person is None and not name):
        faults.append(
            Refusal(
                "name_missing",
                _("User name or name is missing."),
                _("Write both."),
                place="username",
            )
        )
    # an account that exists is shared only by who sees where it works now
    if person is not None and not _shared(person, by):
        faults.append(
            Refusal(
                "name_taken",
                _("This user name is taken already."),
                _("Choose another user name."),
                place="username",
            )
        )
    return faults


def _shared(person: Person, by: Person | None) -> bool:
    if person.role != Role.ENTERPRISE or by is None:
        return False
    homes = [f.reporter.home.path for f in person.fills.select_related("reporter__home")]
    return all(by.covers(path) for path in homes) and (bool(homes) or by.is_administrator)
