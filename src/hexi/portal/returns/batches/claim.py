"""Claiming a batch (领取批次): one worker at a time, for as long as it shows signs of life."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, Q

from hexi.portal.returns.models import Batch, BatchState
from hexi.portal.returns.models.batch import LEASE, WAITING

__all__ = ["MOST_ATTEMPTS", "claim", "release", "renew"]

#: a batch that killed its worker this often is given up
MOST_ATTEMPTS = 3
_NEXT = {
    BatchState.QUEUED: BatchState.READING,
    BatchState.READING: BatchState.READING,
    BatchState.TO_APPLY: BatchState.APPLYING,
    BatchState.APPLYING: BatchState.APPLYING,
}


def claim(worker: str, *, at: datetime) -> Batch | None:
    """The oldest batch that waits or whose worker died, now ours; None if there is none."""
    busy = (BatchState.READING, BatchState.APPLYING)
    due = Q(state__in=WAITING) | Q(state__in=busy, lease_until__lt=at)
    for batch in Batch.objects.filter(due).order_by("id")[:5]:
        # compare and set: of two workers only one changes the row
        taken = Batch.objects.filter(
            pk=batch.pk, state=batch.state, attempts=batch.attempts, worker=batch.worker
        ).update(
            state=_NEXT[BatchState(batch.state)],
            worker=worker,
            attempts=F("attempts") + 1,
            lease_until=at + LEASE,
        )
        if taken:
            batch.refresh_from_db()
            return batch
    return None


def renew(batch: Batch, *, at: datetime, done: int | None = None) -> bool:
    """Show a sign of life and how far it is; False where the batch is no longer ours."""
    changes: dict[str, Any] = {"lease_until": at + LEASE}
    if done is not None:
        changes["done"] = done
    if done:  # it got somewhere: what killed earlier workers lies behind
        changes["attempts"] = 1
    mine = Batch.objects.filter(pk=batch.pk, worker=batch.worker, state=batch.state)
    return bool(mine.update(**changes))


def release(batch: Batch, state: str) -> None:
    """Put it back for the next worker: we were told to stop."""
    Batch.objects.filter(pk=batch.pk, worker=batch.worker, state=batch.state).update(
        state=state, attempts=max(0, batch.attempts - 1), lease_until=None
    )
