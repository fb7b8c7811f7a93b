"""Newest screening of each project (最近一次筛查): its inputs, and the rules set aside in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from django.db.models import Count, Max

from hexi.portal.admission.models import RuleOverride, ScreeningRecord
from hexi.portal.core.models import Person

__all__ = ["inputs_of", "newest_records", "set_aside"]

#: ids asked for in one query
_CHUNK: Final = 500


def newest_records(
    person: Person | None, projects: Collection[int] | None = None
) -> dict[int, int]:
    """The newest record that the person sees, by project; None: of all projects."""
    rows = ScreeningRecord.objects.visible_to(person).exclude(project=None)
    if projects is not None:
        rows = rows.filter(project__in=projects)
    newest = rows.order_by().values("project").annotate(newest=Max("pk"))
    return dict(newest.values_list("project", "newest"))


def inputs_of(records: Iterable[int]) -> dict[int, dict[str, Any]]:
    """What was typed in or taken over then, by record."""
    found: dict[int, dict[str, Any]] = {}
    for some in _chunks(records):
        rows = ScreeningRecord.objects.filter(pk__in=some).order_by()
        found.update(rows.values_list("pk", "inputs"))
    return found


def set_aside(person: Person | None, newest: Mapping[int, int]) -> dict[int, int]:
    """How many rules are set aside in the newest record of a project."""
    of = {record: project for project, record in newest.items()}
    found: dict[int, int] = {}
    for some in _chunks(of):
        standing = RuleOverride.objects.visible_to(person).filter(
            withdrawn_at=None, screening__in=some
        )
        counts = standing.order_by().values("screening").annotate(n=Count("rule", distinct=True))
        found.update((of[pk], n) for pk, n in counts.values_list("screening", "n"))
    return found


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    left = iter(ids)
    while some := list(islice(left, _CHUNK)):
        yield some
