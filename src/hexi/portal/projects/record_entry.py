"""Entry of a project (项目录入项): the fields of its record, read from a form, a file or a program.

Every field that is wrong is told, with what it should be. ``read_record`` reads text as people
write it; ``check_record`` looks at values that are typed already. Both end in the same values:
money in whole yuan, days as dates, a unit as its row.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.plans.models import PlanRow
from hexi.portal.projects.models.project_record import ORIGINS
from hexi.portal.projects.practice_mark import bears_mark
from hexi.portal.projects.record_labels import DAYS, LABELS, LONGEST, MONEY, NUMBERS
from hexi.portal.projects.stagebook import choices, stage_book
from hexi.portal.returns.models import Enterprise
from hexi.portal.returns.registers.classes import PLACE, classification_of
from hexi.portal.returns.registers.credit_code import plain_code
from hexi.portal.returns.registers.entry import (
    Entry,
    UnitFinder,
    read_code,
    read_day,
    read_industry,
    read_place,
)
from hexi.projects.money import UNITS, MoneyFault, in_unit, read_money
from hexi.projects.state_code import plain_state_code, state_code_fault
from hexi.statistics.practice import is_practice_code

__all__ = ["REQUIRED", "check_record", "read_record", "read_yuan"]

REQUIRED: Final = ("name", "kind", "unit")
#: more than all of the country invests in a year is a slip of the unit
_MOST_YUAN: Final = 10**15
_EMPTY: Final[dict[str, Any]] = {
    **dict.fromkeys((*MONEY, *DAYS, *NUMBERS, "enterprise", "plan", "leader", "steward")),
    "sources": {},
    "tags": [],
}


def read_record(
    given: Mapping[str, Any],
    units: UnitFinder,
    *,
    today: date,
    partial: bool = False,
    practice: bool = False,
    money: Mapping[str, str] | None = None,
) -> Entry:
    """Read fields of text, and numbers and days as a workbook has them.

    Money is read in the unit that it names itself, else that of its column's head (``money``, field
    to 元, 万元, 亿元), else in 万元. ``partial`` asks for no field that is left out; ``today`` is
    the office's day; the codes of ``practice`` records are those of nobody.
    """
    heads = money or {}
    return _each(
        given,
        lambda name, raw: _read(name, raw, units, today, practice, heads.get(name) or "万元"),
        partial,
    )


def check_record(
    given: Mapping[str, Any], *, today: date, partial: bool = False, practice: bool = False
) -> Entry:
    """Look at values that are typed: money in whole yuan, days, a unit or its code."""
    units = _Coded()
    return _each(given, lambda name, raw: _typed(name, raw, units, today, practice), partial)


class _Coded(UnitFinder):
    """Units of any kind, by code alone."""

    def __init__(self) -> None:
        self._known = {}

    def find(self, word: str) -> Unit | None:
        return Unit.objects.filter(code=word).first()


def _each(given: Mapping[str, Any], value: Any, partial: bool) -> Entry:
    entry = Entry()
    for name in LABELS:
        raw = given.get(name)
        empty = raw is None or raw == {} or raw == [] or (isinstance(raw, str) and not raw.strip())
        if empty and name in REQUIRED and (not partial or name in given):
            entry.faults[name] = Refusal(
                f"{name}_missing",
                gapped(_("“%(field)s” is empty."), field=LABELS[name]),
                _("Fill it in."),
                place=name,
            )
        elif empty and name in given:
            entry.values[name] = _EMPTY.get(name, "")
        elif not empty:
            try:
                entry.values[name] = value(name, raw)
            except Refusal as refusal:
                refusal.place = name
                entry.faults[name] = refusal
    _sum_up(entry, given)
    return entry


def _exact(yuan: int) -> str:
    """A sum to the yuan, in 万元 as forms and files have it."""
    return f"{Decimal(in_unit(yuan)):,}"


def _sum_up(entry: Entry, given: Mapping[str, Any]) -> None:
    """Sources add up to the total where both are given."""
    sources, total = entry.values.get("sources"), entry.values.get("total")
    if not sources or total is None or "sources" in entry.faults:
        return
    found = sum(sources.values())
    if found != total:
        entry.faults["sources"] = Refusal(
            "sources_differ",
            gapped(
                _("The sources add up to %(found)s, the total is %(total)s, in 10,000 yuan."),
                found=_exact(found),
                total=_exact(total),
            ),
            _("Correct the sources or the total."),
            place="sources",
        )


def _typed(name: str, raw: Any, units: UnitFinder, today: date, practice: bool) -> Any:
    if name == "unit" and isinstance(raw, Unit):
        return raw
    if name in MONEY and isinstance(raw, int) and not isinstance(raw, bool):
        return _bounded(raw)
    if name == "sources" and isinstance(raw, Mapping):
        return {_source(key): _bounded(int(yuan)) for key, yuan in raw.items()}
    nouns = {"enterprise": Enterprise, "plan": PlanRow, "leader": Person, "steward": Person}
    if name in nouns and isinstance(raw, nouns[name]):
        return raw
    return _read(name, raw, units, today, practice, "元")


def _read(name: str, raw: Any, units: UnitFinder, today: date, practice: bool, money: str) -> Any:
    text = raw.strip() if isinstance(raw, str) else str(raw)
    book = stage_book()
    match name:
        case "unit":
            return raw if isinstance(raw, Unit) else _unit(text, units)
        case "kind":
            return _chosen(text, choices(book.kinds.values()), book.kinds, "kind_unknown")
        case "stage":
            return _chosen(text, choices(book.stages.values()), book.stages, "stage_unknown")
        case "origin":
            return _origin(text)
        case "tags":
            return _tags(raw)
        case "state_code":
            return _state_code(text, today)
        case "investor_code":
            return _credit_code(text, practice)
        case "industry":
            return read_industry(text)
        case "place":
            return read_place(text)
        case "sources":
            return _sources(raw, money)
        case "enterprise" | "plan" | "leader" | "steward":
            return _noun(name, raw, text)
        case _ if name in MONEY:
            return read_yuan(text, money)
        case _ if name in DAYS:
            return read_day(raw, text)
        case _ if name in NUMBERS:
            return _number(name, text)
        case _:
            return _text(name, text)


def _unit(text: str, units: UnitFinder) -> Unit:
    found = units.find(text) or Unit.objects.filter(code=text).first()
    if found is None:
        raise _unknown("unit_unknown", text, _("Write the name or the code of a park or zone."))
    return found


def _chosen(text: str, words: list[tuple[str, str]], known: Mapping[str, Any], code: str) -> str:
    """An id or a name of the pack, in either language."""
    for id, choice in known.items():
        if text in (id, choice.name, choice.name_en):
            return id
    listed = "、".join(label for _id, label in words)
    raise _unknown(code, text, gapped(_("Write one of: %(listed)s."), listed=listed))


_ORIGIN_WORDS: Final = {
    **dict.fromkeys(("省内", "本省"), "local"),
    **dict.fromkeys(("省外", "外省"), "province_outside"),
    **dict.fromkeys(("外资", "境外", "国外", "港澳台", "境外及港澳台"), "foreign"),
}


def _origin(text: str) -> str:
    labels = {str(label): origin for origin, label in ORIGINS.items()}
    found = text if text in ORIGINS else _ORIGIN_WORDS.get(text, labels.get(text, ""))
    if not found:
        raise _unknown("origin_unknown", text, _("Write one of: 省内、省外、外资."))
    return found


def _tags(raw: Any) -> list[str]:
    book = stage_book()
    given = raw if isinstance(raw, list | tuple) else _split(str(raw))
    words = choices(book.tags.values())
    found = [_chosen(str(word).strip(), words, book.tags, "tag_unknown") for word in given]
    return list(dict.fromkeys(found))


def _split(text: str) -> list[str]:
    for mark in "，,；;|":
        text = text.replace(mark, "、")
    return [word for word in text.split("、") if word.strip()]


def _state_code(text: str, today: date) -> str:
    code = plain_state_code(text)
    places = {item.code for item in classification_of(PLACE).items}
    wrong, group = state_code_fault(code, places, today)
    if not wrong:
        return code
    raise Refusal(
        "state_code_wrong",
        gapped(_("“%(text)s” is no state project code."), text=text[:40])
        if wrong == "shape"
        else gapped(_GROUPS[wrong], group=group[:20]),
        _("Write the code of the approval, as 2401-620100-04-01-123456."),
    )


_GROUPS: Final[dict[str, Any]] = {
    "group_1": _("The first group “%(group)s” is no year and month up to today, as 2401."),
    "group_2": _("The second group “%(group)s” is no place of GB/T 2260, as 620100."),
    "group_3": _("The third group “%(group)s” is not two digits, as 04."),
    "group_4": _("The fourth group “%(group)s” is not two digits, as 01."),
    "group_5": _("The fifth group “%(group)s” is not six digits."),
}


def _credit_code(text: str, practice: bool) -> str:
    code = plain_code(text)
    if not practice:
        return read_code(code)
    if not is_practice_code(code):
        raise Refusal(
            "real_code",
            gapped(_("“%(text)s” is no code of practice data."), text=text[:40]),
            _("Keep real investors out of the practice records."),
        )
    return code


def _sources(raw: Any, money: str) -> dict[str, int]:
    """Sums by source: a mapping, or text as 企业自筹 3000、国内贷款 2000."""
    if isinstance(raw, Mapping):
        return {_source(key): read_yuan(str(value), money) for key, value in raw.items()}
    found: dict[str, int] = {}
    for part in _split(str(raw)):
        word, _colon, sum_ = part.replace("：", " ").replace(":", " ").strip().partition(" ")
        found[_source(word)] = read_yuan(sum_, money)
    return found


def _source(word: str) -> str:
    known = stage_book().sources
    return _chosen(str(word).strip(), choices(known.values()), known, "source_unknown")


def read_yuan(text: str, unit: str) -> int:
    """Whole yuan of a text; ``unit`` is meant where it names none.

    Raises:
        Refusal: where it is no sum that a project can have.
    """
    try:
        return _bounded(read_money(text, unit))
    except MoneyFault as fault:
        message, remedy = _MONEY_SAID[fault.code]
        raise Refusal(fault.code, gapped(message, text=text[:40]), remedy) from fault


_MONEY_SAID: Final[dict[str, tuple[Any, Any]]] = {
    "money_wrong": (_("“%(text)s” is not one sum of money."), _("Write a number, as 3500.")),
    "money_unit": (
        _("“%(text)s” has a unit that is not known."),
        gapped(_("Write one of: %(listed)s."), listed="、".join(UNITS)),
    ),
    "money_currency": (_("“%(text)s” is in another currency."), _("Write it in yuan.")),
    "money_parts": (_("“%(text)s” is not whole yuan."), _("Round it to whole yuan.")),
    "money_negative": (_("“%(text)s” is below zero."), _("Write a sum of zero or more.")),
}


def _bounded(yuan: int) -> int:
    if yuan < 0:
        message, remedy = _MONEY_SAID["money_negative"]
        raise Refusal("money_negative", gapped(message, text=str(yuan)), remedy)
    if yuan > _MOST_YUAN:
        raise Refusal(
            "money_too_much",
            _("The sum is more than a project can cost."),
            _("Check its unit: 元, 万元 or 亿元."),
        )
    return yuan


def _number(name: str, text: str) -> Any:
    least, most, places = NUMBERS[name]
    try:
        number = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not least <= number <= most:
        raise Refusal(
            "number_wrong",
            gapped(_("“%(text)s” is not a number that can stand here."), text=text[:40]),
            gapped(_("Write a number from %(least)s to %(most)s."), least=least, most=most),
        )
    if places == 0 and number != number.to_integral_value():
        raise Refusal(
            "number_wrong",
            gapped(_("“%(text)s” is not a whole number."), text=text[:40]),
            _("Write a whole number."),
        )
    if name in ("longitude", "latitude"):
        return float(number)
    return int(number) if places == 0 else round(number, places)


def _noun(name: str, raw: Any, text: str) -> Any:
    """A row that the record points to: an enterprise by its credit code, or by a name that only one
    has; a person by user name."""
    if name == "enterprise":
        found: Any = Enterprise.objects.filter(code=plain_code(text)).first() or _firm(text)
    elif name == "plan":
        found = PlanRow.objects.filter(pk=int(text)).first() if text.isdecimal() else None
    else:
        found = Person.objects.filter(username=text, is_active=True).first()
    if found is None:
        raise _unknown(f"{name}_unknown", text, _("Choose one of the list, or leave it empty."))
    return found


def _firm(text: str) -> Enterprise | None:
    named = list(Enterprise.objects.filter(name=" ".join(text.split()))[:2])
    if len(named) > 1:
        raise Refusal(
            "enterprise_ambiguous",
            gapped(_("Several enterprises are called “%(text)s”."), text=text[:40]),
            _("Write its unified social credit code."),
        )
    return named[0] if named else None


def _text(name: str, text: str) -> str:
    text = text if name == "content" else " ".join(text.split())
    if len(text) > LONGEST[name]:
        raise Refusal(
            "too_long",
            gapped(_("The text is longer than %(n)d characters."), n=LONGEST[name]),
            _("Shorten it."),
        )
    if name == "name" and bears_mark(text):
        raise Refusal(
            "marked_name",
            _("The name bears the mark of practice projects."),
            _("Leave practice projects out; a real one has a name without the mark."),
        )
    return text


def _unknown(code: str, text: str, remedy: Any) -> Refusal:
    return Refusal(code, gapped(_("“%(text)s” is not known."), text=text[:40]), remedy)
