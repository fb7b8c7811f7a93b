"""Faults of the register (名录缺陷): each named, all at once."""

from __future__ import annotations

from typing import Any

import pytest

from hexi.warehouse import Registry, WarehouseError
from hexi.warehouse.registry_check import faults_of_registry
from hexi.warehouse.trees import branches

SOUND: dict[str, list[dict[str, Any]]] = {
    "form": [{"id": 1, "code": "QY01", "frequency": "month"}],
    "item": [{"id": 1, "code": "output"}],
    "facet": [{"id": 1, "code": "KZ", "name": "哈萨克斯坦"}],
    "reporter": [
        {"id": 1, "code": "r1"},
        {"id": 2, "code": "r2", "since": 202001, "until": 202301},
    ],
    "unit": [{"id": i, "code": f"u{i}"} for i in (1, 2, 3, 4)],
    "edge": [
        {"unit": 2, "parent": 1, "tree": "place"},
        {"unit": 3, "parent": 1, "tree": "place", "until": 202101},
        {"unit": 3, "parent": 2, "tree": "place", "since": 202101},
    ],
    "membership": [
        {"reporter": 1, "unit": 2, "tree": "place", "until": 202201},
        {"reporter": 1, "unit": 3, "tree": "place", "since": 202201},
        {"reporter": 1, "unit": 4, "tree": "industry"},
        {"reporter": 2, "unit": 3, "tree": "place", "since": 202001, "until": 202301},
    ],
}


def test_a_sound_register_has_no_fault() -> None:
    assert faults_of_registry(Registry.of(SOUND)) == []


@pytest.mark.parametrize(
    ("table", "row", "code", "found"),
    [
        ("form", {"id": 2, "code": "QY02", "frequency": "weekly"}, "frequency", "weekly"),
        ("item", {"id": 1, "code": "tax"}, "code_twice", "1"),
        ("item", {"id": 2, "code": "output"}, "code_twice", "output"),
        ("item", {"id": 2, "code": " "}, "empty_code", "2"),
        ("facet", {"id": 0, "code": "x"}, "code_twice", "0"),
        ("unit", {"id": 5, "code": "u5", "since": 202013}, "period", "u5 202013"),
        (
            "reporter",
            {"id": 5, "code": "r5", "since": 202002, "until": 202001},
            "ends_before",
            "r5",
        ),
        ("membership", {"reporter": 1, "unit": 9, "tree": "x"}, "unknown", "unit 9"),
        ("membership", {"reporter": 9, "unit": 1, "tree": "x"}, "unknown", "reporter 9"),
        (
            "membership",
            {"reporter": 2, "unit": 1, "tree": "x"},
            "outside_life",
            "reporter 2",
        ),
        (
            "membership",
            {"reporter": 1, "unit": 4, "tree": "place", "since": 202112},
            "overlap",
            "reporter 1",
        ),
        ("edge", {"unit": 3, "parent": 4, "tree": "place", "since": 202001}, "overlap", "unit 3"),
        ("edge", {"unit": 1, "parent": 3, "tree": "place", "since": 202101}, "cycle", "u1 → u3"),
        ("edge", {"unit": 4, "parent": 4, "tree": "place"}, "cycle", "u4 → u4"),
    ],
)
def test_a_fault_is_named(table: str, row: dict[str, Any], code: str, found: str) -> None:
    faults = faults_of_registry(Registry.of(SOUND | {table: [*SOUND[table], row]}))
    assert any(f.place in (table, "edge") and f.code == code and found in f.found for f in faults)
    for fault in faults:
        assert "{" not in fault.sentence() + fault.sentence("en")


def test_a_circle_that_never_stood_at_one_time_is_none() -> None:
    edges = [
        {"unit": 2, "parent": 1, "tree": "place", "until": 202101},
        {"unit": 1, "parent": 2, "tree": "place", "since": 202101},
    ]
    assert faults_of_registry(Registry.of(SOUND | {"edge": edges})) == []


def test_columns_that_do_not_fit_are_refused() -> None:
    for given in (
        {"units": []},
        {"unit": [{"id": 1, "cod": "x"}]},
        {"unit": [{"id": 1}]},
        {"unit": [{"id": "one", "code": "x"}]},
        {"unit": [{"id": 1, "code": None}]},
    ):
        with pytest.raises(WarehouseError):
            Registry.of(given)


def test_a_unit_is_shown_under_the_one_that_it_belonged_to() -> None:
    registry = Registry.of(SOUND)
    assert branches(registry, "place", 202001, 1) == {1: 1, 2: 2, 3: 3}
    assert branches(registry, "place", 202101, 1) == {1: 1, 2: 2, 3: 2}
    assert branches(registry, "place", 202101, None) == {1: 1, 2: 1, 3: 1, 4: 4}
    assert branches(registry, "place", 202101, 2) == {2: 2, 3: 3}
