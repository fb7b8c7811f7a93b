"""Words of events (事件用语): fields and values are stored as codes and worded when shown.

Core knows its own fields; an app names the codes of its fields once, when it is made ready.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.roles import Role

__all__ = ["MACHINE_FIELDS", "field_label", "name_values", "value_text"]

#: what only a program reads: numbers of rows, and keys that find a thing again
MACHINE_FIELDS = frozenset({"plan", "reading", "key", "stamp", "code"})

_FIELDS: dict[str, Any] = {
    "active": lazy("May sign in"),
    "name": lazy("Name"),
    "password": lazy("Password"),
    "person.name": lazy("Full name"),
    "role": lazy("Role"),
    "token": lazy("Key"),
    "units": lazy("Units"),
    "username": lazy("User name"),
    "way": lazy("Way in"),
    "version": lazy("Version"),
}
_VALUES: dict[str, Mapping[str, Any]] = {
    "role": dict(Role.choices),
    "way": {"link": lazy("sign-in link"), "password": lazy("password")},
}


def name_values(fields: Mapping[str, Any], values: Mapping[str, Mapping[str, Any]]) -> None:
    """Add the fields of an app, and the words for their codes."""
    _FIELDS.update(fields)
    _VALUES.update(values)


def field_label(field: str, thing: str) -> str:
    """The label of a field; one word may mean two fields of two kinds of things."""
    return str(_FIELDS.get(f"{thing}.{field}") or _FIELDS.get(field, field))


def value_text(field: str, value: Any) -> str:
    """A value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "、".join(value_text(field, item) for item in value)
    return str(_VALUES.get(field, {}).get(value, value))
