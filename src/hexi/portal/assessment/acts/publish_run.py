"""Publish a run (公布考核结果): everybody may read the ranking; what is published stays.

A corrected edition takes the place of the one it corrects.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from hexi.portal.assessment.casework import open_cases
from hexi.portal.assessment.holding import held_run
from hexi.portal.assessment.models import AssessmentRun, Objection, ObjectionState, RunState
from hexi.portal.assessment.superseding import supersede_run
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.core.roles import Permission

__all__ = ["publish_run"]


def publish_run(run_id: int, *, by: Person | None, at: datetime) -> AssessmentRun:
    """By who may publish; not while an objection waits. What follows is put forward with it."""
    with transaction.atomic():
        run = held_run(run_id, by, (RunState.REVIEWED,), Permission.PUBLISH)
        waiting = Objection.objects.filter(
            assessed__run__in=(run.pk, run.supersedes_id or run.pk), state=ObjectionState.OPEN
        ).count()
        if waiting:
            raise Refusal(
                "open_objections",
                gapped(
                    ngettext_lazy(
                        "%(n)d objection waits for an answer.",
                        "%(n)d objections wait for an answer.",
                        waiting,
                    ),
                    n=waiting,
                ),
                _("Answer every objection first."),
                status=409,
            )
        if run.supersedes_id and not _corrected(run):
            raise Refusal(
                "nothing_corrected",
                _("The data are those of the edition that is to be corrected."),
                _("Correct a value or load a mended sheet, or drop this edition."),
                status=409,
            )
        before = run.card()
        run.state, run.published_at = RunState.PUBLISHED, at
        run.published_by = by.name if by else ""
        run.save()
        if run.supersedes_id:
            supersede_run(run, by=by, at=at)
        opened = open_cases(run, by, at)
        record(
            "publish_run",
            run,
            by=by,
            at=at,
            unit_path=run.unit.path,
            before=before,
            after={**run.card(), "cases": opened},
            reason=run.correction_reason,
        )
    return run


def _corrected(run: AssessmentRun) -> bool:
    """Are its data others than those of the edition it corrects?"""
    old = AssessmentRun.objects.filter(successor=run).values_list("data_digest", flat=True)
    return run.data_digest not in old
