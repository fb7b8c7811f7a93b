"""Publish a run (公布考核结果): everybody may read the ranking; nothing changes any more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from hexi.portal.assessment.casework import open_cases
from hexi.portal.assessment.holding import held_run
from hexi.portal.assessment.models import AssessmentRun, Objection, ObjectionState, RunState
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.core.roles import Permission

__all__ = ["publish_run"]


def publish_run(run_id: int, *, by: Person | None, at: datetime) -> AssessmentRun:
    """By who may publish; not while an objection waits. What follows is put forward with it."""
    with transaction.atomic():
        run = held_run(run_id, by, (RunState.REVIEWED,), Permission.PUBLISH)
        waiting = Objection.objects.filter(assessed__run=run, state=ObjectionState.OPEN).count()
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
        before = run.card()
        run.state, run.published_at = RunState.PUBLISHED, at
        run.published_by = by.name if by else ""
        run.save()
        opened = open_cases(run, by, at)
        record(
            "publish_run",
            run,
            by=by,
            at=at,
            unit_path=run.unit.path,
            before=before,
            after={**run.card(), "cases": opened},
        )
    return run
