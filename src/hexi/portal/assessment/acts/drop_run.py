"""Drop a run (删除考核草稿): one that nobody was shown, or a simulation."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.holding import held_run
from hexi.portal.assessment.models import Objection, RunState
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal

__all__ = ["drop_run"]


def drop_run(run_id: int, *, by: Person | None, at: datetime) -> None:
    """Its data go with it; what it was stays in the record of events."""
    with transaction.atomic():
        run = held_run(run_id, by, (RunState.COLLECTING, RunState.COMPUTED))
        if Objection.objects.filter(assessed__run=run).exists():
            raise Refusal(
                "objections",
                _("Objections hang on this run."),
                _("Compute it again and answer them."),
                status=409,
            )
        record("drop_run", run, by=by, at=at, unit_path=run.unit.path, before=run.card())
        run.delete()
