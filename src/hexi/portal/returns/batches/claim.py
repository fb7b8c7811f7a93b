"""Claiming a batch (领取批次): one worker at a time, for as long as it shows signs of life."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from hexi.portal.core import leases
from hexi.portal.returns.models import Batch, BatchState

__all__ = ["claim"]

#: state that waits to the one in which it is worked on
_TAKES: Final = {
    BatchState.QUEUED.value: BatchState.READING.value,
    BatchState.TO_APPLY.value: BatchState.APPLYING.value,
}


def claim(worker: str, *, at: datetime) -> Batch | None:
    """The oldest batch that waits or whose worker died, now ours; None if there is none."""
    batch: Batch | None = leases.claim(Batch.objects.all(), _TAKES, worker, at=at)
    return batch
