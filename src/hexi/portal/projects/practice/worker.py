"""Practice projects in the portal's worker (后台办理): one job at a time, portion by portion."""

from __future__ import annotations

import logging
import os
import socket
from typing import Final, Protocol

from django.utils import timezone

from hexi.portal.core import leases
from hexi.portal.core.leases import MOST_ATTEMPTS, Stopped, release, renew
from hexi.portal.projects.acts.fail_practice_job import fail_practice_job
from hexi.portal.projects.models import PracticeJob, PracticeKind, PracticeState
from hexi.portal.projects.practice.laying import lay
from hexi.portal.projects.practice.removal import remove

__all__ = ["take_turn"]

log = logging.getLogger("hexi.projects")

_TAKES: Final = {PracticeState.WAITING.value: PracticeState.WORKING.value}


class Bell(Protocol):
    """Set by a signal: finish nothing new."""

    rung: bool


def take_turn(bell: Bell | None = None) -> int:
    """Do the job that waits or was cut off; how many were taken."""
    if bell and bell.rung:
        return 0
    name = f"{socket.gethostname()[:40]}:{os.getpid()}"
    job: PracticeJob | None = leases.claim(
        PracticeJob.objects.all(), _TAKES, name, at=timezone.now()
    )
    if job is None:
        return 0
    _work(job, bell)
    return 1


def _work(job: PracticeJob, bell: Bell | None) -> None:
    def alive(done: int) -> bool:
        return not (bell and bell.rung) and renew(job, at=timezone.now(), done=done)

    work = lay if job.kind == PracticeKind.LAY else remove
    try:
        if job.attempts > MOST_ATTEMPTS:
            fail_practice_job(job.pk, at=timezone.now())
            return
        work(job, alive)
        PracticeJob.objects.filter(pk=job.pk, worker=job.worker).update(
            state=PracticeState.DONE, finished_at=timezone.now(), lease_until=None
        )
    except Stopped:
        release(job, PracticeState.WAITING)
    except Exception:  # our own mistake must not stop the queue
        log.exception("practice job %s", job.pk)
        fail_practice_job(job.pk, at=timezone.now())
