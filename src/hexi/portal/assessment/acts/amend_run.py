"""Correct what is published (更正已公布结果): a new edition from the same data, to be mended.

The published result stays as it is and in force until the new edition is published.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.holding import held_run
from hexi.portal.assessment.models import IN_FORCE, AssessmentRun, RunState
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import needs_reason, tell

__all__ = ["amend_run"]


def amend_run(run_id: int, reason: str, *, by: Person | None, at: datetime) -> AssessmentRun:
    """The new edition, with scheme and data as they were frozen; ``reason`` will be public."""
    with transaction.atomic():
        old = held_run(run_id, by, IN_FORCE, Permission.PUBLISH)
        tell([*needs_reason(reason), *_faults(old)])
        run = AssessmentRun.objects.create(
            unit=old.unit,
            scheme_id=old.scheme_id,
            scheme_version=old.scheme_version,
            year=old.year,
            kind=old.kind,
            edition=old.edition + 1,
            supersedes=old,
            correction_reason=reason.strip(),
            state=RunState.COLLECTING,
            title=old.title,
            title_en=old.title_en,
            scheme=old.scheme,
            data=old.data,
            data_digest=old.data_digest,
            data_source=old.data_source,
            started_at=at,
            started_by=by.name if by else "",
        )
        record(
            "amend_run",
            run,
            by=by,
            at=at,
            unit_path=run.unit.path,
            before=old.card(),
            after=run.card(),
            reason=reason.strip(),
        )
    return run


def _faults(old: AssessmentRun) -> list[Refusal]:
    if not AssessmentRun.objects.filter(supersedes=old).exists():
        return []
    return [
        Refusal(
            "second_correction",
            _("A corrected edition of this result is under way already."),
            _("Open it from the page of the run, or drop it and start anew."),
            status=409,
        )
    ]
