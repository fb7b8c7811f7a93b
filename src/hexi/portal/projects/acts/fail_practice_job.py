"""Give up a practice job (演练项目任务中止): the worker could not bring it to its end."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from hexi.portal.core.record import record
from hexi.portal.projects.models import PracticeJob, PracticeState
from hexi.portal.projects.models.practice_job import OPEN
from hexi.portal.projects.practice.asking import home_unit

__all__ = ["fail_practice_job"]


def fail_practice_job(job_id: int, *, at: datetime) -> None:
    """Put down that it stopped; what is done stays, and asking again goes on behind it."""
    with transaction.atomic():
        job = PracticeJob.objects.select_for_update().filter(pk=job_id, state__in=OPEN).first()
        if job is None:
            return
        job.state, job.finished_at, job.lease_until = PracticeState.FAILED, at, None
        job.save(update_fields=["state", "finished_at", "lease_until"])
        record(
            "fail_practice_job",
            job,
            by=None,
            at=at,
            unit_path=home_unit().path,
            after={"projects": job.done},
        )
