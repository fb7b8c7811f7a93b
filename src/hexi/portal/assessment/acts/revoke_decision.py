"""Revoke a decision (撤销决定): what it rested on no longer holds; its effects end."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.casework import numbered, said_enough, take
from hexi.portal.assessment.models import CaseStage, OutcomeCase, StepKind
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require
from hexi.portal.core.told import tell

__all__ = ["revoke_decision"]


def revoke_decision(
    case_id: int, reason: str, *, number: str = "", by: Person | None, at: datetime
) -> OutcomeCase:
    """By who publishes the assessment, where something was adopted; nothing of it is deleted."""
    with transaction.atomic():
        one_visible(OutcomeCase.objects.all(), by, pk=case_id)
        rows = OutcomeCase.objects.select_for_update(of=("self",))
        case: OutcomeCase = rows.select_related("assessed__run__unit", "assessed__unit").get(
            pk=case_id
        )
        require(by, Permission.PUBLISH, case.assessed.run.unit.path)
        if not case.adopted:
            raise Refusal(
                "nothing_adopted",
                _("Nothing was adopted in this case."),
                _("Its page says which step is next."),
                status=409,
            )
        tell([*said_enough(reason, _("A revocation needs its reasons.")), *numbered(number)])
        before = case.card()
        case.adopted, case.stage = False, CaseStage.REVOKED
        case.save()
        take(case, StepKind.REVOCATION, by, at, text=reason.strip(), number=number.strip())
        record(
            "revoke_decision",
            case,
            by=by,
            at=at,
            unit_path=case.assessed.unit_path or case.assessed.run.unit.path,
            before=before,
            after={**case.card(), "number": number.strip()},
            reason=reason.strip(),
        )
    return case
