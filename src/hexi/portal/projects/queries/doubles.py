"""Records that may be one project (疑似重复): candidates inside a person's scope, with grounds.

All pairs of a scope are found from columns, and stand until something changes that they hang on:
a name, an investor, a place, a code. Progress and steps leave them as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.roles import Permission
from hexi.portal.projects.columns.kept import library_now
from hexi.portal.projects.columns.library import Library
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.queries.scope_flags import inside_flags
from hexi.projects.duplicates import Candidate, Entered, same_projects
from hexi.projects.duplicates_many import EnteredColumns, same_in_columns
from hexi.projects.history import Ints

__all__ = ["Double", "doubles"]

_FIELDS = ("pk", "name", "investor_code", "investor", "unit__path", "place", "state_code")
_CHUNK = 500
#: scopes whose pairs are kept
_KEPT: Final = 4


@dataclass(frozen=True, slots=True)
class Double:
    """Two records and what speaks for their being one; the older one first."""

    one: ProjectRecord
    other: ProjectRecord
    candidate: Candidate


def doubles(
    person: Person | None, only: int | None = None, first: int = 0, last: int | None = None
) -> tuple[list[Double], int]:
    """Candidates inside the scope of who keeps the library from … until, the surest first, and how
    many there are; ``only`` asks for those of one record."""
    found = _all(person) if only is None else same_projects(_entered(person), only)
    wanted = found[first:last]
    ids = sorted({pk for one in wanted for pk in (one.one, one.other)})
    rows: dict[int, ProjectRecord] = {}
    for at in range(0, len(ids), _CHUNK):
        part = ProjectRecord.objects.select_related("unit").in_bulk(ids[at : at + _CHUNK])
        rows |= part
    return [Double(rows[one.one], rows[one.other], one) for one in wanted], len(found)


def _all(person: Person | None) -> list[Candidate]:
    """All pairs of the person's scope."""
    if person is None or not person.grants(Permission.KEEP_PROJECTS):
        return []
    library = library_now()
    records = library.records
    chosen = inside_flags(library, person) & ~records.merged & ~records.practice
    rows = np.flatnonzero(chosen)
    key = _reads(library, rows)
    found = _pairs.pop(key, None)
    if found is None:
        found = same_in_columns(_columns(library, rows))
    _pairs[key] = found
    while len(_pairs) > _KEPT:
        _pairs.pop(next(iter(_pairs)), None)
    return found


#: pairs by what they were found from
_pairs: dict[tuple[int, ...], list[Candidate]] = {}


def _reads(library: Library, rows: Ints) -> tuple[int, ...]:
    """What pairs of these records hang on, as numbers that are kept instead of the texts."""
    records = library.records
    texts = (records.name[rows], records.codes[rows])
    words = (records.investor, records.place)
    units = dict(Unit.objects.values_list("pk", "path"))
    return (
        hash(records.ids[rows].tobytes()),
        hash(records.unit[rows].tobytes()),
        hash(tuple(units.items())),
        *(hash(tuple(column)) for column in texts),
        *(hash((column.words, column.codes[rows].tobytes())) for column in words),
    )


def _columns(library: Library, rows: Ints) -> EnteredColumns:
    records = library.records
    units = dict(Unit.objects.values_list("pk", "path"))
    codes = [text.split("\n") for text in records.codes[rows]]
    return EnteredColumns(
        ids=records.ids[rows],
        name=records.name[rows].tolist(),
        investor_code=[code for _state, code in codes],
        investor=[records.investor.words[at] for at in records.investor.codes[rows].tolist()],
        unit=[units[pk] for pk in records.unit[rows].tolist()],
        place=[records.place.words[at] for at in records.place.codes[rows].tolist()],
        state_code=[state for state, _code in codes],
    )


def _entered(person: Person | None) -> list[Entered]:
    if person is None or not person.grants(Permission.KEEP_PROJECTS):
        return []
    rows = ProjectRecord.objects.inside(person).filter(merged_into=None, practice=False)
    return [Entered(*row) for row in rows.values_list(*_FIELDS)]
