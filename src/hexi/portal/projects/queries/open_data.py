"""Published projects as open data (公开数据): what is public of them, as OC4IDS wants it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings

from hexi.portal.core.models import Person, Unit
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.queries import words
from hexi.portal.projects.stagebook import stage_book
from hexi.portal.returns.registers.classes import INDUSTRY, PLACE, class_name
from hexi.reports.oc4ids import OpenMilestone, OpenProject, package

__all__ = ["open_package", "open_projects"]


def open_package(person: Person | None, uri: str) -> dict[str, Any] | None:
    """All published projects as one package; None where nothing is published."""
    found = open_projects(person)
    if not found:
        return None
    root = Unit.objects.filter(parent=None).order_by("order").first()
    publisher = root.name if root else "Hexi"
    return package(found, uri=uri, publisher=publisher, prefix=settings.HEXI.open_data_prefix)


def open_projects(person: Person | None) -> list[OpenProject]:
    """Published projects, oldest first; never those for practice or merged away."""
    rows = ProjectRecord.objects.visible_to(person).filter(
        published=True, practice=False, merged_into=None
    )
    rows = rows.select_related("unit").prefetch_related("spells").order_by("pk")
    return [_open(row) for row in rows]


def _open(row: ProjectRecord) -> OpenProject:
    book = stage_book()
    known = row.stage in book.stages
    kind = book.kinds.get(row.kind)
    point = row.longitude is not None and row.latitude is not None
    return OpenProject(
        id=row.number,
        title=row.name,
        description=row.content,
        status=book.oc4ids(row.stage, row.resume_stage) if known else "",
        type=kind.oc4ids if kind else "",
        industry=row.industry,
        industry_name=class_name(INDUSTRY, row.industry) if row.industry else "",
        place=row.place,
        place_name=class_name(PLACE, row.place) if row.place else row.unit.name,
        point=(row.longitude, row.latitude) if point else None,  # type: ignore[arg-type] # asked
        total=row.total,
        identifiers=[("CN-NDRC-PROJECT", row.state_code)],
        parties=[("publicAuthority", row.unit.name), ("funder", row.investor)],
        start=row.planned_start,
        end=row.planned_end,
        completed=row.actual_end,
        milestones=list(_milestones(row)),
        updated=row.changed_at,
    )


def _milestones(row: ProjectRecord) -> Iterable[OpenMilestone]:
    """Stages that were entered, and the planned days that have not come."""
    entered: dict[str, date] = {}
    for spell in sorted(row.spells.all(), key=lambda one: (one.since, one.pk)):
        entered.setdefault(spell.stage, spell.since)
    dues = {"actual_start": row.planned_start, "actual_end": row.planned_end}
    for stage in stage_book().stages.values():
        if stage.stops or stage.confidential or stage.id not in entered:
            continue
        kind = "delivery" if stage.started else "approval"
        # a planned day belongs to the first stage that it could bring about
        due = dues.pop(stage.sets, None)
        yield OpenMilestone(stage.id, words.stage_label(stage.id), kind, due, entered[stage.id])
    if row.planned_end and not row.actual_end:
        done = next((s for s in stage_book().stages.values() if s.sets == "actual_end"), None)
        if done is not None and done.id not in entered:
            label = words.stage_label(done.id)
            yield OpenMilestone(done.id, label, "delivery", row.planned_end, None)
