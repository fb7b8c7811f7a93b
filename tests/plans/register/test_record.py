"""The export of a plan is what its schema says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hexi.plans.register import build_plan
from hexi.plans.register.record import json_schema
from hexi.plans.register.schema import from_types, shipped
from tests.plans.register.plan_text import plan_document, plan_statements

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


def faults(schema: dict[str, Any], value: Any, root: dict[str, Any], at: str = "$") -> list[str]:
    """Where a value breaks a schema (the part of JSON Schema that the export uses)."""
    if "$ref" in schema:
        return faults(root["$defs"][schema["$ref"].rpartition("/")[2]], value, root, at)
    if "anyOf" in schema:
        ways = [faults(option, value, root, at) for option in schema["anyOf"]]
        return [] if any(not way for way in ways) else ways[0]
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{at}: {value!r} is none of {schema['enum']}"]
    if schema["type"] == "array":
        if not isinstance(value, list):
            return [f"{at}: not a list"]
        found = [faults(schema["items"], item, root, f"{at}[{i}]") for i, item in enumerate(value)]
        return [fault for each in found for fault in each]
    if schema["type"] == "object":
        return _object_faults(schema, value, root, at)
    fits = isinstance(value, _TYPES[schema["type"]])
    if isinstance(value, bool) and schema["type"] != "boolean":
        fits = False
    return [] if fits else [f"{at}: {value!r} is no {schema['type']}"]


def _object_faults(schema: dict[str, Any], value: Any, root: dict[str, Any], at: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{at}: not an object"]
    found = [f"{at}.{key}: missing" for key in schema["required"] if key not in value]
    found += [f"{at}.{key}: unknown" for key in value if key not in schema["properties"]]
    for key, part in schema["properties"].items():
        if key in value:
            found += faults(part, value[key], root, f"{at}.{key}")
    return found


def record() -> dict[str, Any]:
    doc = plan_document()
    made: dict[str, Any] = json.loads(
        json.dumps(build_plan(doc, plan_statements(doc)).as_record(), ensure_ascii=False)
    )
    return made


def test_the_shipped_schema_says_what_the_types_say() -> None:
    assert shipped() == from_types()


def test_the_export_keeps_to_the_schema() -> None:
    schema = shipped()
    assert faults(schema, record(), schema) == []


def test_a_broken_export_does_not() -> None:
    schema, broken = shipped(), record()
    broken["targets"][0]["bound"] = "gt"
    broken["extra"] = 1
    del broken["title"]
    broken["horizon"]["start"] = "2021"
    places = [fault.partition(":")[0] for fault in faults(schema, broken, schema)]
    assert set(places) == {"$.targets[0].bound", "$.extra", "$.title", "$.horizon.start"}


def test_a_type_without_json_form_is_refused() -> None:
    from dataclasses import dataclass

    @dataclass(frozen=True)
    class Odd:
        part: set[str]

    with pytest.raises((TypeError, NameError)):
        json_schema(Odd, "odd")
