"""Apply a batch (确认导入): the preview has been seen; the worker writes return by return."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.returns.models import Batch, BatchState, LineState

__all__ = ["apply_batch"]


def apply_batch(
    batch_id: int,
    *,
    by: Person | None,
    at: datetime,
    confirmed: Collection[int] = (),
    submit: bool = False,
) -> Batch:
    """Queue the applying. ``confirmed`` are numbers of lines whose questions are answered."""
    with transaction.atomic():
        require(by, Permission.FILL)
        if not Batch.objects.visible_to(by).filter(pk=batch_id, person=by).exists():
            raise NotFound
        batch = Batch.objects.select_for_update().get(pk=batch_id)
        if batch.busy:
            raise Refusal(
                "batch_busy",
                _("The batch is being worked on."),
                _("Wait until it has been read."),
                status=409,
            )
        asked = batch.lines.filter(state=LineState.ASKED, number__in=list(confirmed))
        asked.update(confirmed=True)
        count = sum(line.open for line in batch.lines.all())
        if not count:
            raise Refusal(
                "nothing_to_apply",
                _("There is nothing in the batch that can be applied."),
                _("Correct the files and upload them again, or confirm what is asked."),
                status=409,
            )
        batch.state, batch.submit = BatchState.TO_APPLY, submit
        batch.done, batch.total, batch.attempts = 0, count, 0
        batch.save()
        record(
            "apply_batch",
            batch,
            by=by,
            at=at,
            after={"to_import": count, "confirmed": len(confirmed), "submit": submit},
        )
    return batch
