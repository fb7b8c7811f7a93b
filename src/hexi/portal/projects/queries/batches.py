"""Start batches on pages (集中开工批次): ceremonies with their projects, and who can still join."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum
from django.urls import reverse

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.roles import Permission
from hexi.portal.projects.models import ProjectRecord, StartBatch
from hexi.portal.projects.queries import words
from hexi.portal.projects.stagebook import stage_book

__all__ = ["BatchLine", "batch_lines", "candidates", "one_batch", "seen_batches"]

_MOST = 200


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One ceremony."""

    id: int
    url: str
    name: str
    unit: str
    day: str
    place: str
    projects: int
    total: str
    started: int


def seen_batches(person: Person | None) -> Any:
    """Batches of the person's units, and those that have projects of them."""
    if person is None or not person.grants(Permission.SEE_PROJECTS):
        return StartBatch.objects.none()
    rows = StartBatch.objects.select_related("unit")
    if person.is_administrator:
        return rows
    mine = ProjectRecord.objects.inside(person).exclude(batch=None).values("batch")
    reach = Q(pk__in=mine)
    for path in person.scope_paths():
        reach |= Q(unit__path__startswith=path)
    return rows.filter(reach)


def one_batch(person: Person | None, batch_id: int) -> StartBatch:
    """The batch of an address."""
    found: StartBatch | None = seen_batches(person).filter(pk=batch_id).first()
    if found is None:
        raise NotFound
    return found


def batch_lines(rows: Iterable[StartBatch], person: Person | None) -> list[BatchLine]:
    """Their lines; only projects that the person sees are counted."""
    every = list(rows)
    started = [s.id for s in stage_book().stages.values() if s.started]
    counts = {
        found["batch"]: found
        for found in ProjectRecord.objects.inside(person)
        .filter(batch__in=every, merged_into=None)
        .order_by()
        .values("batch")
        .annotate(n=Count("pk"), sum=Sum("total"), began=Count("pk", Q(stage__in=started)))
    }
    empty: dict[str, Any] = {"n": 0, "sum": None, "began": 0}
    return [
        BatchLine(
            id=row.pk,
            url=reverse("project-batch", args=[row.pk]),
            name=row.called,
            unit=name_of(row.unit),
            day=row.day.isoformat(),
            place=row.place,
            projects=counts.get(row.pk, empty)["n"],
            total=words.money_text(counts.get(row.pk, empty)["sum"]),
            started=counts.get(row.pk, empty)["began"],
        )
        for row in every
    ]


def candidates(batch: StartBatch, person: Person | None, today: date) -> list[ProjectRecord]:
    """Projects of the batch's unit that have not started and stand in no batch, the next first."""
    book = stage_book()
    waiting = [s.id for s in book.stages.values() if not s.started and not s.stops]
    rows = ProjectRecord.objects.inside(person).filter(
        unit__path__startswith=batch.unit.path, stage__in=waiting, batch=None, merged_into=None
    )
    if batch.projects.exists():  # an empty one takes the side of its first projects
        rows = rows.filter(practice=batch.practice)
    return list(rows.select_related("unit").order_by("planned_start", "name")[:_MOST])
