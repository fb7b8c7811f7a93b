"""Supersede a result (以更正结果替代): part of publishing a corrected edition."""

from __future__ import annotations

from datetime import datetime

from hexi.portal.assessment.models import AssessmentRun, CaseStage, OutcomeCase, RunState
from hexi.portal.assessment.models.outcome_case import UNDECIDED
from hexi.portal.core.models import Person
from hexi.portal.core.record import record

__all__ = ["supersede_run"]


def supersede_run(run: AssessmentRun, *, by: Person | None, at: datetime) -> int:
    """What ``run`` corrects counts no longer; cases on it that nobody decided lapse, decisions
    stand. Inside the act's transaction; gives the number of cases that lapsed."""
    old = AssessmentRun.objects.select_for_update(of=("self",)).get(pk=run.supersedes_id)
    before = old.card()
    old.state = RunState.SUPERSEDED
    old.save()
    lapsed = list(OutcomeCase.objects.filter(assessed__run=old, stage__in=UNDECIDED))
    for case in lapsed:
        was = case.card()
        case.stage = CaseStage.LAPSED
        case.save()
        record(
            "lapse_case",
            case,
            by=by,
            at=at,
            unit_path=case.assessed.unit_path or run.unit.path,
            before=was,
            after=case.card(),
            reason=run.correction_reason,
        )
    record(
        "supersede_run",
        old,
        by=by,
        at=at,
        unit_path=run.unit.path,
        before=before,
        after={**old.card(), "cases": len(lapsed)},
        reason=run.correction_reason,
    )
    return len(lapsed)
