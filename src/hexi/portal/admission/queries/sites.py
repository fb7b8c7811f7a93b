"""Sites of projects (用地建设情况): what the rules of idle land look at, from record and grant.

Where no grant is entered, the planned start of the record stands in for the agreed one, and the
rule makes a suspicion of it. Where no suspension is recorded, a project counts as stopped from the
month after the last one in which it reported an investment. `site_columns` says the same of all.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Max

from hexi.admission import Site
from hexi.admission.stalled import months_after
from hexi.portal.admission.models import LandGrant
from hexi.portal.core.models import Person
from hexi.portal.projects.models import Progress, ProjectRecord
from hexi.portal.projects.stagebook import stage_book
from hexi.projects.stages import Stage

__all__ = ["ProjectSite", "has_land", "in_production", "produces", "sites_of"]

_NEEDED: Final = (
    "id", "name", "number", "practice", "kind", "stage", "resume_stage", "stage_since", "total",
    "invested", "land_mu", "planned_start", "actual_start", "actual_end", "investor",
    "unit__code", "unit__name", "unit__name_en", "unit__path",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProjectSite:
    """One project with its site; facts of it and where each is from."""

    project: ProjectRecord
    site: Site
    #: True where the agreed start is only the planned one of the record
    assumed_start: bool
    #: "suspended", "no_investment", or nothing
    stopped_by: str


def sites_of(person: Person | None, projects: Collection[int]) -> list[ProjectSite]:
    """Those of these projects (a few) that are of the own units and not ended."""
    over = [stage.id for stage in stage_book().stages.values() if stage.ends]
    rows = ProjectRecord.objects.inside(person).filter(merged_into=None).exclude(stage__in=over)
    rows = rows.filter(pk__in=projects).select_related("unit").only(*_NEEDED)
    grants = {one.project_id: one for one in LandGrant.objects.filter(project__in=projects)}
    last = dict(
        Progress.objects.filter(project__in=projects, invested__gt=0)
        .values_list("project_id")
        .annotate(last=Max("month"))
    )
    return [_site(row, grants.get(row.pk), last.get(row.pk)) for row in rows]


def _site(row: ProjectRecord, grant: LandGrant | None, last: int | None) -> ProjectSite:
    book = stage_book()
    begun = book.has_started(row.stage, row.resume_stage)
    built = book.has_completed(row.stage, row.resume_stage)
    stopped, stopped_by = _stopped(row, last) if begun and not built else (None, "")
    land = bool(row.land_mu) and has_land(row.kind, row.stage, row.resume_stage)
    planned = row.planned_start if grant is None and land else None
    site = Site(
        land_given=grant.given if grant else None,
        agreed_start=grant.agreed_start if grant else planned,
        started=(row.actual_start or row.stage_since) if begun else None,
        stopped=stopped,
        completed=(row.actual_end or row.stage_since) if built and produces(row.kind) else None,
        producing=row.stage_since if in_production(row.kind, row.stage) else None,
        total=row.total,
        invested=row.invested,
        built_share=_share(grant),
        price=grant.price if grant else None,
    )
    return ProjectSite(row, site, grant is None and planned is not None, stopped_by)


def _stopped(row: ProjectRecord, last: int | None) -> tuple[date | None, str]:
    if stage_book().stages[row.stage].halts:
        return row.stage_since, "suspended"
    if last is None:
        return None, ""
    return months_after(date(last // 100, last % 100, 1), 1), "no_investment"


def _share(grant: LandGrant | None) -> float | None:
    return (
        None if grant is None or grant.built_percent is None else float(grant.built_percent) / 100
    )


def _way(kind: str) -> tuple[Stage, ...]:
    book = stage_book()
    return book.way_of(kind) if kind in book.kinds else tuple(book.stages.values())


def has_land(kind: str, stage: str, resume_stage: str) -> bool:
    """Land that a record names counts where the project stands right before its start, or later."""
    way = [one for one in _way(kind) if not one.stops]
    first = next((place for place, one in enumerate(way) if one.started), len(way))
    return stage in {one.id for one in way[max(first - 1, 0) :]} or bool(resume_stage)


def produces(kind: str) -> bool:
    """Is there a stage after the completion?"""
    return sum(stage.completed for stage in _way(kind)) > 1


def in_production(kind: str, stage: str) -> bool:
    """Does the project stand in that stage?"""
    done = [one.id for one in _way(kind) if one.completed]
    return len(done) > 1 and stage == done[-1]
