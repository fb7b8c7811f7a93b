"""Where things lie in the repository (仓库地图), for the tests of rules over the whole."""

from __future__ import annotations

import ast
import functools
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "hexi"
PORTAL = SOURCE / "portal"
VENDOR = PORTAL / "static" / "vendor"


@functools.cache
def tracked() -> tuple[Path, ...]:
    """Files that the repository keeps: what git knows, also when it is not committed yet."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def modules() -> list[Path]:
    """Python modules of the product, migrations left out: those are written by Django."""
    return [
        path
        for path in tracked()
        if path.suffix == ".py" and SOURCE in path.parents and "migrations" not in path.parts
    ]


@functools.cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def place(path: Path, line: int | None = None) -> str:
    """How a failure names a place: path from the root, and the line."""
    name = str(path.relative_to(ROOT))
    return f"{name}:{line}" if line else name


def expect_none(faults: list[str]) -> None:
    """Fail with the whole list, one fault a line: a rule is put right in one go."""
    if faults:
        raise AssertionError("\n" + "\n".join(faults))
