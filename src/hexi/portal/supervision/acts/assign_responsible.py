"""Assign responsibility (落实包抓责任): leader in charge, steward and responsible body of projects.

One project is one act with one event, so that each project's history has the change; many
projects are many acts in one transaction: all of them or none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require
from hexi.portal.core.told import tell
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.supervision.faults import long_text, named_person

__all__ = ["MOST", "Responsible", "assign_many", "assign_responsible"]

#: projects in one step
MOST = 500


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who is to answer; None leaves as it is, an empty name takes away.

    A person with an account is named by number; anybody else by name alone.
    """

    leader: int | None = None
    leader_name: str | None = None
    steward: int | None = None
    steward_name: str | None = None
    body: str | None = None


def assign_responsible(
    project_id: int, given: Responsible, *, reason: str, by: Person | None, at: datetime
) -> ProjectRecord:
    """Write who answers for one project."""
    with transaction.atomic():
        one_visible(ProjectRecord.objects.all(), by, pk=project_id)
        row: ProjectRecord = (
            ProjectRecord.objects.select_for_update(of=("self",))
            .select_related("unit")
            .get(pk=project_id)
        )
        require(by, Permission.KEEP_PROJECTS, row.unit_path)
        before = _card(row)
        faults = [*_put(row, given), *long_text("reason", reason)]
        if given == Responsible():
            faults.append(
                Refusal(
                    "nobody_named",
                    _("Nobody was named."),
                    _("Name a leader, a steward or a responsible body."),
                    place="leader",
                )
            )
        tell(faults)
        row.version += 1
        row.changed_at = at
        row.save()
        record(
            "assign_responsible",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after=_card(row),
            reason=reason.strip(),
        )
    return row


def assign_many(
    project_ids: Sequence[int],
    given: Responsible,
    *,
    reason: str,
    by: Person | None,
    at: datetime,
) -> int:
    """The same for many projects; how many there were."""
    wanted = list(dict.fromkeys(project_ids))
    if not 1 <= len(wanted) <= MOST:
        raise Refusal(
            "no_projects",
            _("Between 1 and 500 projects can be assigned in one step."),
            _("Choose the projects in the list."),
            place="projects",
        )
    with transaction.atomic():
        for project_id in wanted:
            assign_responsible(project_id, given, reason=reason, by=by, at=at)
    return len(wanted)


def _put(row: ProjectRecord, given: Responsible) -> list[Refusal]:
    faults: list[Refusal] = []
    for seat, number, name in (
        ("leader", given.leader, given.leader_name),
        ("steward", given.steward, given.steward_name),
    ):
        person = named_person(number, seat, faults)
        if person is not None:
            setattr(row, seat, person)
            setattr(row, f"{seat}_name", person.name)
        elif name is not None:
            faults.extend(long_text(seat, name, 120))
            setattr(row, seat, None)
            setattr(row, f"{seat}_name", name.strip()[:120])
    if given.body is not None:
        faults.extend(long_text("body", given.body, 200))
        row.body = given.body.strip()[:200]
    return faults


def _card(row: ProjectRecord) -> dict[str, str]:
    return {
        "leader_name": row.leader_name,
        "steward_name": row.steward_name,
        "body": row.body,
    }
