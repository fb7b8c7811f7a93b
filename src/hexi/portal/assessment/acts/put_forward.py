"""Put proposals forward (提出建议): open a case for what the rules propose on a published run.

Publishing does it by itself; this is for what the rules could not judge then.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.casework import open_cases
from hexi.portal.assessment.holding import held_run
from hexi.portal.assessment.models import AssessmentRun, RunState
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission

__all__ = ["put_forward"]


def put_forward(run_id: int, *, by: Person | None, at: datetime) -> AssessmentRun:
    """Only for a published or archived run; refused where nothing is new."""
    with transaction.atomic():
        run = held_run(run_id, by, (RunState.PUBLISHED, RunState.ARCHIVED), Permission.PUBLISH)
        opened = open_cases(run, by, at)
        if not opened:
            raise Refusal(
                "nothing_new",
                _("The rules propose nothing that is not put forward already."),
                _("Look at the cases below."),
                status=409,
            )
        record("put_forward", run, by=by, at=at, unit_path=run.unit.path, after={"cases": opened})
    return run
