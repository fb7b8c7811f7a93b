"""Entry of promotion nouns (招商登记项): one declaration a field, read from forms, files and API.

Every field that is wrong is told at once, with what it should be.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Unit
from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.core.typed_number import read_number
from hexi.portal.projects.models.project_record import ORIGINS
from hexi.portal.promotion.wording import words_of
from hexi.portal.returns.registers.classes import PLACE, classification_of
from hexi.portal.returns.registers.entry import (
    Entry,
    read_code,
    read_day,
    read_industry,
    read_place,
)
from hexi.projects.money import MoneyFault, read_money

__all__ = ["Field", "checked_day", "read", "taken"]

#: more than all of the country invests in a year is a slip of the unit
_MOST_YUAN = 10**15
#: six digits that begin with the code of a province
_ELSEWHERE = re.compile("(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])[0-9]{4}")
_LONG = 4000
_MOST_PERCENT = 10_000


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what it is called and what may stand in it."""

    label: Any
    #: text, long, money, day, past, unit, code, industry, place, origin, word, count, percent
    kind: str = "text"
    required: bool = False
    longest: int = 200
    #: list of the pack's words, for ``word``
    words: str = ""
    hint: Any = ""


def read(
    given: Mapping[str, Any], fields: Mapping[str, Field], today: date, *, money: str = "万元"
) -> Entry:
    """Typed values of all fields; what is not given, or is wrong, is empty.

    Money without a unit is in 万元.
    """
    entry = Entry()
    for name, field in fields.items():
        raw = given.get(name)
        entry.values[name] = _EMPTY.get(field.kind, "")
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            if field.required:
                entry.faults[name] = Refusal(
                    f"{name}_missing",
                    gapped(_("“%(field)s” is empty."), field=field.label),
                    _("Fill it in."),
                    place=name,
                )
            continue
        try:
            entry.values[name] = _value(field, raw, today, money)
        except Refusal as refusal:
            refusal.place = name
            entry.faults[name] = refusal
    return entry


def taken(values: Mapping[str, Any], fields: Mapping[str, Field]) -> dict[str, Any]:
    """Values as an event keeps them; codes of a list under the list's own name."""
    return {
        f"promotion_{fields[name].words}" if fields[name].words else name: _plain(value)
        for name, value in values.items()
        if value not in (None, "") and name in fields
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Unit):
        return value.name
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


_EMPTY: dict[str, Any] = dict.fromkeys(("money", "day", "past", "unit", "count", "percent"))


def _value(field: Field, raw: Any, today: date, money: str) -> Any:
    text = str(raw).strip()
    match field.kind:
        case "money":
            return raw if isinstance(raw, int) and money == "元" else _money(text, money)
        case "day" | "past":
            day = read_day(raw, text)
            return checked_day(day, today) if field.kind == "past" else day
        case "unit":
            return raw if isinstance(raw, Unit) else _unit(text)
        case "code":
            return read_code(text)
        case "industry":
            return read_industry(text)
        case "place":
            return _place(text)
        case "origin":
            return _one_of(text, {key: str(word) for key, word in ORIGINS.items()})
        case "word":
            return _one_of(text, words_of(field.words))
        case "count":
            return _count(text)
        case "percent":
            return _percent(text)
        case _:
            return _text(field, text)


def checked_day(day: date, today: date) -> date:
    """A day on which something happened: not ahead."""
    if day > today:
        raise Refusal(
            "day_ahead",
            gapped(_("%(day)s lies ahead."), day=day.isoformat()),
            gapped(_("Write a day up to %(today)s."), today=today.isoformat()),
            place="day",
        )
    return day


def _money(text: str, unit: str) -> int:
    try:
        yuan = read_money(text, unit)
    except MoneyFault as fault:
        raise Refusal(
            fault.code,
            gapped(_("“%(text)s” is no sum of money in yuan."), text=text[:40]),
            _("Write a number in 万元, or with its unit, as 1.2亿元."),
        ) from fault
    if not 0 < yuan <= _MOST_YUAN:
        raise Refusal(
            "money_bounds",
            gapped(_("“%(text)s” is nothing, or more than anybody invests."), text=text[:40]),
            _("Check the unit: 元, 万元 or 亿元."),
        )
    return yuan


def _place(text: str) -> str:
    """A code of GB/T 2260: those of the pack's own province are looked up, others by their form."""
    if text[:2] in {code[:2] for code in _own_places()}:
        return read_place(text)
    if not _ELSEWHERE.fullmatch(text):
        raise _unknown("place_unknown", text, _("Write a code of GB/T 2260 that is in force."))
    return text


def _own_places() -> set[str]:
    """Codes that the pack lists."""
    return {item.code for item in classification_of(PLACE).items}


def _unit(text: str) -> Unit:
    unit = Unit.objects.filter(code=text).first() or Unit.objects.filter(name=text).first()
    if unit is None:
        raise _unknown("unit_unknown", text, _("Choose one of the list."))
    return unit


def _one_of(text: str, known: Mapping[str, str]) -> str:
    for key, word in known.items():
        if text in (key, word):
            return key
    listed = "、".join(known.values())
    raise _unknown("word_unknown", text, gapped(_("Write one of: %(listed)s."), listed=listed))


def _count(text: str) -> int:
    number = read_number(text)
    if number != number.to_integral_value() or not 0 <= number <= 10**6:
        raise Refusal(
            "not_a_count",
            gapped(_("“%(text)s” is not a count."), text=text[:40]),
            _("Write a whole number of zero or more."),
        )
    return int(number)


def _percent(text: str) -> Decimal:
    number = read_number(text.removesuffix("%"))
    if not -100 <= number <= _MOST_PERCENT:
        raise Refusal(
            "percent_bounds",
            gapped(_("“%(text)s” is no growth in per cent."), text=text[:40]),
            _("Write 15 for a growth of 15 per cent."),
        )
    return round(number, 2)


def _text(field: Field, text: str) -> str:
    longest = _LONG if field.kind == "long" else field.longest
    if field.kind != "long":
        text = " ".join(text.split())
    if len(text) > longest:
        raise Refusal(
            "too_long",
            gapped(_("The text is longer than %(n)d characters."), n=longest),
            _("Shorten it."),
        )
    return text


def _unknown(code: str, text: str, remedy: Any) -> Refusal:
    return Refusal(code, gapped(_("“%(text)s” is not known."), text=text[:40]), remedy)
