"""Inputs of a screening as people type them (筛查录入): read by the kind of their field.

Amounts in 万元 may carry their own unit (3亿元); everything that is wrong is told by its field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from hexi.admission import Field, Rulebook
from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.core.typed_number import read_number
from hexi.projects.money import MoneyFault, read_money

__all__ = ["Typed", "read_inputs", "shown_input"]

_MONEY: Final = "万元"
#: nothing that is measured here needs more
_MOST_DIGITS: Final = 20


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, read: values by field, and what is wrong by field."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, Refusal] = field(default_factory=dict)


def read_inputs(typed: Mapping[str, Any], book: Rulebook, *, strict: bool = False) -> Typed:
    """The fields of the rulebook out of a form or a program's record; empty ones are not known."""
    found = Typed()
    for name in typed.keys() - book.fields.keys() if strict else ():
        found.faults[name] = Refusal(
            "no_such_field",
            gapped(_("The rules have no field “%(text)s”."), text=str(name)[:40]),
            _("Use the fields that the list of rules names."),
            place=name,
        )
    for one in book.fields.values():
        raw = typed.get(one.id)
        if raw is None or str(raw).strip() == "":
            continue
        try:
            found.values[one.id] = _value(one, raw)
        except Refusal as refusal:
            refusal.place = one.id
            found.faults[one.id] = refusal
    return found


def shown_input(one: Field, value: Any) -> str:
    """A value as a form shows it again."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:.10g}"
    return str(value)


def _value(one: Field, raw: Any) -> Any:
    if not one.numeric:
        word = str(raw).strip()
        return word.lower() if one.kind == "flag" else word
    text = str(raw).strip()
    if len(text) > _MOST_DIGITS:
        raise _no_number(text)
    if one.unit == _MONEY and text.endswith(("元", "亿", "万")):
        try:
            return read_money(text) / 10_000
        except MoneyFault as error:
            raise _no_number(text) from error
    return float(read_number(text))


def _no_number(text: str) -> Refusal:
    return Refusal(
        "not_a_number",
        gapped(_("“%(text)s” is not a number."), text=text[:40]),
        _("Write digits only, for example 30 or 1,234.5."),
    )
