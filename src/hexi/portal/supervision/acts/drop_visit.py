"""Drop a visit (取消走访): it will not be paid, with the reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.supervision.acts.record_visit import held_visit
from hexi.portal.supervision.faults import long_text, overtaken
from hexi.portal.supervision.models import Visit, VisitState

__all__ = ["drop_visit"]


def drop_visit(visit_id: int, reason: str, *, by: Person | None, at: datetime) -> Visit:
    """Take it out of the plan; what was paid cannot be dropped."""
    with transaction.atomic():
        require(by, Permission.KEEP_PROJECTS)
        row = held_visit(visit_id, by)
        require(by, Permission.KEEP_PROJECTS, row.unit_path)
        if row.state != VisitState.PLANNED:
            raise overtaken(_("Only a planned visit can be dropped."))
        tell([*needs_reason(reason), *long_text("reason", reason)])
        row.state = VisitState.DROPPED
        row.save(update_fields=["state"])
        record(
            "drop_visit",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before={"planned": row.planned.isoformat()},
            after={"visit_state": row.state},
            reason=reason.strip(),
        )
    return row
