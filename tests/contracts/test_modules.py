"""How a module is built (模块写法): short, named by its concept, with its place in office life."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contracts.project import (
    ROOT,
    expect_none,
    functions,
    modules,
    place,
    tracked,
    tree,
)

LONGEST_FILE = 500
LONGEST_FUNCTION = 60
EMPTY_NAMES = frozenset({"utils", "util", "helpers", "helper", "manager", "common", "misc"})
HAN = re.compile(r"[\u4e00-\u9fff]")
UNFINISHED = re.compile(r"#.*\b(TODO|FIXME|XXX|HACK)\b")


def faults(check: Callable[[Path], list[str]]) -> list[str]:
    return [fault for path in modules() for fault in check(path)]


def test_every_module_says_what_it_is() -> None:
    expect_none([place(p) for p in modules() if not ast.get_docstring(tree(p))])


def test_the_docstring_of_every_room_gives_the_chinese_term() -> None:
    rooms = [p for p in modules() if p.name == "__init__.py"]
    silent = [place(p) for p in rooms if not HAN.search(ast.get_docstring(tree(p)) or "")]
    expect_none(silent)


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    python = [p for p in tracked() if p.suffix in {".py", ".css", ".js"}]
    expect_none(
        [
            f"{place(p)}: {count} lines"
            for p in python
            if (count := len(p.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
        ]
    )


def test_no_function_is_longer_than_a_screen() -> None:
    def check(path: Path) -> list[str]:
        return [
            f"{place(path, f.lineno)} {f.name}: {(f.end_lineno or 0) - f.lineno + 1} lines"
            for f in functions(path)
            if (f.end_lineno or 0) - f.lineno + 1 > LONGEST_FUNCTION
        ]

    expect_none(faults(check))


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    named = [place(p) for p in modules() if EMPTY_NAMES & {p.stem, p.parent.name}]
    expect_none(named)


def test_nothing_is_left_unfinished() -> None:
    def check(path: Path) -> list[str]:
        lines = path.read_text(encoding="utf-8").splitlines()
        marks = [place(path, n) for n, line in enumerate(lines, 1) if UNFINISHED.search(line)]
        return marks + [
            f"{place(path, f.lineno)} {f.name}" for f in functions(path) if _does_nothing(f)
        ]

    expect_none(faults(check))


def _does_nothing(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    body = function.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    if len(body) != 1:
        return False
    last = body[0]
    if isinstance(last, ast.Pass):
        return True
    if not isinstance(last, ast.Raise) or last.exc is None:
        return False
    raised = last.exc.func if isinstance(last.exc, ast.Call) else last.exc
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"


def test_every_name_has_a_visible_home() -> None:
    def check(path: Path) -> list[str]:
        return [
            place(path, node.lineno)
            for node in ast.walk(tree(path))
            if isinstance(node, ast.ImportFrom) and any(name.name == "*" for name in node.names)
        ]

    expect_none(faults(check))


def test_public_functions_are_typed() -> None:
    def check(path: Path) -> list[str]:
        return [
            f"{place(path, f.lineno)} {f.name}"
            for f in functions(path)
            if not f.name.startswith("_") and f.returns is None
        ]

    expect_none(faults(check))


@pytest.mark.parametrize("folder", ["src", "tests", "tools"])
def test_a_file_name_is_plain(folder: str) -> None:
    odd = [
        place(p)
        for p in tracked()
        if ROOT / folder in p.parents and re.search(r"[^A-Za-z0-9_.\-]", p.name)
    ]
    expect_none(odd)
