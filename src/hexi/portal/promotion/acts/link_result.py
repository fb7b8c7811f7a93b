"""Link a project to an activity (登记活动成果): it was met there, or got further there."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import tell
from hexi.portal.promotion.holding import held, one_project
from hexi.portal.promotion.models import Activity, ActivityResult

__all__ = ["link_result"]


def link_result(
    activity_id: int, project_id: int, note: str, *, by: Person | None, at: datetime
) -> ActivityResult:
    """Once a project and activity."""
    with transaction.atomic():
        activity = held(Activity, activity_id, by, Permission.PROMOTE, also=("unit",))
        project = one_project(project_id, by, Permission.PROMOTE)
        faults = []
        if ActivityResult.objects.filter(activity=activity, project=project).exists():
            faults.append(
                Refusal(
                    "linked_already",
                    _("This project is linked to the activity already."),
                    _("Choose another one."),
                    place="project",
                    status=409,
                )
            )
        if len(note) > 300:
            faults.append(
                Refusal("too_long", _("The note is too long."), _("Shorten it."), place="note")
            )
        tell(faults)
        made = ActivityResult.objects.create(
            activity=activity,
            project=project,
            note=note.strip(),
            by_name=by.name if by else "",
            at=at,
        )
        record(
            "link_result",
            activity,
            by=by,
            at=at,
            unit_path=activity.unit_path,
            after={"project": project.called, "note": made.note},
        )
    return made
