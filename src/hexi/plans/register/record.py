"""Records (交换记录): plain frozen types as JSON, and the JSON Schema that describes them.

Both follow from the types alone, so the schema that ships cannot say something else than the
export does. Figures are JSON numbers; the digits as printed stand beside them.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

__all__ = ["as_record", "json_schema"]

_SCALARS: Mapping[type, str] = {
    bool: "boolean",
    int: "integer",
    str: "string",
    float: "number",
    Decimal: "number",
}


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def as_record(value: Any) -> Any:
    """Dictionaries, lists and numbers of a frozen value."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple):
        return [as_record(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {name: as_record(getattr(value, name)) for name in _names(type(value))}
    return value


def json_schema(kind: type, title: str) -> dict[str, Any]:
    """JSON Schema (2020-12) of the records of a type."""
    definitions: dict[str, Any] = {}
    _define(kind, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "$ref": f"#/$defs/{kind.__name__}",
        "$defs": dict(sorted(definitions.items())),
    }


def _define(kind: type, definitions: dict[str, Any]) -> None:
    if kind.__name__ in definitions:
        return
    definitions[kind.__name__] = {}
    hints = get_type_hints(kind)
    properties = {field.name: _of(hints[field.name], definitions) for field in fields(kind)}
    definitions[kind.__name__] = {
        "type": "object",
        "description": (kind.__doc__ or "").strip().partition("\n")[0],
        "properties": properties,
        "required": [field.name for field in fields(kind) if _always(field)],
        "additionalProperties": False,
    }


def _always(field: Field[Any]) -> bool:
    """Every field is written, so every field is required of a record."""
    return field.init or field.default is not MISSING


def _of(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin = get_origin(hint)
    if origin is Literal:
        return {"enum": list(get_args(hint))}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_of(option, definitions) for option in get_args(hint)]}
    if origin is tuple:
        return {"type": "array", "items": _of(get_args(hint)[0], definitions)}
    if hint is type(None):
        return {"type": "null"}
    if hint in _SCALARS:
        return {"type": _SCALARS[hint]}
    if is_dataclass(hint) and isinstance(hint, type):
        _define(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    raise TypeError(f"no JSON form for {hint!r}")
