"""Lines of projects (项目行): what a list, a board and a file show of one project."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db.models import Prefetch, Q
from django.urls import reverse

from hexi.portal.core.names import name_of
from hexi.portal.projects.models import ProjectRecord, ProjectTag
from hexi.portal.projects.queries import words
from hexi.portal.projects.queries.chosen import Chosen

__all__ = [
    "ProjectLine",
    "holding",
    "lines_of",
    "project_lines",
    "records_of",
    "records_then",
    "tags_of",
    "with_tags",
]


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One project; what is not open to the public is empty for the public."""

    id: int
    url: str
    number: str
    name: str
    unit: str
    kind: str
    stage: str
    stage_label: str
    since: str
    #: yuan, and in words
    total: int | None
    total_text: str
    invested_text: str
    #: of the total investment, in per cent
    share: str
    start: str
    #: the start has come; else it is planned
    started: bool
    end: str
    ended: bool
    lamp: str
    lamp_label: str
    leader: str
    tags: list[str]


def holding(today: date) -> Q:
    """Tags that hold on a day."""
    return Q(since__lte=today) & (Q(until=None) | Q(until__gt=today))


def with_tags(rows: Any, today: date) -> Any:
    """Rows with their unit, leader and the tags that hold."""
    tags = ProjectTag.objects.filter(holding(today)).order_by("tag")
    return rows.select_related("unit", "leader").prefetch_related(
        Prefetch("tags", queryset=tags, to_attr="holding_tags")
    )


def records_of(ids: Sequence[int], today: date) -> list[ProjectRecord]:
    """The records of these ids, in their order."""
    found: dict[int, ProjectRecord] = {}
    for at in range(0, len(ids), 500):
        rows = ProjectRecord.objects.filter(pk__in=ids[at : at + 500])
        found.update((row.pk, row) for row in with_tags(rows, today))
    return [found[id] for id in ids if id in found]


def lines_of(ids: Sequence[int], today: date, *, inside: bool) -> list[ProjectLine]:
    """The lines of these ids, in their order."""
    return project_lines(records_of(ids, today), inside=inside)


def records_then(rows: Iterable[ProjectRecord], chosen: Chosen) -> list[ProjectRecord]:
    """The same records, for reading only, with stage, investment and lamp as they were on the day
    that was asked for; today they stay what they are."""
    listed = list(rows)
    if chosen.asof is None:
        return listed
    at, lamps, library = chosen.standing, chosen.lamps, chosen.library
    places = library.positions(np.array([row.pk for row in listed], dtype=np.int64))
    for row, place in zip(listed, places, strict=True):
        row.stage = library.stage_words[at.stage[place]]
        row.stage_since = date.fromordinal(int(at.since[place]))
        row.invested = int(at.invested[place])
        row.lamp = lamps.words[lamps.codes[place]]
    return listed


def project_lines(rows: Iterable[ProjectRecord], *, inside: bool) -> list[ProjectLine]:
    """The lines of a list; rows come from ``with_tags``."""
    return [_line(row, inside) for row in rows]


def _line(row: ProjectRecord, inside: bool) -> ProjectLine:
    start, end = row.actual_start or row.planned_start, row.actual_end or row.planned_end
    lamp = row.lamp if inside else ""
    return ProjectLine(
        id=row.pk,
        url=reverse("project", args=[row.pk]),
        number=row.number,
        name=row.called,
        unit=name_of(row.unit),
        kind=words.kind_label(row.kind),
        stage=row.stage,
        stage_label=words.stage_label(row.stage),
        since=row.stage_since.isoformat(),
        total=row.total,
        total_text=words.money_text(row.total),
        invested_text=words.money_text(row.invested) if inside else "",
        share=words.share_text(row.invested, row.total) if inside else "",
        start=start.isoformat() if start else "",
        started=row.actual_start is not None,
        end=end.isoformat() if end else "",
        ended=row.actual_end is not None,
        lamp=lamp,
        lamp_label=words.lamp_label(lamp) if lamp else "",
        leader=_leader(row) if inside else "",
        tags=[words.tag_label(tag.tag) for tag in tags_of(row)],
    )


def tags_of(row: ProjectRecord) -> list[ProjectTag]:
    """The tags that ``with_tags`` has put to a row."""
    found: list[ProjectTag] = getattr(row, "holding_tags")  # noqa: B009 - no field of the model
    return found


def _leader(row: ProjectRecord) -> str:
    return row.leader.name if row.leader else row.leader_name
