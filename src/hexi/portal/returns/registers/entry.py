"""Entry of an enterprise (名录登记项): the fields of the register, read from a form or from a file.

Every field that is wrong is told, with what it should be; one reading serves pages, files and API.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Unit
from hexi.portal.core.refusal import Refusal
from hexi.portal.returns.models.enterprise import OWNERSHIPS, SIZES
from hexi.portal.returns.registers.classes import industry_known, place_known
from hexi.portal.returns.registers.credit_code import check_character, is_code, plain_code
from hexi.statistics.practice import is_practice_code

__all__ = [
    "CARD",
    "FIELDS",
    "LABELS",
    "REQUIRED",
    "UNIT_KINDS",
    "Entry",
    "UnitFinder",
    "read_code",
    "read_day",
    "read_entry",
    "read_fields",
    "read_industry",
    "read_place",
    "read_text",
    "read_unit",
]

#: fields in the order of the file; the Chinese names are the heads of its columns
LABELS: dict[str, Any] = {
    "code": _("Unified social credit code"),
    "name": _("Name of the enterprise"),
    "unit": _("Park or zone"),
    "industry": _("Industry code"),
    "place": _("Place code"),
    "opened": _("Opened on"),
    "ownership": _("Ownership"),
    "size": _("Size"),
    "above_scale": _("Above scale"),
    "trader": _("Foreign trade"),
    "address": _("Address"),
    "contact": _("Contact"),
    "phone": _("Telephone"),
    "email": _("E-mail"),
    "since": _("Changed on"),
}
FIELDS = tuple(LABELS)
REQUIRED = ("code", "name", "unit", "industry", "place", "opened")
#: fields that are of no date: writing them anew changes no month's figures
CARD = ("name", "address", "contact", "phone", "email", "opened")
#: kinds of units that files name
UNIT_KINDS = ("park", "zone", "county", "city")
_LONGEST = {"name": 200, "address": 200, "contact": 60, "phone": 40}
_YES = frozenset({"1", "是", "y", "yes", "true", "√", "有", "on"})
_NO = frozenset({"0", "否", "n", "no", "false", "×", "无", "off"})
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SIZE_WORDS = {"大型": "large", "中型": "medium", "小型": "small", "微型": "micro"}
_OWNER_WORDS = {
    "国有": "state", "集体": "collective", "私营": "private", "港澳台": "hkmt",
    "港澳台投资": "hkmt", "港澳台商投资": "hkmt", "外商": "foreign", "外商投资": "foreign",
    "其他": "other",
}  # fmt: skip


@dataclass(slots=True)
class Entry:
    """What was read: good values by field, and refusals by field."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, Refusal] = field(default_factory=dict)


class UnitFinder:
    """Parks and zones by code and by name, as files write them."""

    def __init__(self) -> None:
        self._known: dict[str, Unit] = {}
        for unit in Unit.objects.filter(kind__in=UNIT_KINDS):
            for word in (unit.code, unit.name, *unit.record.get("aliases", ())):
                self._known.setdefault(word, unit)

    def find(self, word: str) -> Unit | None:
        """The unit that is meant."""
        return self._known.get(word)


def read_entry(given: Mapping[str, Any], units: UnitFinder, *, partial: bool = False) -> Entry:
    """Read the fields that are given; ``partial`` asks for no field that is left out."""
    return read_fields(
        given,
        LABELS,
        REQUIRED,
        lambda name, raw, text: _value(name, raw, text, units),
        partial=partial,
    )


def read_fields(
    given: Mapping[str, Any],
    labels: Mapping[str, Any],
    required: Collection[str],
    value: Callable[[str, Any, str], Any],
    *,
    partial: bool,
) -> Entry:
    """Read the fields of a register one by one; ``value`` reads one that says something."""
    entry = Entry()
    for name in labels:
        raw = given.get(name)
        text = "" if raw is None else str(raw).strip()
        if not text:
            if name in required and (not partial or name in given):
                entry.faults[name] = Refusal(
                    f"{name}_missing",
                    _("“%(field)s” is empty.") % {"field": labels[name]},
                    _("Fill it in."),
                    place=name,
                )
            elif name in given:
                entry.values[name] = _empty(name)
            continue
        try:
            entry.values[name] = value(name, raw, text)
        except Refusal as refusal:
            refusal.place = name
            entry.faults[name] = refusal
    return entry


def _empty(name: str) -> Any:
    return False if name in ("above_scale", "trader") else None if name == "since" else ""


def _value(name: str, raw: Any, text: str, units: UnitFinder) -> Any:
    if name == "code":
        return read_code(text)
    if name == "unit":
        return read_unit(text, units)
    if name == "industry":
        return read_industry(text)
    if name == "place":
        return read_place(text)
    if name in ("opened", "since"):
        return read_day(raw, text)
    if name in ("above_scale", "trader"):
        return _truth(text)
    if name == "size":
        return _choice(text, SIZES, _SIZE_WORDS, "size_unknown")
    if name == "ownership":
        return _choice(text, OWNERSHIPS, _OWNER_WORDS, "ownership_unknown")
    return read_text(name, text)


def read_unit(text: str, units: UnitFinder) -> Unit:
    """A park or zone by its name or code."""
    unit = units.find(text)
    if unit is None:
        raise _unknown("unit_unknown", text, _("Write the name or the code of a park or zone."))
    return unit


def read_industry(text: str) -> str:
    """A code of GB/T 4754, as it is kept: without the letter of the section."""
    code = text.upper()
    if not industry_known(code):
        raise _unknown("industry_unknown", text, _("Write a code of GB/T 4754-2017, as 3411."))
    return code[1:] if code[0].isalpha() else code


def read_place(text: str) -> str:
    """A code of GB/T 2260 that is in force."""
    if not place_known(text):
        raise _unknown("place_unknown", text, _("Write a code of GB/T 2260 that is in force."))
    return text


def read_code(text: str) -> str:
    """A unified social credit code of a real enterprise."""
    code = plain_code(text)
    if is_practice_code(code):
        raise Refusal(
            "practice_code",
            _("“%(text)s” is a code of practice data.") % {"text": text[:40]},
            _("Keep practice enterprises in the practice space, and real ones here."),
        )
    if is_code(code):
        return code
    right = check_character(code[:-1]) if len(code) == 18 else ""
    remedy = (
        _("The last character should be %(right)s; check the others too.") % {"right": right}
        if right
        else _("It has 18 digits and capital letters, without I, O, S, V and Z.")
    )
    raise Refusal(
        "code_wrong", _("“%(text)s” is not a right credit code.") % {"text": text[:40]}, remedy
    )


def _unknown(code: str, text: str, remedy: Any) -> Refusal:
    return Refusal(code, _("“%(text)s” is not known.") % {"text": text[:40]}, remedy)


def read_day(raw: Any, text: str) -> date:
    """A day as a workbook or a person writes it."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    match = _DATE.match(text)
    if match is not None:
        try:
            day = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            day = None
        if day is not None and 1949 <= day.year <= 2100:
            return day
    raise Refusal(
        "date_wrong",
        _("“%(text)s” is not a date.") % {"text": text[:40]},
        _("Write it as 2026-11-20."),
    )


def _truth(text: str) -> bool:
    word = text.lower().removesuffix(".0")
    if word in _YES or word in _NO:
        return word in _YES
    raise Refusal(
        "yes_or_no",
        _("“%(text)s” is neither yes nor no.") % {"text": text[:40]},
        _("Write 是 or 否."),
    )


def _choice(text: str, known: Mapping[str, Any], words: Mapping[str, str], code: str) -> str:
    chosen = text if text in known else words.get(text, "")
    if not chosen:
        listed = "、".join(str(label) for label in known.values())
        raise _unknown(code, text, _("Write one of: %(listed)s.") % {"listed": listed})
    return chosen


def read_text(name: str, text: str) -> str:
    """A line of text of a field, no longer than the field is."""
    text = " ".join(text.split())
    longest = _LONGEST.get(name, 254)
    if len(text) > longest:
        raise Refusal(
            "too_long",
            _("The text is longer than %(n)d characters.") % {"n": longest},
            _("Shorten it."),
        )
    if name == "email" and not _MAIL.fullmatch(text):
        raise Refusal(
            "email_wrong",
            _("“%(text)s” is not an e-mail address.") % {"text": text[:40]},
            _("Write it as name@example.cn, or leave it empty."),
        )
    return text
