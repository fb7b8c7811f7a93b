"""Take up and verify a stalled case (调查核实): what the rule saw is kept with the finding."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.admission import Stalled
from hexi.portal.admission.models import CaseState, StalledCase
from hexi.portal.admission.queries.stalled import seen_on
from hexi.portal.admission.stalled_holding import card, day_faults, keep_step
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.record_book import held
from hexi.portal.returns.form_book import day_of

__all__ = ["verify_case"]


def verify_case(
    project_id: int,
    family: str,
    *,
    upheld: bool,
    day: date,
    reason: str,
    evidence: str = "",
    by: Person | None,
    at: datetime,
) -> StalledCase:
    """Upheld, the case is open and goes on; not upheld, it is closed with its reason."""
    with transaction.atomic():
        project = held(project_id, by, Permission.SUPERVISE)
        seen = [one for _site, one in seen_on(by, project.pk, day_of(at))]
        case = next((one for one in seen if one.rule.family == family), None)
        tell([*needs_reason(reason), *_faults(project, case, family, day, at)])
        assert case is not None
        made = StalledCase(
            project=project,
            family=family,
            rule=case.rule.id,
            since=case.since,
            found_on=day_of(at),
            reason=case.reason,
            reason_en=case.reason_en,
            fee=case.fee,
            closed_on=None if upheld else day,
        )
        state = CaseState.VERIFIED if upheld else CaseState.DISMISSED
        keep_step(made, state, day=day, reason=reason, evidence=evidence, by=by, at=at)
        record(
            "verify_case",
            made,
            by=by,
            at=at,
            name=project.called,
            unit_path=project.unit_path,
            after={**card(made), "admission_day": str(day), "reason_seen": made.reason},
            reason=reason.strip(),
        )
    return made


def _faults(
    project: ProjectRecord, case: Stalled | None, family: str, day: date, at: datetime
) -> list[Refusal]:
    if case is None:
        return [
            Refusal(
                "nothing_found",
                _("No rule sees this on the project today."),
                _("Open the list again."),
                status=409,
            )
        ]
    if StalledCase.objects.filter(project=project, family=family, closed_on=None).exists():
        return [
            Refusal(
                "taken_up",
                _("This case is taken up already."),
                _("Go on with the case that is open."),
                status=409,
            )
        ]
    return day_faults(day, case.since, at)
