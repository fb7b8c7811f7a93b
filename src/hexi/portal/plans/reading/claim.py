"""Claiming a reading (领取任务): one worker at a time, for as long as it shows signs of life."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from hexi.portal.core.record import record
from hexi.portal.plans.models import Reading, ReadingState

__all__ = ["LEASE", "MOST_ATTEMPTS", "claim", "fail", "renew", "show_progress"]

#: a worker that has not renewed for this long is taken for dead
LEASE = timedelta(seconds=20)
#: a document that killed its worker this often is given up
MOST_ATTEMPTS = 3

GIVEN_UP = {
    "code": "given_up",
    "place": "",
    "message": "读取三次中断，已停止",
    "message_en": "reading was cut off three times and was stopped",
    "remedy": "请另存为 docx 后再上传，或请管理员查看日志",
    "remedy_en": "save it as docx and upload it again, or have the administrator look at the log",
}


def claim(worker: str, *, at: datetime) -> Reading | None:
    """The oldest reading that waits or whose worker died, now ours; None if there is none."""
    waiting = Q(state=ReadingState.QUEUED)
    abandoned = Q(state=ReadingState.READING, lease_until__lt=at)
    reading: Reading
    for reading in Reading.objects.filter(waiting | abandoned).order_by("id")[:5]:
        if reading.attempts >= MOST_ATTEMPTS:
            fail(reading, GIVEN_UP, at=at)
            continue
        # compare and set: of two workers only one changes the row
        taken = Reading.objects.filter(
            pk=reading.pk, state=reading.state, attempts=reading.attempts
        ).update(
            state=ReadingState.READING,
            worker=worker,
            attempts=F("attempts") + 1,
            lease_until=at + LEASE,
            started_at=at,
            done=0,
            phase="documents",
        )
        if taken:
            reading.refresh_from_db()
            return reading
    return None


def renew(reading: Reading, *, at: datetime) -> bool:
    """Show a sign of life; False where the reading is no longer ours (plan deleted, claimed)."""
    changed = Reading.objects.filter(pk=reading.pk, worker=reading.worker, state="reading").update(
        lease_until=at + LEASE
    )
    return bool(changed)


def show_progress(reading: Reading, phase: str, done: int, total: int) -> None:
    """What the page shows while it waits."""
    Reading.objects.filter(pk=reading.pk, worker=reading.worker).update(
        phase=phase, done=done, total=total
    )


def fail(reading: Reading, error: dict[str, str], *, at: datetime) -> None:
    """Put down why the document cannot be read. Nothing else of the reading is kept."""
    with transaction.atomic():
        document = reading.document
        changed = (
            Reading.objects.filter(pk=reading.pk)
            .exclude(state__in=(ReadingState.READY, ReadingState.FAILED))
            .update(
                state=ReadingState.FAILED,
                error={**error, "file": error.get("file") or document.name},
                finished_at=at,
                lease_until=None,
            )
        )
        if not changed:
            return
        record(
            "reading_failed",
            document,
            by=None,
            at=at,
            unit_path=document.plan.unit_path,
            after={"plan": document.plan_id, "code": error["code"]},
            reason=error["message"],
        )
