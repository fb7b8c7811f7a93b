"""Finish a batch (批次办结): it is read or applied to its end, or cannot be read at all."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.returns.models import Batch, BatchState
from hexi.portal.returns.workbooks.answers import answers_of

__all__ = ["fail_batch", "finish_batch"]


def finish_batch(batch_id: int, *, at: datetime) -> Batch:
    """After reading comes the preview, or at once the applying where that was asked for."""
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch_id)
        lines = list(batch.lines.all())
        if batch.state == BatchState.READING and batch.at_once and any(x.open for x in lines):
            batch.state, batch.done, batch.attempts = BatchState.TO_APPLY, 0, 0
            batch.total = sum(line.open for line in lines)
        else:
            reading = batch.state == BatchState.READING
            batch.state = BatchState.READ if reading else BatchState.APPLIED
            batch.done, batch.finished_at = batch.total, at
        batch.lease_until = None
        batch.save()
        counts = Counter(line.state for line in lines)
        after = {"batch_state": batch.state, **{f"lines_{k}": n for k, n in counts.items()}}
        record("finish_batch", batch, by=None, at=at, after=after)
    return batch


def fail_batch(batch_id: int, refusal: Refusal, *, at: datetime) -> Batch:
    """Put down why nothing of it can be read."""
    if not str(refusal.message):
        refusal = Refusal(
            refusal.code,
            _("Reading the file was cut off."),
            _("Pack it again, or send it in several parts; tell the administrator the time."),
        )
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch_id)
        batch.state, batch.finished_at = BatchState.FAILED, at
        batch.lease_until, batch.error = None, answers_of(refusal)[0]
        batch.save()
        record("fail_batch", batch, by=None, at=at, after={"code": refusal.code})
    return batch
