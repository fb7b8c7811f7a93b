"""Homes of commands (命令的数据目录): the first command makes one, tests copy it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.home import run_in


@pytest.fixture(scope="session")
def prepared(tables: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that nobody writes to: take a copy."""
    home = Path(shutil.copytree(tables, tmp_path_factory.mktemp("prepared") / "home"))
    done = run_in(home, "plan", "list")
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="module")
def home(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of the tests of one file."""
    return Path(shutil.copytree(prepared, tmp_path_factory.mktemp("module") / "home"))
