"""Simulate other weights (模拟测算): a copy of a computed run that never becomes official."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.assessment.scheme.checking import weight_faults
from hexi.assessment.scheme.nouns import Scheme
from hexi.portal.assessment.acts.compute_run import put_result
from hexi.portal.assessment.keeping import kept
from hexi.portal.assessment.models import AssessmentRun, RunKind, RunState
from hexi.portal.assessment.said import later
from hexi.portal.assessment.weights import changed_weights, reweighted
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require
from hexi.portal.core.told import tell

__all__ = ["simulate_run"]


def simulate_run(
    run_id: int, weights: Mapping[str, str], *, by: Person | None, at: datetime
) -> AssessmentRun:
    """``weights``: name of the field → what was written; those not named stay."""
    with transaction.atomic():
        base: AssessmentRun = one_visible(
            AssessmentRun.objects.select_related("unit"), by, pk=run_id
        )
        officer = require(by, Permission.EDIT, base.unit.path)
        if not base.result or base.is_simulation:
            raise Refusal(
                "not_computed",
                _("Only a computed official run is simulated."),
                _("Compute it first."),
                status=409,
            )
        changes, faults = changed_weights(base.scheme_of, weights)
        tell(faults)
        if not changes:
            raise Refusal(
                "nothing_changed",
                _("No weight differs from the official ones."),
                _("Change at least one weight."),
            )
        scheme = reweighted(base.scheme_of, changes)
        tell(_sums(scheme))
        run = AssessmentRun(
            unit=base.unit,
            scheme_id=base.scheme_id,
            scheme_version=base.scheme_version,
            year=base.year,
            kind=RunKind.SIMULATION,
            base=base,
            state=RunState.COLLECTING,
            title=base.title,
            title_en=base.title_en,
            scheme=kept(scheme),
            changes={name: list(pair) for name, pair in changes.items()},
            data=base.data,
            data_digest=base.data_digest,
            data_source=base.data_source,
            started_at=at,
            started_by=officer.name,
        )
        run.save()
        put_result(run, at)
        record(
            "simulate_run",
            run,
            by=by,
            at=at,
            unit_path=run.unit.path,
            after={**run.card(), "weights": run.changes},
        )
    return run


def _sums(scheme: Scheme) -> list[Refusal]:
    """Weights that no longer add up, group by group."""
    found = []
    for group, name, total in weight_faults(scheme):
        wanted = f"{group.total:g}" if group.total is not None else ">0"
        who = f"（{name}）" if name else ""
        found.append(
            Refusal(
                "sum",
                later(
                    f"“{group.name.zh}”{who}的权重合计为{total:g}，应为{wanted}。",
                    f"The weights inside “{group.name.en}”{who} add to {total:g}, not {wanted}.",
                ),
                _("Change them so that they add up."),
                place=group.id,
            )
        )
    return found
