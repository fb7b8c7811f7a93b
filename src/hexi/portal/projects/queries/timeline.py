"""The time line of projects (项目时间轴): planned and actual spans on one axis of months, as SVG.

The planned span is an outline, the actual one is filled from the actual start to the actual
completion or to today; what runs on after the planned completion stands in another tint.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from hexi.portal.projects.models import ProjectRecord

__all__ = ["Bar", "Tick", "TimeLine", "time_line"]

WIDTH, LEFT, ROW, HEAD = 1160, 300, 30, 28
#: longest span that is drawn; what lies outside is cut
_MOST_YEARS: Final = 15
#: letters of a name before its bar
_LETTERS: Final = 19


@dataclass(frozen=True, slots=True)
class Bar:
    """One project: name, and its spans as x and width."""

    url: str
    name: str
    says: str
    y: int
    planned: tuple[float, float] | None
    actual: tuple[float, float] | None
    late: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the axis; years have words."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class TimeLine:
    """The whole drawing."""

    bars: list[Bar]
    ticks: list[Tick]
    today: float
    width: int
    height: int
    left: int
    head: int
    #: projects of which no day is known
    undated: int


def time_line(rows: Iterable[ProjectRecord], today: date) -> TimeLine:
    """The drawing of some projects, in their order."""
    every = list(rows)
    dated = [row for row in every if _days(row)]
    days = [day for row in dated for day in _days(row)] + [today]
    first, last = _whole_years(min(days), max(days), today)
    scale = (WIDTH - LEFT) / ((last - first).days or 1)

    def x(day: date) -> float:
        return round(LEFT + (min(max(day, first), last) - first).days * scale, 1)

    def span(start: date | None, end: date | None) -> tuple[float, float] | None:
        if start is None or end is None or end < first or start > last:
            return None
        return x(start), max(2.0, round(x(end) - x(start), 1))

    bars = []
    for at, row in enumerate(dated):
        runs_to = row.actual_end or today
        planned = row.planned_end
        late = row.actual_start is not None and planned is not None and runs_to > planned
        bars.append(
            Bar(
                url=f"/projects/{row.pk}/",
                name=_short(row.called),
                says=_says(row),
                y=HEAD + at * ROW,
                planned=span(row.planned_start or row.planned_end, row.planned_end),
                actual=span(row.actual_start, planned if late else runs_to),
                late=span(planned, runs_to) if late else None,
            )
        )
    return TimeLine(
        bars=bars,
        ticks=_ticks(first, last, x),
        today=x(today),
        width=WIDTH,
        height=HEAD + len(dated) * ROW + 8,
        left=LEFT,
        head=HEAD,
        undated=len(every) - len(dated),
    )


def _days(row: ProjectRecord) -> list[date]:
    days = (row.planned_start, row.planned_end, row.actual_start, row.actual_end)
    return [day for day in days if day is not None]


def _whole_years(first: date, last: date, today: date) -> tuple[date, date]:
    year = max(first.year, min(today.year, last.year) - _MOST_YEARS // 2)
    end = min(last.year, year + _MOST_YEARS - 1)
    return date(year, 1, 1), date(end + 1, 1, 1)


def _ticks(first: date, last: date, x: object) -> list[Tick]:
    assert callable(x)
    years = last.year - first.year
    # months as far as they can be told apart
    step = 1 if years <= 2 else 3 if years <= 6 else 12
    ticks, day = [], first
    while day < last:
        label = str(day.year) if day.month == 1 else f"{day.month}" if step == 1 else ""
        ticks.append(Tick(x(day), label))
        day = (day.replace(day=1) + timedelta(days=32 * step)).replace(day=1)
        day = day.replace(month=(day.month - 1) // step * step + 1)
    return ticks


def _short(name: str) -> str:
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1]}…"


def _says(row: ProjectRecord) -> str:
    """The days in words, for who reads no drawing."""
    parts = [row.called]
    if row.planned_start or row.planned_end:
        gaps = {"start": row.planned_start or "…", "end": row.planned_end or "…"}
        parts.append(_("planned %(start)s to %(end)s") % gaps)
    if row.actual_start:
        gaps = {"start": row.actual_start, "end": row.actual_end or "…"}
        parts.append(_("actual %(start)s to %(end)s") % gaps)
    return " · ".join(parts)
