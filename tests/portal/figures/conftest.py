"""Practice data for the tests of figures (测试用演练数据): made once, small, with two vintages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hexi.statistics.practice import Wanted, make_practice

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def practice_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with practice data of fifty thousand facts."""
    home = tmp_path_factory.mktemp("figures")
    make_practice(home / "practice", Wanted(50_000), AT)
    return home


@pytest.fixture
def figures(office: Any, settings: Any, practice_home: Path) -> Any:
    """The office beside practice data."""
    settings.HEXI = replace(settings.HEXI, home=practice_home)
    return office
