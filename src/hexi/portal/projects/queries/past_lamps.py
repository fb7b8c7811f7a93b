"""Lamps as they were (往日亮灯): on a past day, those of the last month that was over by then.

A lamp of a month is that of its last day and is never made again, so nothing that came after the
day is known on it: in the middle of November the lamps of October stand.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection
from django.utils.translation import gettext as _

from hexi.portal.projects.columns.library import Coded, Library, coded
from hexi.portal.projects.models import LampMonth
from hexi.portal.projects.queries import words

__all__ = ["LampLine", "PastLamps", "course_of_lamps", "past_lamps"]

#: in the ORM this costs three times as much, and a month has a row for each project
_OF_MONTH = "SELECT project_id, lamp FROM projects_lampmonth WHERE month = %s"
#: months of a project's strip
_SHOWN = 24


@dataclass(frozen=True, slots=True)
class PastLamps:
    """Lamps of all projects as they were known on a past day."""

    #: the month that they are of, as 202610; 0: no month with lamps was over
    month: int
    #: the first month that has lamps at all; 0: there is none
    first: int
    #: by position; empty where a project had none
    lamps: Coded


@dataclass(frozen=True, slots=True)
class LampLine:
    """A month of a project: its lamp, and the reasons in words."""

    month: str
    lamp: str
    label: str
    reasons: list[dict[str, str]]
    #: the running month: the lamp may still change
    running: bool


def past_lamps(library: Library, day: date) -> PastLamps:
    """The lamps that stood on a day that is over."""
    rows = LampMonth.objects.order_by("month").values_list("month", flat=True)
    month = rows.filter(month__lte=_over_by(day)).last() or 0
    first = rows.first() or 0
    return library.once("past lamps", (month, first), lambda: _read(library, month, first))


def _over_by(day: date) -> int:
    """The last month that is over on a day, the day included."""
    if day.day == monthrange(day.year, day.month)[1]:
        return day.year * 100 + day.month
    return day.year * 100 + day.month - 1 if day.month > 1 else (day.year - 1) * 100 + 12


def _read(library: Library, month: int, first: int) -> PastLamps:
    lamps = Coded(("",), np.zeros(library.size, dtype=np.int64))
    if not month:
        return PastLamps(0, first, lamps)
    with connection.cursor() as cursor:
        cursor.execute(_OF_MONTH, [month])
        found: list[tuple[int, str]] = cursor.fetchall()
    places = np.fromiter((row[0] for row in found), dtype=np.int64, count=len(found))
    read = coded([row[1] for row in found])
    here = np.isin(places, library.records.ids)
    kept = Coded(read.words, read.codes[here])
    return PastLamps(month, first, lamps.placed(library.size, library.positions(places), kept))


def course_of_lamps(rows: Iterable[LampMonth], today: date) -> list[LampLine]:
    """The months of one project in their order; a month between two that was not looked at is
    told too."""
    known = {row.month: row for row in rows}
    if not known:
        return []
    running = today.year * 100 + today.month
    lines = []
    for month in _months(min(known), max(known))[-_SHOWN:]:
        row = known.get(month)
        lamp = row.lamp if row else ""
        lines.append(
            LampLine(
                month=words.month_label(month),
                lamp=lamp,
                label=words.lamp_label(lamp) if row else _("Not looked at"),
                reasons=words.lamp_sentences(row.reasons) if row else [],
                running=month == running,
            )
        )
    return lines


def _months(first: int, last: int) -> list[int]:
    count = (last // 100 - first // 100) * 12 + last % 100 - first % 100
    start = first // 100 * 12 + first % 100 - 1
    return [at // 12 * 100 + at % 12 + 1 for at in range(start, start + count + 1)]
