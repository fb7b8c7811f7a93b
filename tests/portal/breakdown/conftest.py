"""The desk as a fixture (测试用分解台)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.portal.breakdown.bench import Bench


@pytest.fixture
def bench(office: Any) -> Bench:
    """The Lanzhou zone plan beside the office."""
    return Bench()
