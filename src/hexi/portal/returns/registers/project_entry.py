"""Entry of a project (项目登记项): the fields of its register, read from a form or from a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from hexi.portal.core.refusal import Refusal
from hexi.portal.returns.models import Enterprise
from hexi.portal.returns.registers.credit_code import plain_code
from hexi.portal.returns.registers.entry import (
    Entry,
    UnitFinder,
    read_code,
    read_day,
    read_fields,
    read_industry,
    read_place,
    read_text,
    read_unit,
)

__all__ = ["CARD", "FIELDS", "LABELS", "REQUIRED", "read_project"]

#: fields in the order of the file; the Chinese names are the heads of its columns
LABELS: Final[dict[str, Any]] = {
    "code": _("Project code"),
    "name": _("Name of the project"),
    "unit": _("Park or zone"),
    "enterprise": _("Credit code of the responsible enterprise"),
    "industry": _("Industry code"),
    "place": _("Place code"),
    "since": _("Started on"),
    "until": _("Planned end"),
    "contact": _("Contact"),
    "phone": _("Telephone"),
    "email": _("E-mail"),
}
FIELDS: Final = tuple(LABELS)
REQUIRED: Final = ("code", "name", "unit", "enterprise", "industry", "place", "since", "until")
#: fields of the project's own row
CARD: Final = ("name", "enterprise", "industry", "place", "since", "until")
_CODE: Final = re.compile(r"[0-9A-Z][0-9A-Z-]{3,39}")


def read_project(given: Mapping[str, Any], units: UnitFinder, *, partial: bool = False) -> Entry:
    """Read the fields that are given; ``partial`` asks for no field that is left out."""
    entry = read_fields(
        given,
        LABELS,
        REQUIRED,
        lambda name, raw, text: _value(name, raw, text, units),
        partial=partial,
    )
    since, until = entry.values.get("since"), entry.values.get("until")
    if isinstance(since, date) and isinstance(until, date) and until < since:
        entry.faults["until"] = ends_early()
    return entry


def ends_early() -> Refusal:
    """The planned end lies before the start."""
    return Refusal(
        "ends_early",
        _("The planned end lies before the start."),
        _("Correct one of the two days."),
        place="until",
    )


def _value(name: str, raw: Any, text: str, units: UnitFinder) -> Any:
    match name:
        case "code":
            return _project_code(text)
        case "unit":
            return read_unit(text, units)
        case "enterprise":
            return _enterprise(text)
        case "industry":
            return read_industry(text)
        case "place":
            return read_place(text)
        case "since" | "until":
            return read_day(raw, text)
        case _:
            return read_text(name, text)


def _project_code(text: str) -> str:
    code = "".join(text.split()).upper()
    if _CODE.fullmatch(code):
        return code
    raise Refusal(
        "project_code_wrong",
        _("“%(text)s” is not a project code.") % {"text": text[:40]},
        _("Write the code of the approval, as 2401-620100-04-01-123456."),
    )


def _enterprise(text: str) -> Enterprise:
    """The enterprise of a credit code; it stands in the register, in whatever park."""
    code = read_code(plain_code(text))
    found: Enterprise | None = Enterprise.objects.filter(code=code).first()
    if found is None:
        raise Refusal(
            "enterprise_unknown",
            _("No enterprise of the register has the credit code %(code)s.") % {"code": code},
            _("Enter the enterprise first."),
        )
    return found
