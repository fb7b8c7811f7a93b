"""The office that the tests of the portal work in (测试用办公室)."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property

from django.test import Client
from django.utils import timezone

from hexi.plans.documents import Limits
from hexi.portal.core.models import Event, Person, Unit
from hexi.portal.core.roles import Role
from hexi.portal.plans.acts.seed_pack import seed_pack
from hexi.portal.plans.acts.upload_document import upload_document
from hexi.portal.plans.files import path_of
from hexi.portal.plans.models import FindingRow, PlanRow, Reading, StatementRow
from hexi.portal.plans.reading.claim import claim
from hexi.portal.plans.reading.engine import compile_file
from hexi.portal.plans.reading.store import store
from hexi.portal.scoreboard.sweep.run import sweep_targets
from hexi.samples import sample_bytes

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

#: user name, role, units: one of each role inside the zone, and strangers outside it
STAFF = (
    ("admin", Role.ADMINISTRATOR, ()),
    ("province", Role.PROVINCE, ("gs",)),
    ("zone", Role.ZONE, ("lz-etdz",)),
    ("park", Role.PARK, ("etdz-an",)),
    ("reader", Role.READER, ("lz-etdz",)),
    ("stranger", Role.ZONE, ("jc",)),
)
#: who sees the unpublished plan of the zone
INSIDE = ("admin", "province", "zone", "reader")
OUTSIDE = ("park", "stranger", "")
#: who may change it
WORKING = ("admin", "province", "zone")
TITLE = "云岭经济开发区"


def read_now(reading: Reading) -> Reading:
    """Do the worker's part in this process."""
    mine = claim("test", at=timezone.now())
    assert mine is not None and mine.pk == reading.pk
    document = mine.document
    compiled = compile_file(
        path_of(document.digest), document.name, "gansu", Limits(), lambda _part, _done: None
    )
    assert store(mine, compiled, at=AT)
    mine.refresh_from_db()
    return mine


def open_office() -> None:
    """Pack, people, and the sample plan as an unpublished plan of one zone; targets swept."""
    seed_pack("gansu", at=AT)
    for username, role, units in STAFF:
        person = Person.objects.create(username=username, name=f"{username} 同志", role=role)
        person.units.set(Unit.objects.filter(code__in=units))
    zone = Person.objects.get(username="zone")
    reading = upload_document(
        [sample_bytes("docx")], "云岭规划.docx", unit="lz-etdz", by=zone, at=AT
    )
    read_now(reading)
    sweep_targets(AT.date(), at=AT)


class Office:
    """Short ways to what the tests ask for."""

    def person(self, username: str) -> Person | None:
        """A member of staff; None for the public."""
        return Person.objects.get(username=username) if username else None

    def client(self, username: str, **headers: str) -> Client:
        """A browser in which this person is signed in."""
        client = Client(headers=headers or None)
        person = self.person(username)
        if person is not None:
            client.force_login(person)
        return client

    @cached_property
    def plan(self) -> PlanRow:
        return PlanRow.objects.filter(source="upload").order_by("id")[0]

    @property
    def reading(self) -> Reading:
        return Reading.objects.get(document__plan=self.plan, current=True)

    @property
    def fault(self) -> FindingRow:
        return FindingRow.objects.filter(reading=self.reading, is_fault=True).order_by("number")[0]

    @property
    def statement(self) -> StatementRow:
        return StatementRow.objects.filter(reading=self.reading, modality="target")[0]

    def events(self) -> int:
        return Event.objects.count()
