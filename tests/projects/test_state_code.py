"""State project code (国家统一项目代码): read as written, and told group by group."""

from __future__ import annotations

from datetime import date

import pytest

from hexi.projects.state_code import plain_state_code, state_code_fault

PLACES = frozenset({"620000", "620100", "620102"})
TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    "written",
    [
        "2401-620100-04-01-123456",
        " 2401-620100-04-01-123456 ",
        "2401—620100—04—01—123456",
        "２４０１-620100-04-01-123456",
        "24016201000401123456",
        "2401 620100 04 01 123456",
    ],
)
def test_a_code_is_kept_plain(written: str) -> None:
    assert plain_state_code(written) == "2401-620100-04-01-123456"
    assert state_code_fault(plain_state_code(written), PLACES, TODAY) == ("", "")


@pytest.mark.parametrize(
    ("code", "wrong", "group"),
    [
        ("XM-2024-001", "shape", "XM-2024-001"),
        ("", "shape", ""),
        ("2413-620100-04-01-123456", "group_1", "2413"),
        ("2400-620100-04-01-123456", "group_1", "2400"),
        ("2612-620100-04-01-123456", "group_1", "2612"),
        ("9901-620100-04-01-123456", "group_1", "9901"),
        ("24o1-620100-04-01-123456", "group_1", "24o1"),
        ("2401-629999-04-01-123456", "group_2", "629999"),
        ("2401-62010-04-01-123456", "group_2", "62010"),
        ("2401-620100-00-01-123456", "group_3", "00"),
        ("2401-620100-4-01-123456", "group_3", "4"),
        ("2401-620100-04-00-123456", "group_4", "00"),
        ("2401-620100-04-01-12345", "group_5", "12345"),
        ("2401-620100-04-01-12345x", "group_5", "12345x"),
    ],
)
def test_the_wrong_group_is_named(code: str, wrong: str, group: str) -> None:
    assert state_code_fault(code, PLACES, TODAY) == (wrong, group)


def test_the_state_and_zones_have_places_of_their_own() -> None:
    assert state_code_fault("2401-000000-04-01-123456", PLACES, TODAY) == ("", "")
    assert state_code_fault("2401-620171-04-01-123456", PLACES, TODAY) == ("", "")
    assert state_code_fault("2401-620971-04-01-123456", PLACES, TODAY)[0] == "group_2"
