"""Leases of queued work (任务领取): one worker at a time, for as long as it shows signs of life.

A row of a queue has ``state``, ``worker``, ``attempts``, ``lease_until`` and ``done``. A worker
that dies leaves its lease to run out, and the next one takes the row up again; who has lost the
lease learns it at its next sign of life and writes nothing more.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import F, Q, QuerySet

__all__ = ["LEASE", "MOST_ATTEMPTS", "Stopped", "claim", "release", "renew"]

#: a worker that has not shown signs of life for this long is taken for dead
LEASE: Final = timedelta(seconds=30)
#: work that killed its worker this often is given up
MOST_ATTEMPTS: Final = 3
#: rows looked at in one go: another worker may take the first ones before us
_LOOKED = 5


class Stopped(Exception):
    """The worker was told to stop, or lost its lease."""


def claim(rows: QuerySet[Any], takes: Mapping[str, str], worker: str, *, at: datetime) -> Any:
    """The oldest row that waits or whose worker died, now ours; None if there is none.

    ``takes`` maps each state that waits to the state in which it is worked on.
    """
    due = Q(state__in=list(takes)) | Q(state__in=list(takes.values()), lease_until__lt=at)
    for row in rows.filter(due).order_by("id")[:_LOOKED]:
        # compare and set: of two workers only one changes the row
        taken = rows.filter(
            pk=row.pk, state=row.state, attempts=row.attempts, worker=row.worker
        ).update(
            state=takes.get(row.state, row.state),
            worker=worker,
            attempts=F("attempts") + 1,
            lease_until=at + LEASE,
        )
        if taken:
            row.refresh_from_db()
            return row
    return None


def renew(row: Any, *, at: datetime, done: int | None = None) -> bool:
    """Show a sign of life and how far it is; False where the row is no longer ours."""
    changes: dict[str, Any] = {"lease_until": at + LEASE}
    if done is not None:
        changes["done"] = done
    if done:  # it got somewhere: what killed earlier workers lies behind
        changes["attempts"] = 1
    return bool(_mine(row).update(**changes))


def release(row: Any, state: str) -> None:
    """Put it back for the next worker: we were told to stop."""
    _mine(row).update(state=state, attempts=max(0, row.attempts - 1), lease_until=None)


def _mine(row: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = type(row)._default_manager.filter(
        pk=row.pk, worker=row.worker, state=row.state
    )
    return rows
