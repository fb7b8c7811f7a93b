"""Records that may be one project (疑似重复): candidates inside a person's scope, with grounds."""

from __future__ import annotations

from dataclasses import dataclass

from hexi.portal.core.models import Person
from hexi.portal.core.roles import Permission
from hexi.portal.projects.models import ProjectRecord
from hexi.projects.duplicates import Candidate, Entered, same_projects

__all__ = ["Double", "doubles"]

_FIELDS = ("pk", "name", "investor_code", "investor", "unit__path", "place", "state_code")
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Double:
    """Two records and what speaks for their being one; the older one first."""

    one: ProjectRecord
    other: ProjectRecord
    candidate: Candidate


def doubles(
    person: Person | None, only: int | None = None, most: int | None = None
) -> tuple[list[Double], int]:
    """The surest candidates inside the scope of who keeps the library, and how many there are;
    ``only`` asks for those of one record."""
    found = same_projects(_entered(person), only)
    wanted = found[:most]
    ids = sorted({pk for one in wanted for pk in (one.one, one.other)})
    rows: dict[int, ProjectRecord] = {}
    for at in range(0, len(ids), _CHUNK):
        part = ProjectRecord.objects.select_related("unit").in_bulk(ids[at : at + _CHUNK])
        rows |= part
    return [Double(rows[one.one], rows[one.other], one) for one in wanted], len(found)


def _entered(person: Person | None) -> list[Entered]:
    if person is None or not person.grants(Permission.KEEP_PROJECTS):
        return []
    rows = ProjectRecord.objects.inside(person).filter(merged_into=None, practice=False)
    return [Entered(*row) for row in rows.values_list(*_FIELDS)]
