"""Start a run (启动考核): a scheme in force, a year, and who assesses; one official run of each."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.assessment.data.practice import practice_matrix, practice_scheme
from hexi.portal.assessment.holding import put_data
from hexi.portal.assessment.keeping import kept
from hexi.portal.assessment.models import AssessmentRun, RunKind
from hexi.portal.assessment.pack_rules import asked_of_units, schemes_in_use
from hexi.portal.assessment.queries.candidates import candidates
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell

__all__ = ["start_run"]


def start_run(
    scheme_id: str,
    year: int,
    unit_code: str,
    *,
    by: Person | None,
    at: datetime,
    practice: bool = False,
) -> AssessmentRun:
    """The empty run, a practice run with made-up figures; the scheme is frozen as it stands."""
    unit = Unit.objects.filter(code=unit_code).first()
    officer = require(by, Permission.EDIT, unit.path if unit else None)
    if unit is None:
        raise Refusal("unit", _("Nobody is named who assesses."), _("Choose one."), place="unit")
    try:
        scheme = schemes_in_use().in_force(scheme_id, year)
    except KeyError as error:
        raise Refusal(
            "no_scheme",
            gapped(_("No version of this scheme is in force for %(year)d."), year=year),
            _("Choose another year or another scheme."),
            place="scheme",
        ) from error
    kind = RunKind.PRACTICE if practice else RunKind.OFFICIAL
    scheme = practice_scheme(scheme) if practice else scheme
    with transaction.atomic():
        tell(_faults(unit, scheme_id, year, at, kind))
        run = AssessmentRun.objects.create(
            unit=unit,
            scheme_id=scheme.id,
            scheme_version=scheme.version,
            year=year,
            kind=kind,
            title=scheme.title.zh,
            title_en=scheme.title.en,
            scheme=kept(scheme),
            started_at=at,
            started_by=officer.name,
        )
        if practice:
            asked = asked_of_units(scheme, year)
            made = practice_matrix(scheme, candidates(run), year, asked)
            put_data(run, made, "演练数据")
            run.save()
        record("start_run", run, by=by, at=at, unit_path=unit.path, after=run.card())
    return run


def _faults(unit: Unit, scheme_id: str, year: int, at: datetime, kind: RunKind) -> list[Refusal]:
    found = []
    if year > at.year:
        found.append(
            Refusal(
                "year_to_come",
                _("The year has not begun; nothing of it can be assessed."),
                _("Choose a year that has begun."),
                place="year",
            )
        )
    official = AssessmentRun.objects.filter(unit=unit, scheme_id=scheme_id, year=year, kind=kind)
    if kind == RunKind.OFFICIAL and official.exists():
        found.append(
            Refusal(
                "second_run",
                _("There is an official run of this scheme and year already."),
                _("Open it, or simulate other weights from it."),
                place="year",
                status=409,
            )
        )
    return found
