"""Narrowing over columns (列上筛选): by a unit's subtree and by a word of the name."""

from __future__ import annotations

import numpy as np

from hexi.portal.core.models import Unit
from hexi.portal.projects.columns.library import Library
from hexi.portal.projects.queries.scope_flags import of_units
from hexi.projects.history import Flags

__all__ = ["named", "under_unit"]


def under_unit(library: Library, code: str) -> Flags:
    """Projects of a unit and of those below it."""
    rows = Unit.objects.filter(path__contains=f"/{code}/")
    return of_units(library, set(rows.values_list("pk", flat=True)))


def named(library: Library, within: Flags, query: str, *, number: bool = False) -> Flags:
    """Those whose name has the words in it; with ``number`` also whose number begins so."""
    records, rows, low = library.records, np.flatnonzero(within), query.lower()
    found = np.fromiter((low in name.lower() for name in records.name[rows]), dtype=np.bool_)
    if number:
        begins = (one.lower().startswith(low) for one in records.number[rows])
        found |= np.fromiter(begins, dtype=np.bool_)
    flags = np.zeros_like(within)
    flags[rows[found]] = True
    return flags
