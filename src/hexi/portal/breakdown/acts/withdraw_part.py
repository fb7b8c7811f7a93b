"""Take a proposal back (收回分解指标): while the unit has not answered, with the reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.breakdown.holding import held_part
from hexi.portal.breakdown.models import Part, PartState
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.scoreboard.models import TargetState

__all__ = ["withdraw_part"]


def withdraw_part(part_id: int, *, reason: str, by: Person | None, at: datetime) -> Part:
    """The part is a draft again."""
    with transaction.atomic():
        require(by, Permission.BREAK_DOWN)
        part = held_part(part_id, by)
        require(by, Permission.BREAK_DOWN, part.breakdown.whole.unit_path)
        faults = needs_reason(reason)
        if part.state != PartState.PROPOSED:
            faults.append(
                Refusal(
                    "not_out",
                    _("The part does not lie with its unit."),
                    _("An accepted part changes by adjusting the target."),
                    status=409,
                )
            )
        tell(faults)
        before = part.card()
        part.state, part.reason = PartState.DRAFT, reason.strip()
        part.save(update_fields=["state", "reason"])
        if not part.adopted:
            part.target.state, part.target.changed_at = TargetState.DRAFT, at
            part.target.save(update_fields=["state", "changed_at"])
        record(
            "withdraw_part",
            part,
            by=by,
            at=at,
            unit_path=part.unit.path,
            before=before,
            after={**part.card(), "plan": part.target.plan_id},
            reason=reason.strip(),
        )
    return part
