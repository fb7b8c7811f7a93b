"""What the rules of lamps look at (亮灯所据): columns of all projects as on a day."""

from __future__ import annotations

from datetime import date

import numpy as np

from hexi.portal.projects.columns.library import NEVER, Library
from hexi.portal.projects.queries.standings import standing_of
from hexi.portal.projects.stagebook import stage_book
from hexi.projects.history import Flags, Ints
from hexi.projects.lamps import UNKNOWN, Facts

__all__ = ["facts_of", "looked_at"]


def facts_of(library: Library, day: date) -> Facts:
    """The facts of all projects; one row a position of the library."""
    records, at = library.records, standing_of(library, day)
    book = stage_book()
    halting = {stage.id for stage in book.stages.values() if stage.halts}
    halted = np.array([word in halting for word in library.stage_words], dtype=np.bool_)
    return Facts(
        running=at.held & ~halted[at.stage],
        started=at.started,
        completed=at.completed,
        planned_start=_months(records.planned_start),
        planned_end=_months(records.planned_end),
        actual_start=_known(records.actual_start),
        in_statistics=_known(records.in_statistics),
        planned=at.planned,
        has_plan=at.has_plan,
        invested=at.invested_year,
    )


def looked_at(library: Library, day: date) -> Flags:
    """Projects that have a lamp this month: there, not merged, not ended before the month began."""
    at, records = standing_of(library, day), library.records
    this_month = at.since >= day.replace(day=1).toordinal()
    return records.there & ~records.merged & at.entered & (at.held | this_month)


def _known(days: Ints) -> Ints:
    return np.where(days < NEVER, days, UNKNOWN)


#: from the first of our era to that of the computer's
_EPOCH = 719_163


def _months(days: Ints) -> Ints:
    """Months as 202611 of day numbers."""
    known = days < NEVER
    months = (
        (np.where(known, days, _EPOCH) - _EPOCH).astype("datetime64[D]").astype("datetime64[M]")
    )
    count = months.astype(np.int64) + 1970 * 12
    return np.where(known, count // 12 * 100 + count % 12 + 1, UNKNOWN)
