"""What a plan of the library offers to be evaluated (评估对象取数).

A plan of the pack brings its targets as data; one that has a text brings tasks and projects of its
current reading, corrections included.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from hexi.catalogue import load_pack
from hexi.monitoring.evaluation import (
    Subject,
    subject_of_document,
    subject_of_pack_plan,
    with_standings,
)
from hexi.monitoring.evaluation.nouns import Said
from hexi.monitoring.evaluation.subject import Adjusted
from hexi.monitoring.goal import Goal
from hexi.monitoring.standing import Standing
from hexi.monitoring.sweep import sweep
from hexi.portal.evaluations.queries.library import with_library
from hexi.portal.plans.models import PlanRow, Reading, TargetRow
from hexi.portal.plans.reading.engine import examine
from hexi.portal.plans.reading.records import document_of, statement_of
from hexi.portal.scoreboard.models import MonitoredTarget, TargetState
from hexi.portal.scoreboard.sweep.goals import Cases, whole_targets

__all__ = ["subject_of"]


def subject_of(row: PlanRow, at: date) -> Subject:
    """The plan as known on a day, with positions and with what was changed by act."""
    found = _read(row, at)
    monitored = [one for one in whole_targets().filter(plan=row, parent=None)]
    ids = _target_ids(row, found)
    adjusted = _adjusted(monitored, ids, at)
    # what was withdrawn by then is no target of the plan any more: it stands among the changes
    gone = {one.target for one in adjusted if one.withdrawn}
    left = tuple(one for one in found.targets if one.target.id not in gone)
    return replace(
        with_standings(replace(found, targets=left), _standings(monitored, ids, at)),
        projects=with_library(found.projects, row, at),
        adjusted=adjusted,
    )


def _read(row: PlanRow, at: date) -> Subject:
    pack = load_pack(settings.HEXI.pack)
    reading = (
        Reading.objects.filter(document__plan=row, current=True).order_by("document_id").first()
    )
    if reading is None:
        if row.pack_id:
            return subject_of_pack_plan(pack, row.pack_id, at)
        return _bare(row)
    document = document_of(reading.block_record(), reading.canonical_text())
    found = [statement_of(kept.record) for kept in reading.statements.order_by("number")]
    plan, _lines = examine(document, found, pack.catalogue)
    read = subject_of_document(plan, found, pack, at)
    if not row.pack_id:
        return read
    # the row says which plan it is, whatever title the file bears
    own = subject_of_pack_plan(pack, row.pack_id, at)
    return replace(own, tasks=read.tasks, projects=read.projects, has_document=True)


def _target_ids(row: PlanRow, subject: Subject) -> dict[int, str]:
    """The report's name of each target row of the plan."""
    kept = TargetRow.objects.filter(plan=row).values_list("pk", "pack_id", "number")
    return {pk: pack_id or f"{subject.id}.{number}" for pk, pack_id, number in kept}


def _standings(
    monitored: Sequence[MonitoredTarget], ids: Mapping[int, str], at: date
) -> dict[str, Standing]:
    """Positions of the day, by the report's names; targets as they held then."""
    cases = Cases(at)
    clear = {
        case.goal.id: case
        for case in (cases.one(row) for row in monitored)
        if isinstance(case.goal, Goal)
    }
    swept = sweep(
        [case.goal for case in clear.values() if isinstance(case.goal, Goal)],
        {key: case.observed for key, case in clear.items() if case.observed is not None},
        at=at,
        rules=cases.rules,
        paths={key: case.path for key, case in clear.items() if case.path is not None},
        settled={key: case.verdict for key, case in clear.items() if case.verdict is not None},
    )
    return {
        ids[target]: one
        for one in swept.standings
        if (target := clear[one.goal].target.target_id or 0) in ids
    }


def _adjusted(
    monitored: Sequence[MonitoredTarget], ids: Mapping[int, str], at: date
) -> tuple[Adjusted, ...]:
    found = []
    for row in monitored:
        for change in row.adjustments.all():
            day = timezone.localtime(change.at).date()
            if day <= at:
                found.append(
                    Adjusted(
                        ids.get(row.target_id or 0, row.key),
                        row.indicator,
                        _aim(change.before, row),
                        _aim(change.after, row),
                        day,
                        change.authority,
                        change.document,
                        change.reason,
                        change.after.get("state") == TargetState.WITHDRAWN,
                    )
                )
    return tuple(sorted(found, key=lambda one: (one.day, one.name)))


def _aim(card: Mapping[str, Any], row: MonitoredTarget) -> str:
    return f"{card.get('end') or ''}年{card.get('value') or ''}{row.measure_unit}"


def _bare(row: PlanRow) -> Subject:
    """A plan whose text was removed: nothing to judge, which the report says."""
    name = row.unit.name if row.unit else ""
    english = (row.unit.name_en or name) if row.unit else ""
    return Subject(
        str(row.pk),
        Said(row.title, row.title),
        Said(name, english),
        row.first_year,
        row.last_year,
        (),
    )
