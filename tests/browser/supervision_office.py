"""A project and its steward for the browser tests of supervision (测试用督办项目)."""

from __future__ import annotations

import json
from dataclasses import dataclass

from tests.browser.portal import Portal
from tests.browser.returns_office import run_in

__all__ = ["Laid", "lay_supervision"]

LAY = """
import json
from datetime import date
from django.utils import timezone
from hexi.portal.core.acts.sign_in import make_sign_in_link
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.roles import Role
from hexi.portal.projects.acts.register_record import register_record
from hexi.portal.projects.models import ProjectRecord
at = timezone.now()
links = {}
for username, name, role, unit in (
    ("dub-steward", "李管家", Role.PARK, "etdz-an"), ("dub-zone", "周主任", Role.ZONE, "lz-etdz"),
    ("dub-province", "马督查", Role.PROVINCE, "gs"),
):
    person, fresh = Person.objects.get_or_create(
        username=username, defaults={"name": name, "role": role}
    )
    person.units.set(Unit.objects.filter(code=unit))
    links[username] = f"/sign-in/link/{make_sign_in_link(person, at=at)}/"
zone = Person.objects.get(username="dub-zone")
project = ProjectRecord.objects.filter(name="督办铝箔项目").first() or register_record(
    {"name": "督办铝箔项目", "unit": "etdz-an", "kind": "promoted", "industry": "3252",
     "place": "620105", "investor": "河西铝业股份有限公司", "total": 10**9,
     "leader_name": "王副市长"}, by=zone, at=at,
)
print("laid " + json.dumps({"project": project.pk, "links": links}))
"""


@dataclass(frozen=True, slots=True)
class Laid:
    """The project's key, and a sign-in link for each person, good for one use."""

    project: int
    links: dict[str, str]


def lay_supervision(portal: Portal) -> Laid:
    """The project and three people: its steward, the zone's office, the province's."""
    said = run_in(portal, LAY)
    line = next(line for line in said.splitlines() if line.startswith("laid "))
    return Laid(**json.loads(line.removeprefix("laid ")))
