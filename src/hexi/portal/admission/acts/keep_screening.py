"""Keep a screening (留存筛查记录): inputs and answer of this day, numbered, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.admission.models import ScreeningRecord
from hexi.portal.admission.rulebook import FIRST_YEAR, rulebook, screened, space_on
from hexi.portal.admission.taken_over import take_over
from hexi.portal.admission.typed_inputs import read_inputs
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require
from hexi.portal.core.told import tell
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.returns.form_book import day_of

__all__ = ["keep_screening"]

_MOST = 200


def keep_screening(
    typed: Mapping[str, Any],
    day: date,
    *,
    by: Person | None,
    at: datetime,
    project_id: int | None = None,
    name: str = "",
    note: str = "",
) -> ScreeningRecord:
    """Screen by the rules of a day and keep it; of a project of the library, or of a free entry.

    What is typed is the whole input: what was taken over from the library is in it and marked.
    """
    with transaction.atomic():
        officer = require(by, Permission.SCREEN)
        book = rulebook()
        project = _project(project_id, officer)
        read = read_inputs(typed, book)
        name = project.name if project else name.strip()
        unit = project.unit if project else _unit(read.values.get("unit"))
        tell([*read.faults.values(), *_faults(name, unit, day, at)])
        assert unit is not None
        require(by, Permission.SCREEN, unit.path)
        answer = screened(read.values, day).as_record()
        taken = take_over(project, space_on(book, day)).values if project else {}
        row: ScreeningRecord = ScreeningRecord.objects.create(
            project=project,
            name=name,
            unit=unit,
            day=day,
            edition=book.edition,
            inputs=read.values,
            taken=[key for key, value in taken.items() if read.values.get(key) == _plain(value)],
            result=answer["result"],
            answer=answer,
            note=note.strip(),
            who=officer.pk,
            by_name=officer.name,
            at=at,
        )
        record(
            "keep_screening",
            row,
            by=by,
            at=at,
            unit_path=unit.path,
            after={
                "admission_result": row.result,
                "rules_edition": row.edition,
                "admission_day": str(day),
            },
            reason=row.note,
        )
    return row


def _project(project_id: int | None, by: Person) -> ProjectRecord | None:
    if project_id is None:
        return None
    rows = ProjectRecord.objects.inside(by).select_related("unit")
    found: ProjectRecord = one_visible(rows, by, pk=project_id)
    return found


def _unit(code: Any) -> Unit | None:
    return Unit.objects.filter(code=str(code)).first() if code else None


def _plain(value: Any) -> Any:
    """A value as the form sends it back: a flag is its word."""
    return str(value).lower() if isinstance(value, bool) else value


def _faults(name: str, unit: Unit | None, day: date, at: datetime) -> list[Refusal]:
    faults = []
    if not name or len(name) > _MOST:
        faults.append(
            Refusal(
                "name_missing",
                _("The project has no name."),
                _("Write one of at most 200 characters."),
                place="name",
            )
        )
    if unit is None:
        faults.append(
            Refusal(
                "unit_missing",
                _("Nobody knows which zone or park this is for."),
                _("Choose the zone or park; the record is kept there."),
                place="unit",
            )
        )
    if day.year < FIRST_YEAR or day > day_of(at):
        faults.append(
            Refusal(
                "day_wrong",
                _("A screening goes by the rules of today or of a day before."),
                _("Choose such a day."),
                place="day",
            )
        )
    return faults
