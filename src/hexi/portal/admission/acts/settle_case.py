"""Settle a stalled case (处置办结): how it ended, with reason and evidence."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.admission.models import CaseState, Settlement, StalledCase
from hexi.portal.admission.stalled_holding import card, day_faults, held_case, keep_step, last_day
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.told import needs_reason, tell

__all__ = ["settle_case"]


def settle_case(
    case_id: int,
    settlement: str,
    *,
    day: date,
    reason: str,
    evidence: str,
    by: Person | None,
    at: datetime,
) -> StalledCase:
    """It is closed for good; a rule that goes on seeing the same thing does not open it again."""
    with transaction.atomic():
        case = held_case(case_id, by)
        before = card(case)
        faults = [*needs_reason(reason), *day_faults(day, last_day(case), at)]
        if settlement not in Settlement.values:
            faults.append(
                Refusal(
                    "settlement_unknown",
                    _("Nobody can tell how the case was settled."),
                    _("Choose one."),
                    place="settlement",
                )
            )
        if not evidence.strip():
            faults.append(
                Refusal(
                    "evidence_missing",
                    _("A settlement needs its evidence."),
                    _("Name the document: permit, receipt, decision, agreement."),
                    place="evidence",
                )
            )
        tell(faults)
        case.settlement, case.closed_on = settlement, day
        keep_step(case, CaseState.SETTLED, day=day, reason=reason, evidence=evidence, by=by, at=at)
        record(
            "settle_case",
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
