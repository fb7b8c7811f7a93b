"""Archive a run (考核归档): the year is closed; objections are no longer filed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from hexi.portal.assessment.holding import held_run
from hexi.portal.assessment.models import AssessmentRun, RunState
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.roles import Permission

__all__ = ["archive_run"]


def archive_run(run_id: int, *, by: Person | None, at: datetime) -> AssessmentRun:
    """Only a published run."""
    with transaction.atomic():
        run = held_run(run_id, by, (RunState.PUBLISHED,), Permission.PUBLISH)
        before = run.card()
        run.state = RunState.ARCHIVED
        run.save()
        record(
            "archive_run",
            run,
            by=by,
            at=at,
            unit_path=run.unit.path,
            before=before,
            after=run.card(),
        )
    return run
