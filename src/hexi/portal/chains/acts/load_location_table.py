"""Load a location table (导入区位数据): all of a file, or none of it and every fault by cell."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hexi.chains import LocationError, LocationFault, Locations, read_locations
from hexi.plans.documents import DocumentError, Limits
from hexi.plans.documents.packages import Package
from hexi.portal.chains.book import chain_book
from hexi.portal.chains.models import LocationTable
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound, Refusal, gapped
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell

__all__ = ["load_location_table"]

LIMITS: Final = Limits(
    file_bytes=8_000_000, unpacked_bytes=80_000_000, xml_bytes=60_000_000, expansion=200
)
_DATE = re.compile(r"(19|20)\d{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_MOST_FAULTS = 40


def load_location_table(
    unit: str,
    content: bytes,
    name: str,
    *,
    title: str,
    source: str,
    date: str,
    measure: str,
    by: Person | None,
    at: datetime,
) -> LocationTable:
    """For one's own unit; the public sees it only once it is published."""
    with transaction.atomic():
        owner = Unit.objects.filter(code=unit).first()
        if owner is None:
            raise NotFound
        officer = require(by, Permission.PROMOTE, owner.path)
        tell(_missing(title, source, date, measure))
        found = _read(content, name)
        made = LocationTable.objects.create(
            title=title.strip(),
            source=source.strip(),
            date=date.strip(),
            measure=measure.strip(),
            unit=owner,
            table={
                "places": list(found.places),
                "industries": list(found.industries),
                "amounts": found.amounts.tolist(),
            },
            loaded_by=officer.name,
            loaded_at=at,
        )
        record(
            "load_location_table",
            made,
            by=by,
            at=at,
            unit_path=owner.path,
            after={
                "title": made.title,
                "source": made.source,
                "date": made.date,
                "file": name,
                "places": len(found.places),
                "industries": len(found.industries),
            },
        )
    return made


def _missing(title: str, source: str, date: str, measure: str) -> list[Refusal]:
    found = []
    for place, text, most in (("title", title, 200), ("source", source, 300),
                              ("measure", measure, 80)):  # fmt: skip
        if not text.strip() or len(text.strip()) > most:
            found.append(
                Refusal(
                    f"no_{place}",
                    _("A table needs a title, a source and what is counted."),
                    gapped(_("Write it in at most %(n)d characters."), n=most),
                    place=place,
                )
            )
    if not _DATE.fullmatch(date.strip()):
        found.append(
            Refusal(
                "no_date",
                _("It is not said of when the figures are."),
                _("Write a year, a month or a day: 2025, 2025-06 or 2025-06-30."),
                place="date",
            )
        )
    return found


def _read(content: bytes, name: str) -> Locations:
    if len(content) > LIMITS.file_bytes:
        raise Refusal(
            "too_large",
            _("The table is larger than 8 MB."),
            _("Keep one row a place and one column an industry."),
            file=name,
        )
    try:
        if content[:2] == b"PK":
            Package(content, name, LIMITS)
        return read_locations(content, name, chain_book().sections)
    except DocumentError as error:
        raise Refusal(
            "broken_file",
            _("The file cannot be read as a workbook."),
            _("Save it as xlsx or csv and load it again."),
            file=name,
        ) from error
    except LocationError as error:
        tell([_refusal(one, name) for one in error.faults[:_MOST_FAULTS]])
        raise


def _refusal(fault: LocationFault, name: str) -> Refusal:
    def said() -> str:
        if get_language() == "en":
            return f"{fault.place}: {fault.text_en}."
        return f"{fault.place}：{fault.text}。"

    remedy = _("Places stand in the first column, industry codes in the head.")
    return Refusal("data_fault", lazy(said, str)(), remedy, file=name, place=fault.place)
