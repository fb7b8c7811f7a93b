"""The worker's part of uploads (批量读取): reads what waits, previews it, applies what was asked.

Each return is a step of its own, so that a batch can be cut off anywhere and goes on there; what
was applied is applied once.
"""

from __future__ import annotations

import logging
import os
import socket
from typing import Protocol

from django.conf import settings
from django.db import connection
from django.utils import timezone

from hexi.portal.core.files import path_of
from hexi.portal.core.leases import MOST_ATTEMPTS, Stopped, release, renew
from hexi.portal.core.refusal import Refusal
from hexi.portal.returns.acts.finish_batch import fail_batch, finish_batch
from hexi.portal.returns.acts.import_return import import_return
from hexi.portal.returns.acts.upload_batch import SHELF
from hexi.portal.returns.batches.archive import count_of
from hexi.portal.returns.batches.child import read_in_child
from hexi.portal.returns.batches.claim import claim
from hexi.portal.returns.batches.lines import line_of
from hexi.portal.returns.models import Batch, BatchState

__all__ = ["Bell", "take_waiting"]

log = logging.getLogger("hexi.returns")


class Bell(Protocol):
    """Set by a signal: finish nothing new."""

    rung: bool


def take_waiting(bell: Bell | None = None, *, most: int = 1000) -> int:
    """Work on what waits now; returns how many batches were taken."""
    name = f"{socket.gethostname()[:40]}:{os.getpid()}"
    taken = 0
    while taken < most and not (bell and bell.rung):
        batch = claim(name, at=timezone.now())
        if batch is None:
            break
        taken += 1
        _work(batch, bell)
    return taken


def _work(batch: Batch, bell: Bell | None) -> None:
    reading = batch.state == BatchState.READING
    try:
        if batch.attempts > MOST_ATTEMPTS:
            raise Refusal("given_up", "", "")
        if reading:
            _read(batch, bell)
        else:
            _apply(batch, bell)
    except Stopped:
        release(batch, BatchState.QUEUED if reading else BatchState.TO_APPLY)
    except Refusal as refusal:
        fail_batch(batch.pk, refusal, at=timezone.now())
    except Exception:  # our own mistake must not stop the queue
        log.exception("batch %s of %s", batch.pk, batch.name)
        fail_batch(batch.pk, Refusal("reader_fault", "", ""), at=timezone.now())


def _read(batch: Batch, bell: Bell | None) -> None:
    path = path_of(batch.digest, SHELF)
    total = count_of(path, batch.name)
    Batch.objects.filter(pk=batch.pk).update(total=total)
    after = batch.lines.order_by("-number").values_list("number", flat=True).first() or 0

    def alive() -> bool:
        return not (bell and bell.rung) and renew(batch, at=timezone.now())

    if not connection.in_atomic_block:
        connection.close()  # a forked process must not share it
    megabytes = settings.HEXI.reading_megabytes
    found = read_in_child(path, batch.name, megabytes, alive, total=total, after=after)
    for read in found:
        line_of(batch, read, at=timezone.now()).save()
        renew(batch, at=timezone.now(), done=read.number)
    finish_batch(batch.pk, at=timezone.now())


def _apply(batch: Batch, bell: Bell | None) -> None:
    lines = [line for line in batch.lines.order_by("number") if line.open]
    for number, line in enumerate(lines, 1):
        if (bell and bell.rung) or not renew(batch, at=timezone.now(), done=number - 1):
            raise Stopped
        import_return(line.pk, at=timezone.now())
    finish_batch(batch.pk, at=timezone.now())
