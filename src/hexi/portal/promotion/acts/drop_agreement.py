"""Drop an agreement (放弃协议草案): a draft that leads nowhere, with the reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.promotion.holding import held
from hexi.portal.promotion.models import Agreement, AgreementState

__all__ = ["drop_agreement"]


def drop_agreement(agreement_id: int, reason: str, *, by: Person | None, at: datetime) -> Agreement:
    """Until it is signed."""
    with transaction.atomic():
        row = held(Agreement, agreement_id, by, Permission.PROMOTE, also=("project__unit",))
        faults = needs_reason(reason)
        if row.state in (AgreementState.SIGNED, AgreementState.DROPPED):
            faults.append(
                Refusal(
                    "wrong_state",
                    _("A signed or dropped agreement is not dropped."),
                    _("End the project instead."),
                    status=409,
                )
            )
        tell(faults)
        before, row.state = row.state, AgreementState.DROPPED.value
        row.save()
        record(
            "drop_agreement",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before={"agreement_state": before},
            after={"agreement_state": row.state},
            reason=reason.strip(),
        )
    return row
