"""The promotion desk as a fixture (测试用招商窗口)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from hexi.portal.promotion import ledger
from tests.portal.promotion.desk import PromotionDesk


@pytest.fixture
def desk(office: Any, settings: Any, tmp_path: Any) -> Iterator[PromotionDesk]:
    """A library of projects with two promotion officers; files go into a folder of the test."""
    from dataclasses import replace

    settings.HEXI = replace(settings.HEXI, home=tmp_path)
    ledger._kept.cache_clear()  # rows of another test had the same numbers
    yield PromotionDesk()
