"""Preparing the home (初始化): what must stand before the first page can be shown."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from hexi.portal.core.acts.keep_person import enter_person
from hexi.portal.core.acts.sign_in import make_sign_in_link
from hexi.portal.core.models import Event, Person
from hexi.portal.core.roles import Role
from hexi.portal.core.seed import seed_unit_alone
from hexi.portal.plans.acts.publish_plan import publish_plan
from hexi.portal.plans.acts.seed_pack import seed_pack
from hexi.portal.plans.acts.upload_document import upload_document
from hexi.portal.plans.models import PlanDocument, PlanRow
from hexi.portal.plans.models.plan import Source
from hexi.portal.plans.reading.worker import read_waiting
from hexi.portal.returns.acts.seed_reporters import seed_reporters
from hexi.portal.scoreboard.sweep.worker import sweep_today
from hexi.samples import UNIT, sample_bytes, sample_file_name

__all__ = [
    "administrator",
    "administrator_link",
    "lay_sample",
    "local_administrator",
    "prepare",
]

LOCAL_USER = "local"


def prepare(echo: Callable[[str], None], *, tour: bool = False) -> None:
    """Run every step; each can be repeated. ``tour`` brings the sample plan into a fresh home."""
    steps: list[tuple[str, Callable[[], object]]] = [
        ("数据库 / database", _migrate),
        ("数据包 / pack", _seed),
        ("填报单位 / reporters", _reporters),
        *([("示例规划 / sample plan", _sample)] if tour else []),
        ("监测 / monitoring", sweep_today),
        ("静态文件 / static files", _collect),
    ]
    for label, step in steps:
        started = time.monotonic()
        result = step()
        note = f": {result}" if isinstance(result, str) and result else ""
        echo(f"{label}{note} ({time.monotonic() - started:.1f} s)")


def administrator_link() -> str:
    """The code of a new sign-in link in local mode; the local administrator is entered first."""
    if settings.HEXI.mode != "local":
        return ""
    return make_sign_in_link(local_administrator(), at=timezone.now())


def administrator() -> Person | None:
    """The first administrator who may act, if there is one."""
    person: Person | None = Person.objects.filter(role=Role.ADMINISTRATOR, is_active=True).first()
    return person


def local_administrator() -> Person:
    """The administrator of this machine; entered where there is none yet."""
    return administrator() or enter_person(
        username=LOCAL_USER,
        name="本机管理员",
        role=Role.ADMINISTRATOR,
        units=[],
        password=None,
        by=None,
        at=timezone.now(),
    )


def _migrate() -> None:
    settings.HEXI.home.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)


def _seed() -> str:
    return seed_pack(settings.HEXI.pack, at=timezone.now())


def _reporters() -> str:
    """Units of the pack hand in returns; enterprises and people are entered by the office."""
    added = seed_reporters(at=timezone.now())
    return str(added) if added else ""


def _sample() -> str:
    """The sample plan of the guided tour, read at once so that the first page has findings."""
    if settings.HEXI.mode != "local" or Event.objects.filter(act="upload_document").exists():
        return ""
    return str(lay_sample())


def lay_sample() -> PlanRow:
    """The sample plan under a fictional unit of its own, read and published."""
    officer = local_administrator()
    reading = upload_document(
        [sample_bytes("docx")],
        sample_file_name("docx"),
        unit=seed_unit_alone(UNIT).code,
        by=officer,
        at=timezone.now(),
        source=Source.SAMPLE,
    )
    read_waiting(most=1)
    plan = PlanDocument.objects.get(pk=reading.document_id).plan
    publish_plan(plan.pk, by=officer, at=timezone.now())
    row: PlanRow = plan
    return row


def _collect() -> None:
    call_command("collectstatic", interactive=False, verbosity=0, clear=False)
