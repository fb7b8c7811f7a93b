"""Tell what a zone has left (填报载体余量): land and energy for newcomers, with source and day."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.chains.models import SiteLeft
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell

__all__ = ["tell_left"]

_MOST = Decimal(10) ** 9


def tell_left(
    unit: str,
    *,
    land: str,
    energy: str,
    source: str,
    day: date | None,
    published: bool = False,
    by: Person | None,
    at: datetime,
) -> SiteLeft:
    """Land in mu, energy in tonnes of standard coal a year; an empty text: not known."""
    with transaction.atomic():
        zone = Unit.objects.filter(code=unit, kind="zone").first()
        if zone is None:
            raise NotFound
        officer = require(by, Permission.PROMOTE, zone.path)
        values = {"land": _amount(land), "energy": _amount(energy)}
        tell(_faults(values, source, day, at))
        assert day is not None  # else it was told
        made = SiteLeft.objects.create(
            unit=zone,
            land_mu=values["land"],
            energy_tce=values["energy"],
            source=source.strip(),
            day=day,
            published=published,
            by_name=officer.name,
            at=at,
        )
        record(
            "tell_left",
            made,
            by=by,
            at=at,
            unit_path=zone.path,
            after={
                "land_mu": None if made.land_mu is None else str(made.land_mu),
                "energy_tce": None if made.energy_tce is None else str(made.energy_tce),
                "source": made.source,
                "day": made.day.isoformat(),
                "published": made.published,
            },
        )
    return made


def _amount(text: str) -> Decimal | None:
    """None for an empty text; a negative number for what is none."""
    plain = text.strip().replace(",", "")
    if not plain:
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return Decimal(-1)
    return value if value.is_finite() and value <= _MOST else Decimal(-1)


def _faults(
    values: dict[str, Decimal | None], source: str, day: date | None, at: datetime
) -> list[Refusal]:
    found = [
        Refusal(
            "no_amount",
            _("Land and energy are numbers of zero or more."),
            _("Write 350 or 12000.5, or leave it empty."),
            place=place,
        )
        for place, value in values.items()
        if value is not None and value < 0
    ]
    if all(value is None for value in values.values()):
        found.append(
            Refusal(
                "nothing",
                _("Neither land nor energy is told."),
                _("Write at least one of them."),
                place="land",
            )
        )
    if not source.strip() or len(source.strip()) > 300:
        found.append(
            Refusal(
                "no_source",
                _("It is not said where the figures come from."),
                _("Name the document or the office in at most 300 characters."),
                place="source",
            )
        )
    if day is None or day > at.date():
        found.append(
            Refusal(
                "no_day",
                _("It is not said of which day the figures are, or the day has not come."),
                _("Write a day up to today."),
                place="day",
            )
        )
    return found
