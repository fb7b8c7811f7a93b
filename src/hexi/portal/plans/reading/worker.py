"""The reading worker (读取服务): takes waiting documents one after the other, for ever."""

from __future__ import annotations

import logging
import os
import signal
import socket
import time
from collections.abc import Callable
from types import FrameType

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone

from hexi.plans.documents import DocumentError
from hexi.portal.core.leases import Stopped
from hexi.portal.plans.files import path_of
from hexi.portal.plans.models import Reading, ReadingState
from hexi.portal.plans.reading.child import Task, read_in_child
from hexi.portal.plans.reading.claim import claim, fail, renew, show_progress
from hexi.portal.plans.reading.engine import PARTS, Compiled
from hexi.portal.plans.reading.store import store

__all__ = ["read_waiting", "work_forever"]

log = logging.getLogger("hexi.reading")

#: seconds between looks at the queue when it is empty
PAUSE = 0.3

OWN_FAULT = {
    "code": "reader_fault",
    "place": "",
    "message": "读取程序出错，文件未导入",
    "message_en": "the reader made a mistake; nothing was imported",
    "remedy": "请另存为 docx 后再上传；仍然出错时请把日志交给管理员",
    "remedy_en": "save it as docx and try again, or give the log to the administrator",
}


class _Bell:
    """Set by a signal: finish nothing new."""

    def __init__(self) -> None:
        self.rung = False

    def ring(self, _number: int, _frame: FrameType | None) -> None:
        self.rung = True


def work_forever(*others: Callable[[_Bell], int]) -> None:
    """Until told to stop. A reading that is cut off goes back to the queue at once.

    ``others`` take their turn in the same process: each works on one thing of another app's queue
    and says how many it took.
    """
    bell = _Bell()
    signal.signal(signal.SIGTERM, bell.ring)
    signal.signal(signal.SIGINT, bell.ring)
    parent = os.getppid()
    while not bell.rung and os.getppid() == parent:
        close_old_connections()
        if not read_waiting(bell, most=1) + sum(take(bell) for take in others):
            time.sleep(PAUSE)


def read_waiting(bell: _Bell | None = None, *, most: int = 1000) -> int:
    """Read what waits now; returns how many readings were taken."""
    name = f"{socket.gethostname()[:40]}:{os.getpid()}"
    taken = 0
    while taken < most and not (bell and bell.rung):
        reading = claim(name, at=timezone.now())
        if reading is None:
            break
        taken += 1
        _read(reading, bell)
    return taken


def _read(reading: Reading, bell: _Bell | None) -> None:
    document = reading.document
    task = Task(
        path=path_of(document.digest),
        name=document.name,
        pack=settings.HEXI.pack,
        seconds=settings.HEXI.reading_seconds,
        megabytes=settings.HEXI.reading_megabytes,
    )

    def alive() -> bool:
        return not (bell and bell.rung) and renew(reading, at=timezone.now())

    try:
        if not connection.in_atomic_block:
            connection.close()  # a forked process must not share it
        compiled: Compiled = read_in_child(
            task, lambda part, done: show_progress(reading, part, done, len(PARTS)), alive
        )
        store(reading, compiled, at=timezone.now(), pack=settings.HEXI.pack)
    except Stopped:
        Reading.objects.filter(pk=reading.pk, worker=reading.worker).exclude(
            state__in=(ReadingState.READY, ReadingState.FAILED)
        ).update(state=ReadingState.QUEUED, attempts=max(0, reading.attempts - 1))
    except DocumentError as error:
        fail(reading, error.as_record(), at=timezone.now())
    except Exception:  # our own mistake must not stop the queue
        log.exception("reading %s of %s", reading.pk, document.name)
        fail(reading, OWN_FAULT, at=timezone.now())
