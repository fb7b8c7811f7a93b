"""A run in hand (在办考核): loaded, locked, inside the scope, and in a state for the step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from hexi.assessment.data.matrix import Matrix
from hexi.portal.assessment.keeping import kept
from hexi.portal.assessment.models import AssessmentRun, RunState
from hexi.portal.assessment.queries.decisions import decided_for
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require

__all__ = ["held_run", "put_data", "takes_real_data"]

_REMEDIES: dict[str, Any] = {
    RunState.COLLECTING: _("Load the data and compute the run first."),
    RunState.COMPUTED: _("Show the result to the assessed first."),
    RunState.REVIEWED: _("The run is with the assessed: answer objections, then publish."),
    RunState.PUBLISHED: _("A published run no longer changes; correct it by a new edition."),
    RunState.ARCHIVED: _("An archived run no longer changes; correct it by a new edition."),
    RunState.SUPERSEDED: _("A corrected edition has taken its place; go on with that one."),
}


def held_run(
    run_id: int,
    by: Person | None,
    states: Sequence[str],
    permission: Permission = Permission.EDIT,
) -> AssessmentRun:
    """The row under lock; call it inside a transaction."""
    one_visible(AssessmentRun.objects.all(), by, pk=run_id)
    rows = AssessmentRun.objects.select_for_update(of=("self",)).select_related("unit")
    run: AssessmentRun = rows.get(pk=run_id)
    require(by, permission, run.unit.path)
    if run.state not in states:
        raise Refusal(
            "wrong_state",
            _("The run is not at this step."),
            _REMEDIES[run.state],
            status=409,
        )
    return run


def takes_real_data(run: AssessmentRun) -> None:
    """Real and made-up figures are never mixed in one run."""
    if run.is_practice:
        raise Refusal(
            "practice_run",
            _("A practice run has made-up figures and takes no real ones."),
            _("Start an assessment that is not for practice."),
            status=409,
        )


def put_data(run: AssessmentRun, matrix: Matrix, source: str) -> None:
    """Freeze the data, with earlier decisions that still hold; what was computed from others
    falls."""
    matrix = replace(_with_years(run, matrix), decided=decided_for(run))
    run.data, run.data_digest = kept(matrix), matrix.digest()
    run.data_source = source[:300]
    run.result, run.result_digest, run.computed_at = {}, "", None
    run.state = RunState.COLLECTING
    for name in ("matrix", "outcome"):
        run.__dict__.pop(name, None)


def _with_years(run: AssessmentRun, matrix: Matrix) -> Matrix:
    """With the year of set-up from the register, where the sheet does not say it."""
    if "since" in matrix.attributes:
        return matrix
    inside = Unit.objects.filter(path__startswith=run.unit.path, code__in=matrix.units)
    known = {code: since for code, since in inside.values_list("code", "since") if since}
    if not known:
        return matrix
    since = tuple(known.get(unit, "") for unit in matrix.units)
    return replace(matrix, attributes={**matrix.attributes, "since": since})
