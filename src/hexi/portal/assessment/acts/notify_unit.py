"""Notify a unit (送达通知): the end of a case; a talk or a reminder is carried out by it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from hexi.portal.assessment.casework import held_case, numbered, take
from hexi.portal.assessment.models import CaseStage, OutcomeCase, StepKind
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.told import needs_reason, tell

__all__ = ["notify_unit"]


def notify_unit(
    case_id: int, reason: str, *, number: str = "", by: Person | None, at: datetime
) -> OutcomeCase:
    """``reason``: what the unit is told. Where the chain has no decision, this is one."""
    with transaction.atomic():
        case = held_case(case_id, by, "notice")
        before = case.card()
        tell([*needs_reason(reason), *numbered(number)])
        case.stage = CaseStage.NOTIFIED
        if "decision" not in case.chain:
            case.adopted = True
        case.save()
        take(case, StepKind.NOTICE, by, at, text=reason.strip(), number=number.strip())
        record(
            "notify_unit",
            case,
            by=by,
            at=at,
            unit_path=case.assessed.unit_path or case.assessed.run.unit.path,
            before=before,
            after={**case.card(), "number": number.strip()},
            reason=reason.strip(),
        )
    return case
