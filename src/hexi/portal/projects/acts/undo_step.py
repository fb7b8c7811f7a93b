"""Take the last step back (撤销阶段调整): it was a mistake, and the project never stood there.

The line of the history goes; its event and that of the undoing stay, so that nothing is hidden.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.record_book import card, held, put
from hexi.portal.projects.stagebook import stage_book

__all__ = ["undo_step"]


def undo_step(
    project_id: int, *, reason: str, by: Person | None, at: datetime, seen: int | None = None
) -> ProjectRecord:
    """The project stands again where it stood before its last step."""
    with transaction.atomic():
        row = held(project_id, by, Permission.MOVE_STAGE, seen=seen)
        spells = list(row.spells.order_by("-since", "-id")[:3])
        faults = needs_reason(reason)
        if len(spells) < 2:
            faults.append(
                Refusal(
                    "first_stage",
                    _("The project stands where it was entered: there is no step to take back."),
                    _("End the project, or merge it, if it should not be in the library."),
                    status=409,
                )
            )
        tell(faults)
        last, earlier = spells[0], spells[1]
        book = stage_book()
        before = card(row)
        left, entered = book.stages.get(last.stage), book.stages.get(earlier.stage)
        halts = entered is not None and entered.halts
        changes = {
            "stage": earlier.stage,
            "stage_since": earlier.since,
            "resume_stage": spells[2].stage if halts and len(spells) > 2 else "",
            "ended_reason": "",
        }
        if left is not None and left.sets and getattr(row, left.sets) == last.since:
            # the day that this step wrote
            changes[left.sets] = None
        last.delete()
        earlier.until = None
        earlier.save(update_fields=["until"])
        put(row, changes, at)
        record(
            "undo_step",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after=card(row),
            reason=reason.strip(),
        )
    return row
