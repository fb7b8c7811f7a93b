"""Taking practice projects away (清除演练项目): with all that hangs on them, and nothing else.

Portion by portion, each in a transaction of its own with the count of what is done; what a stopped
worker has left, the next one takes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from hexi.portal.core.leases import Stopped
from hexi.portal.projects.hanging import hanging_on, take_away
from hexi.portal.projects.models import PracticeJob, ProjectRecord, StartBatch

__all__ = ["PORTION", "Going", "going", "remove"]

#: projects a transaction
PORTION: Final = 100


@dataclass(frozen=True, slots=True)
class Going:
    """What would be taken away: projects, start batches, and rows of each kind by model name."""

    projects: int
    batches: int
    #: (name of the model, what it is called, rows), most first
    rows: tuple[tuple[str, str, int], ...]


def going() -> Going:
    """What a removal would take now."""
    projects = ProjectRecord.objects.filter(practice=True)
    counts = hanging_on(projects)
    rows = [(m._meta.model_name or "", str(m._meta.verbose_name), n) for m, n in counts.items()]
    return Going(
        projects=projects.count(),
        batches=StartBatch.objects.filter(practice=True).count(),
        rows=tuple(sorted(rows, key=lambda row: (-row[2], row[0]))),
    )


def remove(job: PracticeJob, alive: Callable[[int], bool]) -> None:
    """Take all away; ``alive`` as in laying. Raises ``Stopped``; that portion then stays."""
    done = job.done
    while True:
        with transaction.atomic():
            rows = ProjectRecord.objects.filter(practice=True).order_by("pk")
            ids = list(rows.values_list("pk", flat=True)[:PORTION])
            if not alive(done + len(ids)):
                raise Stopped
            if not ids:
                StartBatch.objects.filter(practice=True).delete()
                return
            take_away(ids)
        done += len(ids)
