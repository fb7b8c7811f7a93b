"""Verdicts of read plans follow the calendar (读入规划的判定随日历更新).

A target that was on its way when its plan was read is due one day, and figures are published in
the meantime. Verdicts of the pack's plans are renewed when the pack is loaded again; those of
uploaded plans are renewed in the same step, from the statements that are kept.
"""

from __future__ import annotations

from datetime import datetime

from hexi.catalogue import Pack
from hexi.plans.register import build_plan
from hexi.portal.plans.models import Reading
from hexi.portal.plans.models.plan import Source
from hexi.portal.plans.reading.hold import hold
from hexi.portal.plans.reading.records import document_of, statement_of
from hexi.portal.plans.reading.register_rows import put_targets

__all__ = ["renew_verdicts"]


def renew_verdicts(pack: Pack, *, at: datetime) -> int:
    """Judge the targets of every read plan as on that day; returns how many plans there were.

    Runs inside the transaction of its caller.
    """
    readings = list(
        Reading.objects.filter(current=True, targets__isnull=False)
        .exclude(document__plan__source=Source.PACK)
        .select_related("document__plan__unit")
        .distinct()
    )
    for reading in readings:
        hold(reading.document.plan_id)
        document = document_of(reading.block_record(), reading.canonical_text())
        statements = [statement_of(row.record) for row in reading.statements.order_by("number")]
        plan = build_plan(document, statements, pack.catalogue)
        put_targets(reading.document.plan, reading, plan, pack, at=at)
    return len(readings)
