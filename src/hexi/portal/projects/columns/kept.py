"""The library that a process keeps (常驻项目列): read once, brought up to date before it is asked.

Every question first looks at the change marks; when nothing changed that is one indexed query. So
several processes agree without talking to each other: each sees what was committed before it
looked. Inside a transaction nothing is kept, since what is read there may be rolled back.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from django.db import connection

from hexi.portal.projects.columns.library import Library
from hexi.portal.projects.columns.marks import changes_since, mark_now
from hexi.portal.projects.columns.reading import OutOfOrder, read_library, renewed

__all__ = ["library_now"]

#: rounds of catching up with what others commit meanwhile
ROUNDS = 3
#: beyond this share of changed projects, reading everything again costs less
MUCH = 0.3


@dataclass(frozen=True, slots=True)
class _Kept:
    #: the database that it was read from
    database: str
    mark: int
    library: Library


_lock = threading.Lock()
_kept: _Kept | None = None


def library_now() -> Library:
    """All projects as they are committed now."""
    if connection.in_atomic_block:
        return read_library()
    global _kept
    with _lock:
        name = str(connection.settings_dict["NAME"])
        if _kept is None or _kept.database != name:
            mark = mark_now()
            _kept = _Kept(name, mark, read_library())
        for _round in range(ROUNDS):
            fresh = _caught_up(_kept)
            if fresh is _kept:
                break
            _kept = fresh
        return _kept.library


def _caught_up(kept: _Kept) -> _Kept:
    """The same object where nothing changed."""
    changes = changes_since(kept.mark)
    if not changes.projects and not changes.replaced:
        return kept
    most = max((len(ids) for ids in changes.projects.values()), default=0)
    if changes.replaced or most > MUCH * max(kept.library.size, 1000):
        return _Kept(kept.database, changes.mark, read_library())
    try:
        return _Kept(kept.database, changes.mark, renewed(kept.library, changes.projects))
    except OutOfOrder:
        return _Kept(kept.database, changes.mark, read_library())
