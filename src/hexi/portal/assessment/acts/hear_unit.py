"""Hear a unit (听取意见): it is told what is proposed, on which facts, and by when to answer."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.casework import held_case, numbered, take
from hexi.portal.assessment.models import CaseStage, OutcomeCase, StepKind
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.told import needs_reason, tell

__all__ = ["hear_unit"]


def hear_unit(
    case_id: int,
    answer_by: date | None,
    reason: str,
    *,
    number: str = "",
    by: Person | None,
    at: datetime,
) -> OutcomeCase:
    """``reason``: what the unit is asked to speak to; from now on it sees its case."""
    with transaction.atomic():
        case = held_case(case_id, by, "hearing")
        before = case.card()
        faults = [*needs_reason(reason), *numbered(number)]
        if answer_by is None or answer_by <= at.date():
            faults.append(
                Refusal(
                    "no_term",
                    _("The last day for the answer is missing or has passed."),
                    _("Give the unit a day to come."),
                    place="answer_by",
                )
            )
        tell(faults)
        case.stage = CaseStage.HEARING
        case.save()
        take(
            case,
            StepKind.HEARING,
            by,
            at,
            text=reason.strip(),
            number=number.strip(),
            answer_by=answer_by,
        )
        record(
            "hear_unit",
            case,
            by=by,
            at=at,
            unit_path=case.assessed.unit_path or case.assessed.run.unit.path,
            before=before,
            after={**case.card(), "answer_by": f"{answer_by}", "number": number.strip()},
            reason=reason.strip(),
        )
    return case
