"""Records that may be one project (疑似重复): candidates inside a person's scope, with grounds."""

from __future__ import annotations

from dataclasses import dataclass

from hexi.portal.core.models import Person
from hexi.portal.projects.models import ProjectRecord
from hexi.projects.duplicates import Candidate, Entered, same_projects

__all__ = ["Double", "doubles", "doubles_of"]

_FIELDS = (
    "pk", "name", "investor_code", "investor", "unit__path", "place", "state_code"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Double:
    """Two records and what speaks for their being one; the older one first."""

    one: ProjectRecord
    other: ProjectRecord
    candidate: Candidate


def doubles(person: Person | None, most: int = 200) -> tuple[list[Double], int]:
    """The surest of all candidates inside the scope, and how many there are."""
    found = same_projects(_entered(person))
    wanted = found[:most]
    ids = {pk for one in wanted for pk in (one.one, one.other)}
    rows = ProjectRecord.objects.inside(person).select_related("unit").in_bulk(list(ids))
    return [Double(rows[one.one], rows[one.other], one) for one in wanted], len(found)


def doubles_of(person: Person | None, project: ProjectRecord) -> list[Double]:
    """The candidates that one record is part of."""
    found = same_projects(_entered(person), only=project.pk)
    ids = {pk for one in found for pk in (one.one, one.other)}
    rows = ProjectRecord.objects.inside(person).select_related("unit").in_bulk(list(ids))
    return [Double(rows[one.one], rows[one.other], one) for one in found]


def _entered(person: Person | None) -> list[Entered]:
    rows = ProjectRecord.objects.inside(person).filter(merged_into=None, practice=False)
    return [Entered(*row) for row in rows.values_list(*_FIELDS)]
