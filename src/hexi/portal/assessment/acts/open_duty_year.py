"""Open a year of target responsibility (启动目标责任年度): one a unit, year and kind of holder."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.models import DutyKind, DutyYear
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell

__all__ = ["open_duty_year"]


def open_duty_year(
    unit_code: str, year: int, kind: str, *, by: Person | None, at: datetime
) -> DutyYear:
    """Empty; contracts are drawn from the targets next."""
    unit = Unit.objects.filter(code=unit_code).first()
    officer = require(by, Permission.EDIT, unit.path if unit else None)
    if unit is None:
        said = _("Nobody is named who sets the contracts.")
        raise Refusal("unit", said, _("Choose one."), place="unit")
    with transaction.atomic():
        tell(_faults(unit, year, kind, at))
        made = DutyYear.objects.create(
            unit=unit, year=year, kind=kind, opened_at=at, opened_by=officer.name
        )
        record("open_duty_year", made, by=by, at=at, unit_path=made.unit.path, after=made.card())
    return made


def _faults(unit: Unit, year: int, kind: str, at: datetime) -> list[Refusal]:
    found = []
    if kind not in DutyKind.values:
        said = _("It is not said who holds the contracts.")
        found.append(Refusal("kind", said, _("Choose departments or posts."), place="kind"))
    if not 1990 <= year <= at.year + 1:
        found.append(
            Refusal(
                "year",
                _("Contracts are signed for a year up to the next."),
                _("Write the year in four digits."),
                place="year",
            )
        )
    if DutyYear.objects.filter(unit=unit, year=year, kind=kind).exists():
        found.append(
            Refusal(
                "second_year",
                _("The contracts of this year stand already."),
                _("Open them in the list."),
                place="year",
                status=409,
            )
        )
    return found
