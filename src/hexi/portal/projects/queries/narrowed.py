"""Narrowing over columns (列上筛选): what goes on, a unit's subtree, a word of the name."""

from __future__ import annotations

import numpy as np

from hexi.portal.core.models import Unit
from hexi.portal.projects.columns.library import Library
from hexi.portal.projects.queries.scope_flags import of_units
from hexi.portal.projects.stagebook import stage_book
from hexi.projects.history import Flags

__all__ = ["going_on", "named", "under_unit"]


def going_on(library: Library) -> Flags:
    """Projects that are neither merged away nor ended."""
    records, book = library.records, stage_book()
    over = {stage.id for stage in book.stages.values() if stage.ends}
    ended = records.stage.flags(lambda word: word in over)[records.stage.codes]
    return np.asarray(records.there & ~records.merged & ~ended)


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
