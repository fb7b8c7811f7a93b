"""The bureau as a fixture (测试用统计站)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.portal.returns.bureau import Bureau


@pytest.fixture
def bureau(office: Any) -> Bureau:
    """Enterprises and their staff beside the office."""
    return Bureau()
