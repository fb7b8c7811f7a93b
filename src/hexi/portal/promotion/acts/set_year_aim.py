"""Set the aim of a year (设定年度招商目标): a total, a growth or both, with where it is said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell
from hexi.portal.promotion.entry import read, taken
from hexi.portal.promotion.models import YearAim
from hexi.portal.promotion.nouns import AIM
from hexi.portal.returns.form_book import day_of

__all__ = ["set_year_aim"]


def set_year_aim(
    unit_code: str, year: int, given: Mapping[str, Any], *, by: Person | None, at: datetime
) -> YearAim:
    """Whoever may adjust targets in the unit; an earlier wording stays in the events."""
    with transaction.atomic():
        officer = require(by, Permission.ADJUST_TARGET)
        unit = Unit.objects.filter(code=unit_code).first()
        if unit is None:
            raise NotFound
        require(by, Permission.ADJUST_TARGET, unit.path)
        entry = read(given, AIM, day_of(at))
        values = entry.values
        faults = list(entry.faults.values())
        if not faults and values["amount"] is None and values["growth"] is None:
            faults.append(
                Refusal(
                    "aim_empty",
                    _("The aim says neither a total nor a growth."),
                    _("Write one of the two, or both."),
                    place="amount",
                )
            )
        if not 2000 <= year <= 2200:
            faults.append(
                Refusal("year_wrong", _("This is no year."), _("Write it as 2026."), place="year")
            )
        tell(faults)
        row = YearAim.objects.select_for_update().filter(unit=unit, year=year).first()
        before = {name: getattr(row, name) for name in AIM} if row else {}
        row = row or YearAim(unit=unit, year=year)
        for name, value in values.items():
            setattr(row, name, value)
        row.by_name, row.at = officer.name, at
        row.save()
        record(
            "set_year_aim",
            row,
            by=by,
            at=at,
            name=f"{unit.name} {year}",
            unit_path=unit.path,
            before=taken(before, AIM),
            after=taken(values, AIM),
        )
    return row
