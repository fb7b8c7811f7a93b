"""Reading change marks (读取变更标记): what changed since this process last looked.

The look itself is one indexed query. On SQLite ids grow in the order of commits, so the highest id
is the mark. On PostgreSQL a transaction may commit after a later one; there the mark is the oldest
transaction that was still running at the last look, and whatever it or a later one wrote is read
again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import Max

from hexi.portal.projects.models import ChangeMark

__all__ = ["Changes", "changes_since", "mark_now"]


@dataclass(frozen=True, slots=True)
class Changes:
    """What was marked after a mark, and the mark to keep."""

    mark: int
    #: ids of projects by part
    projects: Mapping[str, frozenset[int]]
    #: marks went backwards: another database stands there now
    replaced: bool = False


def mark_now() -> int:
    """The mark to keep before everything is read."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            return int(cursor.fetchone()[0])
    return ChangeMark.objects.aggregate(last=Max("id"))["last"] or 0


def changes_since(mark: int) -> Changes:
    """What changed since then."""
    now = mark_now()
    if connection.vendor == "postgresql":
        rows = ChangeMark.objects.filter(transaction__gte=mark)
    elif now == mark:
        return Changes(now, {})
    elif now < mark:
        return Changes(now, {}, replaced=True)
    else:
        rows = ChangeMark.objects.filter(id__gt=mark)
    found: dict[str, set[int]] = {}
    for part, project in rows.values_list("part", "project_id"):
        found.setdefault(part, set()).add(project)
    return Changes(now, {part: frozenset(ids) for part, ids in found.items()})
