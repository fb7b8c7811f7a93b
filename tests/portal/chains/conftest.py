"""The makers as a fixture (测试用企业)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.portal.chains.makers import Makers


@pytest.fixture
def makers(office: Any) -> Makers:
    """Firms of two zones on the chains, beside the library of projects."""
    return Makers()
