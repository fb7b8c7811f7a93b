"""Give a term on a stalled case (限期整改): by when building or production has to begin."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.admission.models import CaseState, StalledCase
from hexi.portal.admission.stalled_holding import card, day_faults, held_case, keep_step, last_day
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.told import needs_reason, tell

__all__ = ["give_term"]


def give_term(
    case_id: int,
    *,
    term: date,
    day: date,
    reason: str,
    evidence: str = "",
    by: Person | None,
    at: datetime,
) -> StalledCase:
    """A later term may follow; every one is kept as a step."""
    with transaction.atomic():
        case = held_case(case_id, by)
        before = card(case)
        faults = [*needs_reason(reason), *day_faults(day, last_day(case), at)]
        if term <= day:
            faults.append(
                Refusal(
                    "term_wrong",
                    _("The term ends after the day on which it is given."),
                    _("Choose a later day."),
                    place="term",
                )
            )
        tell(faults)
        case.term = term
        keep_step(case, CaseState.TERM, day=day, reason=reason, evidence=evidence, by=by, at=at)
        record(
            "give_term",
            case,
            by=by,
            at=at,
            name=case.project.called,
            unit_path=case.project.unit_path,
            before=before,
            after={**card(case), "admission_day": str(day)},
            reason=reason.strip(),
        )
    return case
