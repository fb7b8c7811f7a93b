"""Openings (招商机会): units that take enquiries, industries, projects that wait for money."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from hexi.portal.core.models import Unit
from hexi.portal.core.names import name_of
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.stagebook import stage_book

__all__ = ["asked_units", "opening_units", "seeking"]

#: kinds of units whose offices answer enquiries
_KINDS = ("zone", "park", "city", "province")
#: the stage of a project that seeks an investor
_SEEKS = "reserve"


def asked_units() -> Any:
    """Units that the public may ask, in the order of the tree; ended ones are left out."""
    return Unit.objects.filter(kind__in=_KINDS, until="").order_by("order")


def seeking() -> Any:
    """Published projects in reserve: what an investor can ask for."""
    rows: Any = ProjectRecord.objects
    return (
        rows.filter(published=True, stage=_SEEKS, merged_into=None, practice=False)
        .filter(kind__in=[k.id for k in stage_book().kinds.values() if "signed" in k.stages])
        .select_related("unit")
    )


def opening_units() -> list[dict[str, Any]]:
    """Zones with their industries, and how many projects seek investors in each."""
    open_ = Q(
        project_records__published=True,
        project_records__stage=_SEEKS,
        project_records__merged_into=None,
        project_records__practice=False,
    )
    rows = Unit.objects.filter(kind="zone", until="").annotate(
        n=Count("project_records", filter=open_)
    )
    return [
        {
            "code": unit.code,
            "name": name_of(unit),
            "region": unit.region,
            "industries": list(unit.record.get("industries") or []),
            "projects": unit.n,
        }
        for unit in rows.order_by("order")
    ]
