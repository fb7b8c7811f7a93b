"""Preparing the home (初始化): what must stand before the first page can be shown."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from hexi.portal.core.acts.keep_person import enter_person
from hexi.portal.core.acts.sign_in import make_sign_in_link
from hexi.portal.core.models import Person
from hexi.portal.core.roles import Role
from hexi.portal.plans.acts.seed_pack import seed_pack

__all__ = ["administrator_link", "prepare"]

LOCAL_USER = "local"


def prepare(echo: Callable[[str], None]) -> None:
    """Run every step; each can be repeated."""
    steps: list[tuple[str, Callable[[], object]]] = [
        ("数据库 / database", _migrate),
        ("数据包 / pack", _seed),
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
    person = Person.objects.filter(role=Role.ADMINISTRATOR, is_active=True).first()
    if person is None:
        person = enter_person(
            username=LOCAL_USER,
            name="本机管理员",
            role=Role.ADMINISTRATOR,
            units=[],
            password=None,
            by=None,
            at=timezone.now(),
        )
    return make_sign_in_link(person, at=timezone.now())


def _migrate() -> None:
    settings.HEXI.home.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)


def _seed() -> str:
    return seed_pack(settings.HEXI.pack, at=timezone.now())


def _collect() -> None:
    call_command("collectstatic", interactive=False, verbosity=0, clear=False)
