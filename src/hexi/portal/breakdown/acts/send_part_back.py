"""Send a part back (退回分解指标): with the reason, and with the figures that the unit asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.breakdown.answering import answered
from hexi.portal.breakdown.models import Part, PartState
from hexi.portal.breakdown.sheet.cells import NEGOTIATED, kept_text
from hexi.portal.breakdown.sheet.course import Course, course_of
from hexi.portal.core.models import Person
from hexi.portal.core.record import SYSTEM, record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.scoreboard.models import TargetState

__all__ = ["send_part_back"]


def send_part_back(
    part_id: int,
    asked: Mapping[str, Any] | None = None,
    *,
    reason: str,
    by: Person | None,
    at: datetime,
    seen: str = "",
) -> Part:
    """Return it to the upper unit. ``asked``: year to figure, written into the sheet as
    negotiated figures, which the upper unit takes over or not."""
    with transaction.atomic():
        part, faults = answered(part_id, by, seen)
        course = course_of(part.breakdown.whole)
        kept, wrong = _kept(asked or {}, course)
        tell([*faults, *needs_reason(reason), *wrong])
        before = part.card()
        part.figures.update({f"{year}.{NEGOTIATED}": text for year, text in kept.items()})
        part.state, part.reason = PartState.RETURNED, reason.strip()
        part.decided_at, part.decided_by = at, by.name if by else SYSTEM
        part.save()
        if kept:
            # the sheet has changed: who has it open is told
            part.breakdown.edit += 1
            part.breakdown.past = []
            part.breakdown.save(update_fields=["edit", "past"])
        if not part.adopted:
            part.target.state, part.target.changed_at = TargetState.DRAFT, at
            part.target.save(update_fields=["state", "changed_at"])
        record(
            "send_part_back",
            part,
            by=by,
            at=at,
            unit_path=part.unit.path,
            before=before,
            after={
                **part.card(),
                "plan": part.target.plan_id,
                "asked": " ".join(f"{course.labels[y]}:{text}" for y, text in kept.items()),
            },
            reason=reason.strip(),
        )
    return part


def _kept(asked: Mapping[str, Any], course: Course) -> tuple[dict[int, str], list[Refusal]]:
    """Figures that the unit asks for, and those that are none."""
    kept, faults = {}, []
    for year, value in asked.items():
        if not str(value).strip():
            continue
        if not str(year).isdecimal() or int(year) not in course.years:
            faults.append(
                Refusal("no_year", _("The sheet has no such year."), _("Choose one of its years."))
            )
            continue
        try:
            kept[int(year)] = kept_text(f"{year}.{NEGOTIATED}", value, course.decimals)
        except Refusal as refusal:
            refusal.place = f"asked-{year}"
            faults.append(refusal)
    return kept, faults
