"""Escalate a problem (问题升级): nobody answered it in time, so the unit above has it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hexi.portal.core.models import Unit
from hexi.portal.core.record import record
from hexi.portal.supervision.acts.raise_problem import put_rising
from hexi.portal.supervision.models import Problem, ProblemState

__all__ = ["escalate_problem"]


def escalate_problem(problem_id: int, *, at: datetime) -> bool:
    """Let it rise by one unit if its day has come; whether it rose.

    A second call on the same day finds a later day and does nothing. At the top of the tree it
    stays where it is, and stays late.
    """
    today = timezone.localtime(at).date()
    with transaction.atomic():
        row: Problem | None = (
            Problem.objects.select_for_update(of=("self",))
            .filter(pk=problem_id, state=ProblemState.OPEN, rises_after__lt=today)
            .first()
        )
        if row is None:
            return False
        above: Unit | None = (row.desk or row.owner_unit).parent
        if above is None:
            row.rises_after = None
            row.save(update_fields=["rises_after"])
            return False
        before = {"risen": row.risen}
        row.desk, row.risen, row.mailed_to = above, row.risen + 1, []
        put_rising(row, today)
        row.save()
        record(
            "escalate_problem",
            row,
            by=None,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after={"risen": row.risen, "desk": above.name},
        )
    return True
