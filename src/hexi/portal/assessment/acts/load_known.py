"""Fill gaps from what is known (采集已公布数据): observations of the pack and released figures.

Only figures of the register's own indicators, of the year itself, in a unit that can be turned
into the scheme's. What a sheet said stays.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.holding import held_run, put_data, takes_real_data
from hexi.portal.assessment.models import AssessmentRun, RunState
from hexi.portal.assessment.queries.known import with_known
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal

__all__ = ["load_known"]


def load_known(run_id: int, *, by: Person | None, at: datetime) -> tuple[AssessmentRun, int]:
    """The run and how many figures were put in."""
    with transaction.atomic():
        run = held_run(run_id, by, (RunState.COLLECTING, RunState.COMPUTED, RunState.REVIEWED))
        takes_real_data(run)
        before = run.card()
        matrix, count = with_known(run, at.date())
        if not count:
            raise Refusal(
                "nothing_known",
                _("No published figure fits a gap of this run."),
                _("Download the sheet, fill it in and load it."),
            )
        source = f"{run.data_source} + {at:%Y-%m-%d}" if run.data_source else f"{at:%Y-%m-%d}"
        put_data(run, matrix, source)
        run.save()
        record(
            "load_known",
            run,
            by=by,
            at=at,
            unit_path=run.unit.path,
            before=before,
            after={**run.card(), "values": count},
        )
    return run, count
