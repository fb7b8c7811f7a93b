"""The school as a fixture (测试用演练室)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from hexi.portal.promotion import ledger
from tests.portal.practice.school import School


@pytest.fixture
def school(office: Any, settings: Any, tmp_path: Any) -> Iterator[School]:
    """Both desks; files go into a folder of the test."""
    settings.HEXI = replace(settings.HEXI, home=tmp_path)
    ledger._kept.cache_clear()  # rows of another test had the same numbers
    yield School()
