"""Acts (行政行为): state changes in acts alone, inside a transaction, and each leaves its event."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.contracts.project import PORTAL, expect_none, modules, place, tree

CHANGES = frozenset({"save", "create", "bulk_create", "bulk_update", "get_or_create", "delete"})


def inside(folder: str) -> list[Path]:
    return [
        path
        for path in modules()
        if PORTAL in path.parents and folder in path.parts and path.name != "__init__.py"
    ]


def called(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            function = node.func
            names.add(
                function.attr if isinstance(function, ast.Attribute) else ast.unparse(function)
            )
    return names


@pytest.mark.parametrize("act", inside("acts"), ids=lambda p: p.stem)
def test_an_act_changes_and_records_in_one_transaction(act: Path) -> None:
    assert called(act) & {"record", "record_each"}, f"{place(act)} leaves no event"
    assert "atomic" in ast.unparse(tree(act)), f"{place(act)} opens no transaction"


def test_pages_and_the_api_change_nothing_themselves() -> None:
    found = []
    for path in inside("views") + inside("api"):
        for node in ast.walk(tree(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in CHANGES
                and ast.unparse(node.func.value) != "router"  # a way in, not a change
            ):
                found.append(f"{place(path, node.lineno)}: {ast.unparse(node.func)}")
    expect_none(found)


def test_no_rule_of_business_hangs_on_a_signal() -> None:
    expect_none(
        [
            place(path, node.lineno)
            for path in modules()
            if PORTAL in path.parents
            for node in ast.walk(tree(path))
            if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".signals")
        ]
    )


def test_no_clock_below_the_views() -> None:
    """An act is told when it happens (``at``), so that it can be repeated in a test."""
    expect_none(
        [
            f"{place(path, node.lineno)}: {ast.unparse(node)}"
            for path in inside("acts") + inside("queries")
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Call)
            and ast.unparse(node.func) in {"timezone.now", "datetime.now", "date.today", "now"}
        ]
    )
