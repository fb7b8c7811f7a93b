"""Change the agenda (调整议题): before the meeting is held, its points may change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.supervision.acts.call_meeting import Point, lay_agenda
from hexi.portal.supervision.faults import overtaken
from hexi.portal.supervision.models import Meeting, MeetingState
from hexi.portal.supervision.queries.meetings import held_meeting

__all__ = ["change_agenda"]


def change_agenda(
    meeting_id: int, points: Sequence[Point], *, by: Person | None, at: datetime
) -> Meeting:
    """The points as they are to stand, in order."""
    with transaction.atomic():
        require(by, Permission.SUPERVISE)
        row = held_meeting(meeting_id, by)
        require(by, Permission.SUPERVISE, row.unit_path)
        if row.state == MeetingState.HELD:
            raise overtaken(_("This meeting has been held; its agenda stays as it was."))
        before = {"agenda": list(row.items.values_list("title", flat=True))}
        titles = lay_agenda(row, points, by)
        record(
            "change_agenda",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after={"agenda": titles},
        )
    return row
