"""Show a run to the assessed (结果反馈): each sees its own explanation and may object."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.holding import held_run
from hexi.portal.assessment.models import AssessmentRun, RunState
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal

__all__ = ["review_run"]


def review_run(run_id: int, *, by: Person | None, at: datetime) -> AssessmentRun:
    """Only an official run that is computed."""
    with transaction.atomic():
        run = held_run(run_id, by, (RunState.COMPUTED,))
        if run.is_simulation:
            raise Refusal(
                "simulation",
                _("A simulation is nobody's result."),
                _("Show the official run."),
                status=409,
            )
        before = run.card()
        run.state = RunState.REVIEWED
        run.save()
        record(
            "review_run",
            run,
            by=by,
            at=at,
            unit_path=run.unit.path,
            before=before,
            after=run.card(),
        )
    return run
