"""Forms of promotion (招商表单): made of one declaration of their fields; the acts check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import Permission
from hexi.portal.projects.models.project_record import ORIGINS
from hexi.portal.promotion.entry import Field
from hexi.portal.promotion.wording import ten_thousands, words_of

__all__ = ["form_of", "initial_of", "office_units"]

_KINDS = ("province", "city", "zone", "park")


def office_units(person: Person | None) -> list[Unit]:
    """Units for which a person may enter something, in the order of the tree."""
    if person is None or not person.grants(Permission.PROMOTE):
        return []
    units = Unit.objects.filter(kind__in=_KINDS, until="").order_by("order")
    return [unit for unit in units if person.covers(unit.path)]


def form_of(
    fields: Mapping[str, Field],
    data: Any = None,
    *,
    initial: Mapping[str, Any] | None = None,
    units: Iterable[Unit] = (),
) -> forms.Form:
    """An unbound or bound form of these fields; units are those that may be chosen."""
    listed = [(unit.code, name_of(unit)) for unit in units]
    made = {name: _field(field, listed) for name, field in fields.items()}
    kind = type("EntryForm", (forms.Form,), made)
    given = dict(initial or {})
    if len(listed) == 1:
        given.setdefault("unit", listed[0][0])
    form: forms.Form = kind(data, initial=given)
    return form


def initial_of(row: Any, fields: Mapping[str, Field]) -> dict[str, Any]:
    """What a row has in these fields, as a form shows it."""
    found = {}
    for name, field in fields.items():
        value = getattr(row, name)
        if field.kind == "money":
            found[name] = ten_thousands(value)
        elif field.kind == "unit":
            found[name] = value.code
        elif field.kind in ("day", "past"):
            found[name] = value.isoformat() if value else ""
        else:
            found[name] = "" if value is None else str(value)
    return found


def _field(field: Field, units: list[tuple[str, str]]) -> forms.Field:
    common: dict[str, Any] = {
        "label": field.label,
        "required": False,
        "help_text": field.hint,
    }
    required = {"required": True} if field.required else {}
    match field.kind:
        case "unit":
            return forms.ChoiceField(choices=[("", "—"), *units], **common)
        case "word":
            listed = list(words_of(field.words).items())
            return forms.ChoiceField(choices=[("", "—"), *listed], **common)
        case "origin":
            return forms.ChoiceField(choices=[("", "—"), *ORIGINS.items()], **common)
        case "day" | "past":
            most = {"max": timezone.localdate().isoformat()} if field.kind == "past" else {}
            widget = forms.DateInput(attrs={"type": "date", **most, **required})
            return forms.CharField(widget=widget, max_length=20, **common)
        case "long":
            area = forms.Textarea(attrs={"rows": 4, **required})
            return forms.CharField(widget=area, max_length=4000, **common)
        case "count" | "percent" | "money":
            text = forms.TextInput(attrs={"inputmode": "decimal", **required})
            return forms.CharField(widget=text, max_length=60, **common)
        case _:
            line = forms.TextInput(attrs=required)
            return forms.CharField(widget=line, max_length=field.longest, **common)
