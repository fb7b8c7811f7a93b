"""Words of events (事件用语): fields and values are stored as codes and worded when shown.

Core knows its own fields; an app names the codes of its fields once, when it is made ready.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.roles import Role

__all__ = [
    "MACHINE_FIELDS",
    "cell_labels",
    "field_label",
    "name_cells",
    "name_values",
    "value_text",
]

#: what only a program reads: numbers of rows, and keys that find a thing again
MACHINE_FIELDS = frozenset({"plan", "reading", "key", "stamp", "code", "import", "line"})

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
#: kind of thing to what words the names of its cells
_CELLS: dict[str, Callable[[Iterable[str]], Mapping[str, str]]] = {}


def name_values(fields: Mapping[str, Any], values: Mapping[str, Mapping[str, Any]]) -> None:
    """Add the fields of an app, and the words for their codes."""
    _FIELDS.update(fields)
    _VALUES.update(values)


def name_cells(thing: str, words: Callable[[Iterable[str]], Mapping[str, str]]) -> None:
    """Say how the cells of a kind of thing are worded: their names are addresses within it."""
    _CELLS[thing] = words


def cell_labels(thing: str, fields: Iterable[str]) -> Mapping[str, str]:
    """Labels of those fields that are cells, all of one kind of thing at once."""
    return _CELLS[thing](fields) if thing in _CELLS else {}


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
        parts = [value_text(field, item) for item in value]
        # whole sentences stand side by side
        return ("" if all(part.endswith("。") for part in parts) else "、").join(parts)
    if isinstance(value, dict):
        pairs = value.items()
        return "、".join(f"{value_text(field, key)} {value_text(field, one)}" for key, one in pairs)
    return str(_VALUES.get(field, {}).get(value, value))
