"""Light lamps (亮灯): what the rules found is kept with the month and shown on the project.

The month's row is renewed while the month runs; nobody calls this for a month that is over. A
project whose lamp changed has one event; the same lamp lit again has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from hexi.portal.core.record import record_each, unsaved_event
from hexi.portal.projects.models import LampMonth, ProjectRecord

__all__ = ["Lit", "light_lamps"]

_SHOW = "UPDATE projects_projectrecord SET lamp = %s, lamp_reasons = %s WHERE id = %s"

_NEEDED = ("name", "practice", "lamp", "lamp_reasons", "unit__path")


@dataclass(frozen=True, slots=True)
class Lit:
    """The lamp of one project, and why."""

    project: int
    lamp: str
    #: rule, lamp, set of rules and what was seen, one a rule that fired
    reasons: list[dict[str, Any]]


def light_lamps(lit: Sequence[Lit], *, month: int, at: datetime) -> int:
    """Write the lamps of some projects, all or none; how many projects changed theirs."""
    with transaction.atomic():
        rows = ProjectRecord.objects.select_for_update(of=("self",)).select_related("unit")
        rows = rows.filter(pk__in=[one.project for one in lit])
        standing = {row.pk: row for row in rows.only(*_NEEDED)}
        here = [one for one in lit if one.project in standing]
        LampMonth.objects.bulk_create(
            [LampMonth(project_id=one.project, month=month, lamp=one.lamp,
                       reasons=one.reasons, at=at) for one in here],
            update_conflicts=True,
            unique_fields=["project", "month"],
            update_fields=["lamp", "reasons", "at"],
        )  # fmt: skip
        events, renewed = [], []
        for one in here:
            row = standing[one.project]
            before = row.lamp
            if (before, row.lamp_reasons) == (one.lamp, one.reasons):
                continue
            row.lamp, row.lamp_reasons = one.lamp, one.reasons
            renewed.append(row)
            if before != one.lamp:
                events.append(
                    unsaved_event(
                        "light_lamps",
                        row,
                        by=None,
                        at=at,
                        unit_path=row.unit.path,
                        before={"lamp": before, "month": month},
                        after={
                            "lamp": one.lamp,
                            "month": month,
                            "rules": [reason["rule"] for reason in one.reasons],
                        },
                    )
                )
        _show(renewed)
        record_each(events)
    return len(events)


def _show(rows: Sequence[ProjectRecord]) -> None:
    """On the records themselves. One prepared statement: a sweep writes as many as there are, and
    the ORM's bulk update costs ten times as much."""
    reasons: Any = ProjectRecord._meta.get_field("lamp_reasons")
    values = [
        (row.lamp, reasons.get_db_prep_save(row.lamp_reasons, connection), row.pk) for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_SHOW, values)
