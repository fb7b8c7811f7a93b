"""Answer a hearing (陈述申辩): in the unit's own words, once, while it is being heard."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.casework import said_enough, take
from hexi.portal.assessment.models import CaseStage, OutcomeCase, StepKind
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require
from hexi.portal.core.told import tell

__all__ = ["answer_hearing"]


def answer_hearing(case_id: int, text: str, *, by: Person | None, at: datetime) -> OutcomeCase:
    """By the unit itself, or for it by who runs the assessment, from a letter."""
    with transaction.atomic():
        one_visible(OutcomeCase.objects.all(), by, pk=case_id)
        rows = OutcomeCase.objects.select_for_update(of=("self",))
        case: OutcomeCase = rows.select_related("assessed__run__unit", "assessed__unit").get(
            pk=case_id
        )
        path = case.assessed.unit_path or case.assessed.run.unit.path
        require(by, Permission.EDIT, path)
        faults = said_enough(text, _("The answer says nothing."))
        if case.stage != CaseStage.HEARING:
            faults.append(
                Refusal(
                    "not_heard",
                    _("The unit is not being heard on this case."),
                    _("An answer is given between the hearing and the decision."),
                    status=409,
                )
            )
        elif case.steps.filter(kind=StepKind.ANSWER).exists():
            faults.append(
                Refusal(
                    "answered",
                    _("The unit has answered already."),
                    _("Its answer stands on the page of the case."),
                    status=409,
                )
            )
        tell(faults)
        take(case, StepKind.ANSWER, by, at, text=text.strip())
        record("answer_hearing", case, by=by, at=at, unit_path=path, after={"text": text.strip()})
    return case
