"""Scope over columns (列上的可见范围): the same rows that ``visible_to`` and ``inside`` give.

The rule is `ProjectScope`; here it is reckoned for all projects at once, from units that are read
anew for each question. Tests hold the two together for every role.
"""

from __future__ import annotations

import numpy as np
from django.conf import settings

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.roles import Permission, Role
from hexi.portal.projects.columns.library import Library
from hexi.portal.projects.models import ProjectRecord
from hexi.projects.history import Flags

__all__ = ["inside_flags", "of_units", "visible_flags"]


def visible_flags(library: Library, person: Person | None) -> Flags:
    """What this person may see."""
    records = library.records
    if person is None:
        return records.there & (records.published & settings.HEXI.public_reading)
    return inside_flags(library, person) | (records.there & records.published)


def inside_flags(library: Library, person: Person | None) -> Flags:
    """What this person may see whole."""
    there = library.records.there
    if person is None:
        return np.zeros_like(there)
    if person.is_administrator:
        return there
    if person.role == Role.ENTERPRISE:
        own = ProjectRecord.objects.inside(person).values_list("pk", flat=True)
        flags = np.zeros_like(there)
        flags[library.positions(np.array(sorted(own), dtype=np.int64))] = True
        return flags & there
    if not person.grants(Permission.SEE_PROJECTS):
        return np.zeros_like(there)
    paths = tuple(person.scope_paths())
    units = Unit.objects.values_list("pk", "path")
    return there & of_units(library, {pk for pk, path in units if paths and path.startswith(paths)})


def of_units(library: Library, units: set[int]) -> Flags:
    """Projects that stand in one of these units."""
    column = library.records.unit
    table = np.zeros(max(int(column.max(initial=0)), max(units, default=0)) + 1, dtype=np.bool_)
    table[list(units)] = True
    return np.asarray(table[column])
