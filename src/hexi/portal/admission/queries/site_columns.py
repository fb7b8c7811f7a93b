"""Sites of the whole library as columns (用地建设情况列): what `sites` tells of one project.

What hangs on stage and kind is asked once for each of their words; land that was entered is read
anew each time, since there is little of it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import numpy as np

from hexi.admission.stalled import months_after
from hexi.admission.stalled_many import UNKNOWN_DAY, Sites
from hexi.portal.admission.models import LandGrant
from hexi.portal.admission.queries.sites import has_land, in_production, produces
from hexi.portal.projects.columns.library import NEVER, Coded, Library
from hexi.portal.projects.stagebook import stage_book
from hexi.projects.history import Flags, Ints

__all__ = ["site_columns"]


def site_columns(library: Library) -> Sites:
    """The site of every project, in the order of the library."""
    if not library.size:
        return Sites(*(np.zeros(0, dtype=np.int64),) * 6, *(np.zeros(0),) * 2)
    plain = library.once("admission.sites", None, lambda: _without_grants(library))
    rows = LandGrant.objects.values_list("project", "given", "agreed_start", "built_percent")
    grants = {project: (land, start, percent) for project, land, start, percent in rows}
    given = np.full(library.size, UNKNOWN_DAY, dtype=np.int64)
    agreed, built = plain.agreed_start.copy(), np.full(library.size, np.nan)
    ids = np.array(sorted(grants), dtype=np.int64)
    at = library.positions(ids)
    for place, project in zip(at.tolist(), library.records.ids[at].tolist(), strict=True):
        land, start, percent = grants[project]
        given[place], agreed[place] = _number(land), _number(start)
        built[place] = np.nan if percent is None else _share(percent)
    return Sites(
        given, agreed, plain.started, plain.stopped, plain.completed, plain.producing,
        plain.invested_share, built,
    )  # fmt: skip


def _without_grants(library: Library) -> Sites:
    """As far as the record tells: the planned start stands in for the agreed one."""
    records, book = library.records, stage_book()
    stage, resume, kind = records.stage, records.resume_stage, records.kind
    nothing = np.full(library.size, UNKNOWN_DAY, dtype=np.int64)
    begun = _told(stage, resume, book.has_started)
    built = _told(stage, resume, book.has_completed)
    halted = _told(stage, stage, lambda word, _: word in book.stages and book.stages[word].halts)
    stopped = np.where(halted, records.stage_since, _after_last_money(library))
    right = _told(kind, stage, lambda of, word: has_land(of, word, ""))
    right |= records.resume_stage.flags(bool)[resume.codes]
    land = right & (records.land > 0)
    makes = kind.flags(produces)[kind.codes]
    producing = _told(kind, stage, in_production)
    share = np.full(library.size, np.nan)
    np.divide(records.invested, records.total, out=share, where=records.total > 0)
    return Sites(
        land_given=nothing,
        agreed_start=np.where(land, records.planned_start, UNKNOWN_DAY),
        started=np.where(begun, _first(records.actual_start, records.stage_since), UNKNOWN_DAY),
        stopped=np.where(begun & ~built, stopped, UNKNOWN_DAY),
        completed=np.where(
            built & makes, _first(records.actual_end, records.stage_since), UNKNOWN_DAY
        ),
        producing=np.where(producing, records.stage_since, UNKNOWN_DAY),
        invested_share=share,
        built_share=np.full(library.size, np.nan),
    )


def _told(one: Coded, other: Coded, tells: Callable[[str, str], bool]) -> Flags:
    """What hangs on two words, asked once for each pair of them."""
    table = np.array([[tells(a, b) for b in other.words] for a in one.words], dtype=np.bool_)
    return np.asarray(table[one.codes, other.codes])


def _after_last_money(library: Library) -> Ints:
    """The first of the month after the last one with an investment."""
    found = np.full(library.size, UNKNOWN_DAY, dtype=np.int64)
    last = library.histories.progress.last_positive()
    months, at = np.unique(last[last > 0], return_inverse=True)
    after = [months_after(date(m // 100, m % 100, 1), 1).toordinal() for m in months.tolist()]
    found[last > 0] = np.array(after, dtype=np.int64)[at]
    return found


def _first(actual: Ints, other: Ints) -> Ints:
    return np.where(actual < NEVER, actual, other)


def _number(day: date | None) -> int:
    return day.toordinal() if day else UNKNOWN_DAY


def _share(percent: Decimal) -> float:
    return float(percent) / 100
