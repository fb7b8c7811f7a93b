"""Put the parts to their units (下达分解指标): figures, and the day by which they answer.

The parts give the whole, or the reason for the gap is written. Each unit sees its own part.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.breakdown.holding import held_sheet, lines_of
from hexi.portal.breakdown.models import Breakdown, Part, PartState
from hexi.portal.breakdown.sheet.course import course_of
from hexi.portal.breakdown.sheet.fresh import overtaken
from hexi.portal.breakdown.sheet.proposing import faults_of_parts, finals_of
from hexi.portal.core.models import Person
from hexi.portal.core.record import SYSTEM, record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell
from hexi.portal.scoreboard.models import TargetState

__all__ = ["propose_parts"]


def propose_parts(
    target_id: int,
    units: Sequence[str] | None = None,
    *,
    due: date | None = None,
    reason: str = "",
    by: Person | None,
    at: datetime,
    seen: int | None = None,
) -> Breakdown:
    """Propose the parts of the named units, or every open part where none is named.

    ``reason`` says why the parts do not give the whole, where they do not.
    """
    with transaction.atomic():
        require(by, Permission.BREAK_DOWN)
        sheet = held_sheet(target_id, by)
        require(by, Permission.BREAK_DOWN, sheet.whole.unit_path)
        course, lines = course_of(sheet.whole), lines_of(sheet)
        chosen = [x for x in lines if x.is_open and (units is None or x.unit.code in units)]
        faults = overtaken(sheet, seen)
        if not chosen:
            faults.append(_nothing())
        if due is not None and due < at.date():
            faults.append(_past())
        tell([*faults, *faults_of_parts(course, lines, chosen, reason)])
        for line in chosen:
            before = line.card()
            line.state = PartState.PROPOSED
            line.proposed_at, line.proposed_by = at, by.name if by else SYSTEM
            line.decided_at, line.decided_by, line.reason, line.due = None, "", "", due
            line.save()
            _put(line, at)
            finals = finals_of(line, course)
            record(
                "propose_part",
                line,
                by=by,
                at=at,
                unit_path=line.unit.path,
                before=before,
                after={
                    **line.card(),
                    "plan": sheet.whole.plan_id,
                    "path": " ".join(f"{course.labels[y]}:{text}" for y, text in finals.items()),
                    "due": due.isoformat() if due else "",
                },
                reason=reason.strip(),
            )
    return sheet


def _put(line: Part, at: datetime) -> None:
    """A target that was made for the sheet is now seen by its unit."""
    if not line.adopted:
        line.target.state, line.target.changed_at = TargetState.PROPOSED, at
        line.target.save(update_fields=["state", "changed_at"])


def _nothing() -> Refusal:
    return Refusal(
        "nothing_open",
        _("No part of the sheet is open: all lie with their units or were accepted."),
        _("Wait for the answers, or take a proposal back with the reason."),
        status=409,
    )


def _past() -> Refusal:
    return Refusal(
        "day_past", _("The day to answer by has passed."), _("Choose a later day."), place="due"
    )
