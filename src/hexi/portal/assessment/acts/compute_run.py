"""Compute a run (计算考核结果): the same scheme and data give the same bytes."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.assessment.faults import AssessmentError
from hexi.assessment.result import Result
from hexi.assessment.run import assess
from hexi.portal.assessment.holding import held_run
from hexi.portal.assessment.keeping import digest_of, kept
from hexi.portal.assessment.models import Assessed, AssessmentRun, RunState
from hexi.portal.assessment.said import refusals_of
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.told import tell

__all__ = ["compute_run", "put_result"]


def compute_run(run_id: int, *, by: Person | None, at: datetime) -> AssessmentRun:
    """Everything that hinders the run is told at once, by indicator and unit."""
    with transaction.atomic():
        run = held_run(run_id, by, (RunState.COLLECTING, RunState.COMPUTED))
        before = run.card()
        if not run.data:
            raise Refusal("no_data", _("The run has no data yet."), _("Load a sheet first."))
        put_result(run, at)
        record(
            "compute_run",
            run,
            by=by,
            at=at,
            unit_path=run.unit.path,
            before=before,
            after=run.card(),
        )
    return run


def put_result(run: AssessmentRun, at: datetime) -> None:
    """Compute, keep the arrays, and rewrite the rows of the ranking; inside a transaction."""
    try:
        result = assess(run.scheme_of, run.matrix)
    except AssessmentError as error:
        tell(refusals_of(error.faults, _("Complete or correct the data, then compute again.")))
        raise
    run.result = _record(result)
    run.result_digest = digest_of(run.result)
    run.state, run.computed_at = RunState.COMPUTED, at
    run.__dict__.pop("outcome", None)
    run.save()
    _put_rows(run, result)


def _record(result: Result) -> dict[str, Any]:
    return {
        one.name: kept(getattr(result, one.name))
        for one in fields(result)
        if one.name not in ("scheme", "matrix")
    }


def _put_rows(run: AssessmentRun, result: Result) -> None:
    """A unit keeps its row, on which objections hang."""
    codes, names = result.matrix.units, result.matrix.names
    inside = Unit.objects.filter(path__startswith=run.unit.path)
    known = {unit.code: unit for unit in inside.filter(code__in=codes)}
    known |= {unit.name: unit for unit in inside.filter(name__in=codes)}
    old = {row.code: row for row in run.assessed.all()}
    for place, code in enumerate(codes):
        row = old.pop(code, None) or Assessed(run=run, code=code)
        row.unit, row.name = known.get(code), names[place]
        row.rank = int(result.ranks[place])
        row.score = float(result.scores[place]) if result.rated[place] else None
        row.save()
    run.assessed.filter(pk__in=[row.pk for row in old.values()], objections=None).delete()
